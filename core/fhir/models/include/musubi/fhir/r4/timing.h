// Made by musubi_generate_fhir_types from the definitions of FHIR R4 (4.0.1). Do not edit.
#pragma once

#include "musubi/fhir/models/members.h"
#include "musubi/fhir/r4/codeable_concept.h"
#include "musubi/fhir/r4/codes/days_of_week.h"
#include "musubi/fhir/r4/codes/event_timing.h"
#include "musubi/fhir/r4/codes/units_of_time.h"
#include "musubi/fhir/r4/duration.h"
#include "musubi/fhir/r4/extension.h"
#include "musubi/fhir/r4/period.h"
#include "musubi/fhir/r4/range.h"

namespace musubi::fhir::r4 {

/// `Timing.repeat` A set of rules that describe when the event is scheduled.
struct TimingRepeat {
  /// `id` 0..1. Unique id for inter-element referencing.
  std::optional<String> id{};
  /// `extension` 0..*. Additional content defined by implementations.
  std::vector<Extension> extension{};
  /// `bounds[x]` 0..1. Length/Range of lengths, or (Start and/or end) limits.
  Choice<Duration, Range, Period> bounds{};
  /// `count` 0..1. Number of times to repeat.
  std::optional<PositiveInt> count{};
  /// `countMax` 0..1. Maximum number of times to repeat.
  std::optional<PositiveInt> count_max{};
  /// `duration` 0..1. How long when it happens.
  std::optional<Decimal> duration{};
  /// `durationMax` 0..1. How long when it happens (Max).
  std::optional<Decimal> duration_max{};
  /// `durationUnit` 0..1. s | min | h | d | wk | mo | a - unit of time (UCUM). Codes (required):
  /// http://hl7.org/fhir/ValueSet/units-of-time.
  std::optional<CodeOf<UnitsOfTime>> duration_unit{};
  /// `frequency` 0..1. Event occurs frequency times per period.
  std::optional<PositiveInt> frequency{};
  /// `frequencyMax` 0..1. Event occurs up to frequencyMax times per period.
  std::optional<PositiveInt> frequency_max{};
  /// `period` 0..1. Event occurs frequency times per period.
  std::optional<Decimal> period{};
  /// `periodMax` 0..1. Upper limit of period (3-4 hours).
  std::optional<Decimal> period_max{};
  /// `periodUnit` 0..1. s | min | h | d | wk | mo | a - unit of time (UCUM). Codes (required):
  /// http://hl7.org/fhir/ValueSet/units-of-time.
  std::optional<CodeOf<UnitsOfTime>> period_unit{};
  /// `dayOfWeek` 0..*. mon | tue | wed | thu | fri | sat | sun. Codes (required):
  /// http://hl7.org/fhir/ValueSet/days-of-week.
  std::vector<CodeOf<DaysOfWeek>> day_of_week{};
  /// `timeOfDay` 0..*. Time of day for action.
  std::vector<Time> time_of_day{};
  /// `when` 0..*. Code for time period of occurrence. Codes (required):
  /// http://hl7.org/fhir/ValueSet/event-timing.
  std::vector<CodeOf<EventTiming>> when{};
  /// `offset` 0..1. Minutes from event (before or after).
  std::optional<UnsignedInt> offset{};
  UnknownElements unknown_elements{};
};

/// Specifies an event that may occur multiple times. Timing schedules are used to record when things are
/// planned, expected or requested to occur. The most common usage is in dosage instructions for medications.
/// They are also used when planning care of various kinds, and may be used for reporting the schedule to
/// which past regular activities were carried out.
struct Timing {
  /// `id` 0..1. Unique id for inter-element referencing.
  std::optional<String> id{};
  /// `extension` 0..*. Additional content defined by implementations.
  std::vector<Extension> extension{};
  /// `modifierExtension` 0..*. Extensions that cannot be ignored even if unrecognized.
  std::vector<Extension> modifier_extension{};
  /// `event` 0..*. When the event occurs.
  std::vector<DateTime> event{};
  /// `repeat` 0..1. When the event is to occur.
  std::optional<TimingRepeat> repeat{};
  /// `code` 0..1. BID | TID | QID | AM | PM | QD | QOD | +. Codes (preferred):
  /// http://hl7.org/fhir/ValueSet/timing-abbreviation.
  std::optional<CodeableConcept> code{};
  UnknownElements unknown_elements{};
};

}  // namespace musubi::fhir::r4
