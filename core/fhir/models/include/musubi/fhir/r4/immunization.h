// Made by musubi_generate_fhir_types from the definitions of FHIR R4 (4.0.1). Do not edit.
#pragma once

#include "musubi/fhir/models/members.h"
#include "musubi/fhir/r4/annotation.h"
#include "musubi/fhir/r4/codeable_concept.h"
#include "musubi/fhir/r4/codes/immunization_status.h"
#include "musubi/fhir/r4/extension.h"
#include "musubi/fhir/r4/identifier.h"
#include "musubi/fhir/r4/meta.h"
#include "musubi/fhir/r4/narrative.h"
#include "musubi/fhir/r4/quantity.h"
#include "musubi/fhir/r4/reference.h"

namespace musubi::fhir::r4 {

/// `Immunization.performer` Indicates who performed the immunization event.
struct ImmunizationPerformer {
  /// `id` 0..1. Unique id for inter-element referencing.
  std::optional<String> id{};
  /// `extension` 0..*. Additional content defined by implementations.
  std::vector<Extension> extension{};
  /// `modifierExtension` 0..*. Extensions that cannot be ignored even if unrecognized.
  std::vector<Extension> modifier_extension{};
  /// `function` 0..1. What type of performance was done. Codes (extensible):
  /// http://hl7.org/fhir/ValueSet/immunization-function.
  std::optional<CodeableConcept> function{};
  /// `actor` 1..1. Individual or organization who was performing. Refers to: Practitioner | PractitionerRole
  /// | Organization.
  std::optional<Reference> actor{};
  UnknownElements unknown_elements{};
};

/// `Immunization.education` Educational material presented to the patient (or guardian) at the time of
/// vaccine administration.
struct ImmunizationEducation {
  /// `id` 0..1. Unique id for inter-element referencing.
  std::optional<String> id{};
  /// `extension` 0..*. Additional content defined by implementations.
  std::vector<Extension> extension{};
  /// `modifierExtension` 0..*. Extensions that cannot be ignored even if unrecognized.
  std::vector<Extension> modifier_extension{};
  /// `documentType` 0..1. Educational material document identifier.
  std::optional<String> document_type{};
  /// `reference` 0..1. Educational material reference pointer.
  std::optional<Uri> reference{};
  /// `publicationDate` 0..1. Educational material publication date.
  std::optional<DateTime> publication_date{};
  /// `presentationDate` 0..1. Educational material presentation date.
  std::optional<DateTime> presentation_date{};
  UnknownElements unknown_elements{};
};

/// `Immunization.reaction` Categorical data indicating that an adverse event is associated in time to an
/// immunization.
struct ImmunizationReaction {
  /// `id` 0..1. Unique id for inter-element referencing.
  std::optional<String> id{};
  /// `extension` 0..*. Additional content defined by implementations.
  std::vector<Extension> extension{};
  /// `modifierExtension` 0..*. Extensions that cannot be ignored even if unrecognized.
  std::vector<Extension> modifier_extension{};
  /// `date` 0..1. When reaction started.
  std::optional<DateTime> date{};
  /// `detail` 0..1. Additional information on reaction. Refers to: Observation.
  std::optional<Reference> detail{};
  /// `reported` 0..1. Indicates self-reported reaction.
  std::optional<Boolean> reported{};
  UnknownElements unknown_elements{};
};

/// `Immunization.protocolApplied` The protocol (set of recommendations) being followed by the provider who
/// administered the dose.
struct ImmunizationProtocolApplied {
  /// `id` 0..1. Unique id for inter-element referencing.
  std::optional<String> id{};
  /// `extension` 0..*. Additional content defined by implementations.
  std::vector<Extension> extension{};
  /// `modifierExtension` 0..*. Extensions that cannot be ignored even if unrecognized.
  std::vector<Extension> modifier_extension{};
  /// `series` 0..1. Name of vaccine series.
  std::optional<String> series{};
  /// `authority` 0..1. Who is responsible for publishing the recommendations. Refers to: Organization.
  std::optional<Reference> authority{};
  /// `targetDisease` 0..*. Vaccine preventatable disease being targetted.
  std::vector<CodeableConcept> target_disease{};
  /// `doseNumber[x]` 1..1. Dose number within series.
  Choice<PositiveInt, String> dose_number{};
  /// `seriesDoses[x]` 0..1. Recommended number of doses for immunity.
  Choice<PositiveInt, String> series_doses{};
  UnknownElements unknown_elements{};
};

/// Describes the event of a patient being administered a vaccine or a record of an immunization as reported
/// by a patient, a clinician or another party.
struct Immunization {
  static constexpr std::string_view kResourceType = "Immunization";

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
  /// `identifier` 0..*. Business identifier.
  std::vector<Identifier> identifier{};
  /// `status` 1..1. completed | entered-in-error | not-done. Codes (required):
  /// http://hl7.org/fhir/ValueSet/immunization-status.
  std::optional<CodeOf<ImmunizationStatus>> status{};
  /// `statusReason` 0..1. Reason not done.
  std::optional<CodeableConcept> status_reason{};
  /// `vaccineCode` 1..1. Vaccine product administered.
  std::optional<CodeableConcept> vaccine_code{};
  /// `patient` 1..1. Who was immunized. Refers to: Patient.
  std::optional<Reference> patient{};
  /// `encounter` 0..1. Encounter immunization was part of. Refers to: Encounter.
  std::optional<Reference> encounter{};
  /// `occurrence[x]` 1..1. Vaccine administration date.
  Choice<DateTime, String> occurrence{};
  /// `recorded` 0..1. When the immunization was first captured in the subject's record.
  std::optional<DateTime> recorded{};
  /// `primarySource` 0..1. Indicates context the data was recorded in.
  std::optional<Boolean> primary_source{};
  /// `reportOrigin` 0..1. Indicates the source of a secondarily reported record.
  std::optional<CodeableConcept> report_origin{};
  /// `location` 0..1. Where immunization occurred. Refers to: Location.
  std::optional<Reference> location{};
  /// `manufacturer` 0..1. Vaccine manufacturer. Refers to: Organization.
  std::optional<Reference> manufacturer{};
  /// `lotNumber` 0..1. Vaccine lot number.
  std::optional<String> lot_number{};
  /// `expirationDate` 0..1. Vaccine expiration date.
  std::optional<Date> expiration_date{};
  /// `site` 0..1. Body site vaccine was administered.
  std::optional<CodeableConcept> site{};
  /// `route` 0..1. How vaccine entered body.
  std::optional<CodeableConcept> route{};
  /// `doseQuantity` 0..1. Amount of vaccine administered.
  std::optional<Quantity> dose_quantity{};
  /// `performer` 0..*. Who performed event.
  std::vector<ImmunizationPerformer> performer{};
  /// `note` 0..*. Additional immunization notes.
  std::vector<Annotation> note{};
  /// `reasonCode` 0..*. Why immunization occurred.
  std::vector<CodeableConcept> reason_code{};
  /// `reasonReference` 0..*. Why immunization occurred. Refers to: Condition | Observation |
  /// DiagnosticReport.
  std::vector<Reference> reason_reference{};
  /// `isSubpotent` 0..1. Dose potency.
  std::optional<Boolean> is_subpotent{};
  /// `subpotentReason` 0..*. Reason for being subpotent.
  std::vector<CodeableConcept> subpotent_reason{};
  /// `education` 0..*. Educational material presented to patient.
  std::vector<ImmunizationEducation> education{};
  /// `programEligibility` 0..*. Patient eligibility for a vaccination program.
  std::vector<CodeableConcept> program_eligibility{};
  /// `fundingSource` 0..1. Funding source for the vaccine.
  std::optional<CodeableConcept> funding_source{};
  /// `reaction` 0..*. Details of a reaction that follows immunization.
  std::vector<ImmunizationReaction> reaction{};
  /// `protocolApplied` 0..*. Protocol followed by the provider.
  std::vector<ImmunizationProtocolApplied> protocol_applied{};
  UnknownElements unknown_elements{};
};

}  // namespace musubi::fhir::r4
