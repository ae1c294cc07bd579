// Made by musubi_generate_fhir_types from the definitions of FHIR R4 (4.0.1). Do not edit.
#pragma once

#include "musubi/fhir/models/members.h"
#include "musubi/fhir/r4/annotation.h"
#include "musubi/fhir/r4/codeable_concept.h"
#include "musubi/fhir/r4/codes/medicationdispense_status.h"
#include "musubi/fhir/r4/dosage.h"
#include "musubi/fhir/r4/extension.h"
#include "musubi/fhir/r4/identifier.h"
#include "musubi/fhir/r4/meta.h"
#include "musubi/fhir/r4/narrative.h"
#include "musubi/fhir/r4/quantity.h"
#include "musubi/fhir/r4/reference.h"

namespace musubi::fhir::r4 {

/// `MedicationDispense.performer` Indicates who or what performed the event.
struct MedicationDispensePerformer {
  /// `id` 0..1. Unique id for inter-element referencing.
  std::optional<String> id{};
  /// `extension` 0..*. Additional content defined by implementations.
  std::vector<Extension> extension{};
  /// `modifierExtension` 0..*. Extensions that cannot be ignored even if unrecognized.
  std::vector<Extension> modifier_extension{};
  /// `function` 0..1. Who performed the dispense and what they did.
  std::optional<CodeableConcept> function{};
  /// `actor` 1..1. Individual who was performing. Refers to: Practitioner | PractitionerRole | Organization |
  /// Patient | Device | RelatedPerson.
  std::optional<Reference> actor{};
  UnknownElements unknown_elements{};
};

/// `MedicationDispense.substitution` Indicates whether or not substitution was made as part of the dispense.
/// In some cases, substitution will be expected but does not happen, in other cases substitution is not
/// expected but does happen. This block explains what substitution did or did not happen and why. If nothing
/// is specified, substitution was not done.
struct MedicationDispenseSubstitution {
  /// `id` 0..1. Unique id for inter-element referencing.
  std::optional<String> id{};
  /// `extension` 0..*. Additional content defined by implementations.
  std::vector<Extension> extension{};
  /// `modifierExtension` 0..*. Extensions that cannot be ignored even if unrecognized.
  std::vector<Extension> modifier_extension{};
  /// `wasSubstituted` 1..1. Whether a substitution was or was not performed on the dispense.
  std::optional<Boolean> was_substituted{};
  /// `type` 0..1. Code signifying whether a different drug was dispensed from what was prescribed.
  std::optional<CodeableConcept> type{};
  /// `reason` 0..*. Why was substitution made.
  std::vector<CodeableConcept> reason{};
  /// `responsibleParty` 0..*. Who is responsible for the substitution. Refers to: Practitioner |
  /// PractitionerRole.
  std::vector<Reference> responsible_party{};
  UnknownElements unknown_elements{};
};

/// Indicates that a medication product is to be or has been dispensed for a named person/patient. This
/// includes a description of the medication product (supply) provided and the instructions for administering
/// the medication. The medication dispense is the result of a pharmacy system responding to a medication
/// order.
struct MedicationDispense {
  static constexpr std::string_view kResourceType = "MedicationDispense";

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
  /// `partOf` 0..*. Event that dispense is part of. Refers to: Procedure.
  std::vector<Reference> part_of{};
  /// `status` 1..1. preparation | in-progress | cancelled | on-hold | completed | entered-in-error | stopped
  /// | declined | unknown. Codes (required): http://hl7.org/fhir/ValueSet/medicationdispense-status.
  std::optional<CodeOf<MedicationdispenseStatus>> status{};
  /// `statusReason[x]` 0..1. Why a dispense was not performed. Refers to: DetectedIssue.
  Choice<CodeableConcept, Reference> status_reason{};
  /// `category` 0..1. Type of medication dispense. Codes (preferred):
  /// http://hl7.org/fhir/ValueSet/medicationdispense-category.
  std::optional<CodeableConcept> category{};
  /// `medication[x]` 1..1. What medication was supplied. Refers to: Medication.
  Choice<CodeableConcept, Reference> medication{};
  /// `subject` 0..1. Who the dispense is for. Refers to: Patient | Group.
  std::optional<Reference> subject{};
  /// `context` 0..1. Encounter / Episode associated with event. Refers to: Encounter | EpisodeOfCare.
  std::optional<Reference> context{};
  /// `supportingInformation` 0..*. Information that supports the dispensing of the medication. Refers to:
  /// Resource.
  std::vector<Reference> supporting_information{};
  /// `performer` 0..*. Who performed event.
  std::vector<MedicationDispensePerformer> performer{};
  /// `location` 0..1. Where the dispense occurred. Refers to: Location.
  std::optional<Reference> location{};
  /// `authorizingPrescription` 0..*. Medication order that authorizes the dispense. Refers to:
  /// MedicationRequest.
  std::vector<Reference> authorizing_prescription{};
  /// `type` 0..1. Trial fill, partial fill, emergency fill, etc.
  std::optional<CodeableConcept> type{};
  /// `quantity` 0..1. Amount dispensed.
  std::optional<Quantity> quantity{};
  /// `daysSupply` 0..1. Amount of medication expressed as a timing amount.
  std::optional<Quantity> days_supply{};
  /// `whenPrepared` 0..1. When product was packaged and reviewed.
  std::optional<DateTime> when_prepared{};
  /// `whenHandedOver` 0..1. When product was given out.
  std::optional<DateTime> when_handed_over{};
  /// `destination` 0..1. Where the medication was sent. Refers to: Location.
  std::optional<Reference> destination{};
  /// `receiver` 0..*. Who collected the medication. Refers to: Patient | Practitioner.
  std::vector<Reference> receiver{};
  /// `note` 0..*. Information about the dispense.
  std::vector<Annotation> note{};
  /// `dosageInstruction` 0..*. How the medication is to be used by the patient or administered by the
  /// caregiver.
  std::vector<Dosage> dosage_instruction{};
  /// `substitution` 0..1. Whether a substitution was performed on the dispense.
  std::optional<MedicationDispenseSubstitution> substitution{};
  /// `detectedIssue` 0..*. Clinical issue with action. Refers to: DetectedIssue.
  std::vector<Reference> detected_issue{};
  /// `eventHistory` 0..*. A list of relevant lifecycle events. Refers to: Provenance.
  std::vector<Reference> event_history{};
  UnknownElements unknown_elements{};
};

}  // namespace musubi::fhir::r4
