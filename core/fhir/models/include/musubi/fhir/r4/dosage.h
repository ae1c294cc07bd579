// Made by musubi_generate_fhir_types from the definitions of FHIR R4 (4.0.1). Do not edit.
#pragma once

#include "musubi/fhir/models/members.h"
#include "musubi/fhir/r4/codeable_concept.h"
#include "musubi/fhir/r4/extension.h"
#include "musubi/fhir/r4/quantity.h"
#include "musubi/fhir/r4/range.h"
#include "musubi/fhir/r4/ratio.h"
#include "musubi/fhir/r4/timing.h"

namespace musubi::fhir::r4 {

/// `Dosage.doseAndRate` The amount of medication administered.
struct DosageDoseAndRate {
  /// `id` 0..1. Unique id for inter-element referencing.
  std::optional<String> id{};
  /// `extension` 0..*. Additional content defined by implementations.
  std::vector<Extension> extension{};
  /// `type` 0..1. The kind of dose or rate specified.
  std::optional<CodeableConcept> type{};
  /// `dose[x]` 0..1. Amount of medication per dose.
  Choice<Range, Quantity> dose{};
  /// `rate[x]` 0..1. Amount of medication per unit of time.
  Choice<Ratio, Range, Quantity> rate{};
  UnknownElements unknown_elements{};
};

/// Indicates how the medication is/was taken or should be taken by the patient.
struct Dosage {
  /// `id` 0..1. Unique id for inter-element referencing.
  std::optional<String> id{};
  /// `extension` 0..*. Additional content defined by implementations.
  std::vector<Extension> extension{};
  /// `modifierExtension` 0..*. Extensions that cannot be ignored even if unrecognized.
  std::vector<Extension> modifier_extension{};
  /// `sequence` 0..1. The order of the dosage instructions.
  std::optional<Integer> sequence{};
  /// `text` 0..1. Free text dosage instructions e.g. SIG.
  std::optional<String> text{};
  /// `additionalInstruction` 0..*. Supplemental instruction or warnings to the patient - e.g. "with meals",
  /// "may cause drowsiness".
  std::vector<CodeableConcept> additional_instruction{};
  /// `patientInstruction` 0..1. Patient or consumer oriented instructions.
  std::optional<String> patient_instruction{};
  /// `timing` 0..1. When medication should be administered.
  std::optional<Timing> timing{};
  /// `asNeeded[x]` 0..1. Take "as needed" (for x).
  Choice<Boolean, CodeableConcept> as_needed{};
  /// `site` 0..1. Body site to administer to.
  std::optional<CodeableConcept> site{};
  /// `route` 0..1. How drug should enter body.
  std::optional<CodeableConcept> route{};
  /// `method` 0..1. Technique for administering medication.
  std::optional<CodeableConcept> method{};
  /// `doseAndRate` 0..*. Amount of medication administered.
  std::vector<DosageDoseAndRate> dose_and_rate{};
  /// `maxDosePerPeriod` 0..1. Upper limit on medication per unit of time.
  std::optional<Ratio> max_dose_per_period{};
  /// `maxDosePerAdministration` 0..1. Upper limit on medication per administration.
  std::optional<Quantity> max_dose_per_administration{};
  /// `maxDosePerLifetime` 0..1. Upper limit on medication per lifetime of the patient.
  std::optional<Quantity> max_dose_per_lifetime{};
  UnknownElements unknown_elements{};
};

}  // namespace musubi::fhir::r4
