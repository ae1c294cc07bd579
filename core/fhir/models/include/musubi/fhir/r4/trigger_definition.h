// Made by musubi_generate_fhir_types from the definitions of FHIR R4 (4.0.1). Do not edit.
#pragma once

#include "musubi/fhir/models/members.h"
#include "musubi/fhir/r4/codes/trigger_type.h"
#include "musubi/fhir/r4/data_requirement.h"
#include "musubi/fhir/r4/expression.h"
#include "musubi/fhir/r4/extension.h"
#include "musubi/fhir/r4/reference.h"
#include "musubi/fhir/r4/timing.h"

namespace musubi::fhir::r4 {

/// A description of a triggering event. Triggering events can be named events, data events, or periodic, as
/// determined by the type element.
struct TriggerDefinition {
  /// `id` 0..1. Unique id for inter-element referencing.
  std::optional<String> id{};
  /// `extension` 0..*. Additional content defined by implementations.
  std::vector<Extension> extension{};
  /// `type` 1..1. named-event | periodic | data-changed | data-added | data-modified | data-removed |
  /// data-accessed | data-access-ended. Codes (required): http://hl7.org/fhir/ValueSet/trigger-type.
  std::optional<CodeOf<TriggerType>> type{};
  /// `name` 0..1. Name or URI that identifies the event.
  std::optional<String> name{};
  /// `timing[x]` 0..1. Timing of the event. Refers to: Schedule.
  Choice<Timing, Reference, Date, DateTime> timing{};
  /// `data` 0..*. Triggering data of the event (multiple = 'and').
  std::vector<DataRequirement> data{};
  /// `condition` 0..1. Whether the event triggers (boolean expression).
  std::optional<Expression> condition{};
  UnknownElements unknown_elements{};
};

}  // namespace musubi::fhir::r4
