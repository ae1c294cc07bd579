// Made by musubi_generate_fhir_types from the definitions of FHIR R4 (4.0.1). Do not edit.
#pragma once

#include "musubi/fhir/models/members.h"
#include "musubi/fhir/r4/annotation.h"
#include "musubi/fhir/r4/codeable_concept.h"
#include "musubi/fhir/r4/codes/medication_admin_status.h"
#include "musubi/fhir/r4/extension.h"
#include "musubi/fhir/r4/identifier.h"
#include "musubi/fhir/r4/meta.h"
#include "musubi/fhir/r4/narrative.h"
#include "musubi/fhir/r4/period.h"
#include "musubi/fhir/r4/quantity.h"
#include "musubi/fhir/r4/ratio.h"
#include "musubi/fhir/r4/reference.h"

namespace musubi::fhir::r4 {

/// `MedicationAdministration.performer` Indicates who or what performed the medication administration and how
/// they were involved.
struct MedicationAdministrationPerformer {
  /// `id` 0..1. Unique id for inter-element referencing.
  std::optional<String> id{};
  /// `extension` 0..*. Additional content defined by implementations.
  std::vector<Extension> extension{};
  /// `modifierExtension` 0..*. Extensions that cannot be ignored even if unrecognized.
  std::vector<Extension> modifier_extension{};
  /// `function` 0..1. Type of performance.
  std::optional<CodeableConcept> function{};
  /// `actor` 1..1. Who performed the medication administration. Refers to: Practitioner | PractitionerRole |
  /// Patient | RelatedPerson | Device.
  std::optional<Reference> actor{};
  UnknownElements unknown_elements{};
};

/// `MedicationAdministration.dosage` Describes the medication dosage information details e.g. dose, rate,
/// site, route, etc.
struct MedicationAdministrationDosage {
  /// `id` 0..1. Unique id for inter-element referencing.
  std::optional<String> id{};
  /// `extension` 0..*. Additional content defined by implementations.
  std::vector<Extension> extension{};
  /// `modifierExtension` 0..*. Extensions that cannot be ignored even if unrecognized.
  std::vector<Extension> modifier_extension{};
  /// `text` 0..1. Free text dosage instructions e.g. SIG.
  std::optional<String> text{};
  /// `site` 0..1. Body site administered to.
  std::optional<CodeableConcept> site{};
  /// `route` 0..1. Path of substance into body.
  std::optional<CodeableConcept> route{};
  /// `method` 0..1. How drug was administered.
  std::optional<CodeableConcept> method{};
  /// `dose` 0..1. Amount of medication per dose.
  std::optional<Quantity> dose{};
  /// `rate[x]` 0..1. Dose quantity per unit of time.
  Choice<Ratio, Quantity> rate{};
  UnknownElements unknown_elements{};
};

/// Describes the event of a patient consuming or otherwise being administered a medication. This may be as
/// simple as swallowing a tablet or it may be a long running infusion. Related resources tie this event to
/// the authorizing prescription, and the specific encounter between patient and health care practitioner.
struct MedicationAdministration {
  static constexpr std::string_view kResourceType = "MedicationAdministration";

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
  /// `identifier` 0..*. External identifier.
  std::vector<Identifier> identifier{};
  /// `instantiates` 0..*. Instantiates protocol or definition.
  std::vector<Uri> instantiates{};
  /// `partOf` 0..*. Part of referenced event. Refers to: MedicationAdministration | Procedure.
  std::vector<Reference> part_of{};
  /// `status` 1..1. in-progress | not-done | on-hold | completed | entered-in-error | stopped | unknown.
  /// Codes (required): http://hl7.org/fhir/ValueSet/medication-admin-status.
  std::optional<CodeOf<MedicationAdminStatus>> status{};
  /// `statusReason` 0..*. Reason administration not performed.
  std::vector<CodeableConcept> status_reason{};
  /// `category` 0..1. Type of medication usage. Codes (preferred):
  /// http://hl7.org/fhir/ValueSet/medication-admin-category.
  std::optional<CodeableConcept> category{};
  /// `medication[x]` 1..1. What was administered. Refers to: Medication.
  Choice<CodeableConcept, Reference> medication{};
  /// `subject` 1..1. Who received medication. Refers to: Patient | Group.
  std::optional<Reference> subject{};
  /// `context` 0..1. Encounter or Episode of Care administered as part of. Refers to: Encounter |
  /// EpisodeOfCare.
  std::optional<Reference> context{};
  /// `supportingInformation` 0..*. Additional information to support administration. Refers to: Resource.
  std::vector<Reference> supporting_information{};
  /// `effective[x]` 1..1. Start and end time of administration.
  Choice<DateTime, Period> effective{};
  /// `performer` 0..*. Who performed the medication administration and what they did.
  std::vector<MedicationAdministrationPerformer> performer{};
  /// `reasonCode` 0..*. Reason administration performed.
  std::vector<CodeableConcept> reason_code{};
  /// `reasonReference` 0..*. Condition or observation that supports why the medication was administered.
  /// Refers to: Condition | Observation | DiagnosticReport.
  std::vector<Reference> reason_reference{};
  /// `request` 0..1. Request administration performed against. Refers to: MedicationRequest.
  std::optional<Reference> request{};
  /// `device` 0..*. Device used to administer. Refers to: Device.
  std::vector<Reference> device{};
  /// `note` 0..*. Information about the administration.
  std::vector<Annotation> note{};
  /// `dosage` 0..1. Details of how medication was taken.
  std::optional<MedicationAdministrationDosage> dosage{};
  /// `eventHistory` 0..*. A list of events of interest in the lifecycle. Refers to: Provenance.
  std::vector<Reference> event_history{};
  UnknownElements unknown_elements{};
};

}  // namespace musubi::fhir::r4
