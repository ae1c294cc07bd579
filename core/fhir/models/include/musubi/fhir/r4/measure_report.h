// Made by musubi_generate_fhir_types from the definitions of FHIR R4 (4.0.1). Do not edit.
#pragma once

#include "musubi/fhir/models/members.h"
#include "musubi/fhir/r4/codeable_concept.h"
#include "musubi/fhir/r4/codes/measure_report_status.h"
#include "musubi/fhir/r4/codes/measure_report_type.h"
#include "musubi/fhir/r4/extension.h"
#include "musubi/fhir/r4/identifier.h"
#include "musubi/fhir/r4/meta.h"
#include "musubi/fhir/r4/narrative.h"
#include "musubi/fhir/r4/period.h"
#include "musubi/fhir/r4/quantity.h"
#include "musubi/fhir/r4/reference.h"

namespace musubi::fhir::r4 {

/// `MeasureReport.group.population` The populations that make up the population group, one for each type of
/// population appropriate for the measure.
struct MeasureReportGroupPopulation {
  /// `id` 0..1. Unique id for inter-element referencing.
  std::optional<String> id{};
  /// `extension` 0..*. Additional content defined by implementations.
  std::vector<Extension> extension{};
  /// `modifierExtension` 0..*. Extensions that cannot be ignored even if unrecognized.
  std::vector<Extension> modifier_extension{};
  /// `code` 0..1. initial-population | numerator | numerator-exclusion | denominator | denominator-exclusion
  /// | denominator-exception | measure-population | measure-population-exclusion | measure-observation. Codes
  /// (extensible): http://hl7.org/fhir/ValueSet/measure-population.
  std::optional<CodeableConcept> code{};
  /// `count` 0..1. Size of the population.
  std::optional<Integer> count{};
  /// `subjectResults` 0..1. For subject-list reports, the subject results in this population. Refers to:
  /// List.
  std::optional<Reference> subject_results{};
  UnknownElements unknown_elements{};
};

/// `MeasureReport.group.stratifier.stratum.component` A stratifier component value.
struct MeasureReportGroupStratifierStratumComponent {
  /// `id` 0..1. Unique id for inter-element referencing.
  std::optional<String> id{};
  /// `extension` 0..*. Additional content defined by implementations.
  std::vector<Extension> extension{};
  /// `modifierExtension` 0..*. Extensions that cannot be ignored even if unrecognized.
  std::vector<Extension> modifier_extension{};
  /// `code` 1..1. What stratifier component of the group.
  std::optional<CodeableConcept> code{};
  /// `value` 1..1. The stratum component value, e.g. male.
  std::optional<CodeableConcept> value{};
  UnknownElements unknown_elements{};
};

/// `MeasureReport.group.stratifier.stratum.population` The populations that make up the stratum, one for each
/// type of population appropriate to the measure.
struct MeasureReportGroupStratifierStratumPopulation {
  /// `id` 0..1. Unique id for inter-element referencing.
  std::optional<String> id{};
  /// `extension` 0..*. Additional content defined by implementations.
  std::vector<Extension> extension{};
  /// `modifierExtension` 0..*. Extensions that cannot be ignored even if unrecognized.
  std::vector<Extension> modifier_extension{};
  /// `code` 0..1. initial-population | numerator | numerator-exclusion | denominator | denominator-exclusion
  /// | denominator-exception | measure-population | measure-population-exclusion | measure-observation. Codes
  /// (extensible): http://hl7.org/fhir/ValueSet/measure-population.
  std::optional<CodeableConcept> code{};
  /// `count` 0..1. Size of the population.
  std::optional<Integer> count{};
  /// `subjectResults` 0..1. For subject-list reports, the subject results in this population. Refers to:
  /// List.
  std::optional<Reference> subject_results{};
  UnknownElements unknown_elements{};
};

/// `MeasureReport.group.stratifier.stratum` This element contains the results for a single stratum within the
/// stratifier. For example, when stratifying on administrative gender, there will be four strata, one for
/// each possible gender value.
struct MeasureReportGroupStratifierStratum {
  /// `id` 0..1. Unique id for inter-element referencing.
  std::optional<String> id{};
  /// `extension` 0..*. Additional content defined by implementations.
  std::vector<Extension> extension{};
  /// `modifierExtension` 0..*. Extensions that cannot be ignored even if unrecognized.
  std::vector<Extension> modifier_extension{};
  /// `value` 0..1. The stratum value, e.g. male.
  std::optional<CodeableConcept> value{};
  /// `component` 0..*. Stratifier component values.
  std::vector<MeasureReportGroupStratifierStratumComponent> component{};
  /// `population` 0..*. Population results in this stratum.
  std::vector<MeasureReportGroupStratifierStratumPopulation> population{};
  /// `measureScore` 0..1. What score this stratum achieved.
  std::optional<Quantity> measure_score{};
  UnknownElements unknown_elements{};
};

/// `MeasureReport.group.stratifier` When a measure includes multiple stratifiers, there will be a stratifier
/// group for each stratifier defined by the measure.
struct MeasureReportGroupStratifier {
  /// `id` 0..1. Unique id for inter-element referencing.
  std::optional<String> id{};
  /// `extension` 0..*. Additional content defined by implementations.
  std::vector<Extension> extension{};
  /// `modifierExtension` 0..*. Extensions that cannot be ignored even if unrecognized.
  std::vector<Extension> modifier_extension{};
  /// `code` 0..*. What stratifier of the group.
  std::vector<CodeableConcept> code{};
  /// `stratum` 0..*. Stratum results, one for each unique value, or set of values, in the stratifier, or
  /// stratifier components.
  std::vector<MeasureReportGroupStratifierStratum> stratum{};
  UnknownElements unknown_elements{};
};

/// `MeasureReport.group` The results of the calculation, one for each population group in the measure.
struct MeasureReportGroup {
  /// `id` 0..1. Unique id for inter-element referencing.
  std::optional<String> id{};
  /// `extension` 0..*. Additional content defined by implementations.
  std::vector<Extension> extension{};
  /// `modifierExtension` 0..*. Extensions that cannot be ignored even if unrecognized.
  std::vector<Extension> modifier_extension{};
  /// `code` 0..1. Meaning of the group.
  std::optional<CodeableConcept> code{};
  /// `population` 0..*. The populations in the group.
  std::vector<MeasureReportGroupPopulation> population{};
  /// `measureScore` 0..1. What score this group achieved.
  std::optional<Quantity> measure_score{};
  /// `stratifier` 0..*. Stratification results.
  std::vector<MeasureReportGroupStratifier> stratifier{};
  UnknownElements unknown_elements{};
};

/// The MeasureReport resource contains the results of the calculation of a measure; and optionally a
/// reference to the resources involved in that calculation.
struct MeasureReport {
  static constexpr std::string_view kResourceType = "MeasureReport";

  /// `id` 0..1. Logical id of this artifact.
  std::optional<Id> id{};
  /// `meta` 0..1. Metadata about the resource.
  std::optional<Meta> meta{};
  /// `implicitRules` 0..1. A set of rules under which this content was created.
  std::optional<Uri> implicit_rules{};
  /// `language` 0..1. Language of the resource content. Codes (preferred):
  /// http://hl7.org/fhir/ValueSet/languages.
  std::optional<Code> language{};
  /// `text` 0..1. Text summary of the resource, for human interpretation.
  std::optional<Narrative> text{};
  /// `contained` 0..*. Contained, inline Resources.
  std::vector<AnyResource> contained{};
  /// `extension` 0..*. Additional content defined by implementations.
  std::vector<Extension> extension{};
  /// `modifierExtension` 0..*. Extensions that cannot be ignored.
  std::vector<Extension> modifier_extension{};
  /// `identifier` 0..*. Additional identifier for the MeasureReport.
  std::vector<Identifier> identifier{};
  /// `status` 1..1. complete | pending | error. Codes (required):
  /// http://hl7.org/fhir/ValueSet/measure-report-status.
  std::optional<CodeOf<MeasureReportStatus>> status{};
  /// `type` 1..1. individual | subject-list | summary | data-collection. Codes (required):
  /// http://hl7.org/fhir/ValueSet/measure-report-type.
  std::optional<CodeOf<MeasureReportType>> type{};
  /// `measure` 1..1. What measure was calculated. Refers to: Measure.
  std::optional<Canonical> measure{};
  /// `subject` 0..1. What individual(s) the report is for. Refers to: Patient | Practitioner |
  /// PractitionerRole | Location | Device | RelatedPerson | Organization | CareTeam | HealthcareService |
  /// Group.
  std::optional<Reference> subject{};
  /// `date` 0..1. When the report was generated.
  std::optional<DateTime> date{};
  /// `reporter` 0..1. Who is reporting the data. Refers to: Practitioner | PractitionerRole | Location |
  /// Organization.
  std::optional<Reference> reporter{};
  /// `period` 1..1. What period the report covers.
  std::optional<Period> period{};
  /// `improvementNotation` 0..1. increase | decrease. Codes (required):
  /// http://hl7.org/fhir/ValueSet/measure-improvement-notation.
  std::optional<CodeableConcept> improvement_notation{};
  /// `group` 0..*. Measure results for each group.
  std::vector<MeasureReportGroup> group{};
  /// `evaluatedResource` 0..*. What data was used to calculate the measure score. Refers to: Resource.
  std::vector<Reference> evaluated_resource{};
  UnknownElements unknown_elements{};
};

}  // namespace musubi::fhir::r4
