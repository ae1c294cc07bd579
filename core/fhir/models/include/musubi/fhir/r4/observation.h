// Made by musubi_generate_fhir_types from the definitions of FHIR R4 (4.0.1). Do not edit.
#pragma once

#include "musubi/fhir/models/members.h"
#include "musubi/fhir/r4/annotation.h"
#include "musubi/fhir/r4/codeable_concept.h"
#include "musubi/fhir/r4/codes/observation_status.h"
#include "musubi/fhir/r4/extension.h"
#include "musubi/fhir/r4/identifier.h"
#include "musubi/fhir/r4/meta.h"
#include "musubi/fhir/r4/narrative.h"
#include "musubi/fhir/r4/period.h"
#include "musubi/fhir/r4/quantity.h"
#include "musubi/fhir/r4/range.h"
#include "musubi/fhir/r4/ratio.h"
#include "musubi/fhir/r4/reference.h"
#include "musubi/fhir/r4/sampled_data.h"
#include "musubi/fhir/r4/timing.h"

namespace musubi::fhir::r4 {

/// `Observation.referenceRange` Guidance on how to interpret the value by comparison to a normal or
/// recommended range. Multiple reference ranges are interpreted as an "OR". In other words, to represent two
/// distinct target populations, two `referenceRange` elements would be used.
struct ObservationReferenceRange {
  /// `id` 0..1. Unique id for inter-element referencing.
  std::optional<String> id{};
  /// `extension` 0..*. Additional content defined by implementations.
  std::vector<Extension> extension{};
  /// `modifierExtension` 0..*. Extensions that cannot be ignored even if unrecognized.
  std::vector<Extension> modifier_extension{};
  /// `low` 0..1. Low Range, if relevant.
  std::optional<Quantity> low{};
  /// `high` 0..1. High Range, if relevant.
  std::optional<Quantity> high{};
  /// `type` 0..1. Reference range qualifier. Codes (preferred):
  /// http://hl7.org/fhir/ValueSet/referencerange-meaning.
  std::optional<CodeableConcept> type{};
  /// `appliesTo` 0..*. Reference range population.
  std::vector<CodeableConcept> applies_to{};
  /// `age` 0..1. Applicable age range, if relevant.
  std::optional<Range> age{};
  /// `text` 0..1. Text based reference range in an observation.
  std::optional<String> text{};
  UnknownElements unknown_elements{};
};

/// `Observation.component` Some observations have multiple component observations. These component
/// observations are expressed as separate code value pairs that share the same attributes. Examples include
/// systolic and diastolic component observations for blood pressure measurement and multiple component
/// observations for genetics observations.
struct ObservationComponent {
  /// `id` 0..1. Unique id for inter-element referencing.
  std::optional<String> id{};
  /// `extension` 0..*. Additional content defined by implementations.
  std::vector<Extension> extension{};
  /// `modifierExtension` 0..*. Extensions that cannot be ignored even if unrecognized.
  std::vector<Extension> modifier_extension{};
  /// `code` 1..1. Type of component observation (code / type).
  std::optional<CodeableConcept> code{};
  /// `value[x]` 0..1. Actual component result.
  Choice<Quantity, CodeableConcept, String, Boolean, Integer, Range, Ratio, SampledData, Time, DateTime,
         Period>
      value{};
  /// `dataAbsentReason` 0..1. Why the component result is missing. Codes (extensible):
  /// http://hl7.org/fhir/ValueSet/data-absent-reason.
  std::optional<CodeableConcept> data_absent_reason{};
  /// `interpretation` 0..*. High, low, normal, etc. Codes (extensible):
  /// http://hl7.org/fhir/ValueSet/observation-interpretation.
  std::vector<CodeableConcept> interpretation{};
  /// `referenceRange` 0..*. Provides guide for interpretation of component result.
  std::vector<ObservationReferenceRange> reference_range{};
  UnknownElements unknown_elements{};
};

/// Measurements and simple assertions made about a patient, device or other subject.
struct Observation {
  static constexpr std::string_view kResourceType = "Observation";

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
  /// `identifier` 0..*. Business Identifier for observation.
  std::vector<Identifier> identifier{};
  /// `basedOn` 0..*. Fulfills plan, proposal or order. Refers to: CarePlan | DeviceRequest |
  /// ImmunizationRecommendation | MedicationRequest | NutritionOrder | ServiceRequest.
  std::vector<Reference> based_on{};
  /// `partOf` 0..*. Part of referenced event. Refers to: MedicationAdministration | MedicationDispense |
  /// MedicationStatement | Procedure | Immunization | ImagingStudy.
  std::vector<Reference> part_of{};
  /// `status` 1..1. registered | preliminary | final | amended +. Codes (required):
  /// http://hl7.org/fhir/ValueSet/observation-status.
  std::optional<CodeOf<ObservationStatus>> status{};
  /// `category` 0..*. Classification of type of observation. Codes (preferred):
  /// http://hl7.org/fhir/ValueSet/observation-category.
  std::vector<CodeableConcept> category{};
  /// `code` 1..1. Type of observation (code / type).
  std::optional<CodeableConcept> code{};
  /// `subject` 0..1. Who and/or what the observation is about. Refers to: Patient | Group | Device |
  /// Location.
  std::optional<Reference> subject{};
  /// `focus` 0..*. What the observation is about, when it is not about the subject of record. Refers to:
  /// Resource.
  std::vector<Reference> focus{};
  /// `encounter` 0..1. Healthcare event during which this observation is made. Refers to: Encounter.
  std::optional<Reference> encounter{};
  /// `effective[x]` 0..1. Clinically relevant time/time-period for observation.
  Choice<DateTime, Period, Timing, Instant> effective{};
  /// `issued` 0..1. Date/Time this version was made available.
  std::optional<Instant> issued{};
  /// `performer` 0..*. Who is responsible for the observation. Refers to: Practitioner | PractitionerRole |
  /// Organization | CareTeam | Patient | RelatedPerson.
  std::vector<Reference> performer{};
  /// `value[x]` 0..1. Actual result.
  Choice<Quantity, CodeableConcept, String, Boolean, Integer, Range, Ratio, SampledData, Time, DateTime,
         Period>
      value{};
  /// `dataAbsentReason` 0..1. Why the result is missing. Codes (extensible):
  /// http://hl7.org/fhir/ValueSet/data-absent-reason.
  std::optional<CodeableConcept> data_absent_reason{};
  /// `interpretation` 0..*. High, low, normal, etc. Codes (extensible):
  /// http://hl7.org/fhir/ValueSet/observation-interpretation.
  std::vector<CodeableConcept> interpretation{};
  /// `note` 0..*. Comments about the observation.
  std::vector<Annotation> note{};
  /// `bodySite` 0..1. Observed body part.
  std::optional<CodeableConcept> body_site{};
  /// `method` 0..1. How it was done.
  std::optional<CodeableConcept> method{};
  /// `specimen` 0..1. Specimen used for this observation. Refers to: Specimen.
  std::optional<Reference> specimen{};
  /// `device` 0..1. (Measurement) Device. Refers to: Device | DeviceMetric.
  std::optional<Reference> device{};
  /// `referenceRange` 0..*. Provides guide for interpretation.
  std::vector<ObservationReferenceRange> reference_range{};
  /// `hasMember` 0..*. Related resource that belongs to the Observation group. Refers to: Observation |
  /// QuestionnaireResponse | MolecularSequence.
  std::vector<Reference> has_member{};
  /// `derivedFrom` 0..*. Related measurements the observation is made from. Refers to: DocumentReference |
  /// ImagingStudy | Media | QuestionnaireResponse | Observation | MolecularSequence.
  std::vector<Reference> derived_from{};
  /// `component` 0..*. Component results.
  std::vector<ObservationComponent> component{};
  UnknownElements unknown_elements{};
};

}  // namespace musubi::fhir::r4
