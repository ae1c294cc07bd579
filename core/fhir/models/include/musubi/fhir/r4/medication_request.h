// Made by musubi_generate_fhir_types from the definitions of FHIR R4 (4.0.1). Do not edit.
#pragma once

#include "musubi/fhir/models/members.h"
#include "musubi/fhir/r4/annotation.h"
#include "musubi/fhir/r4/codeable_concept.h"
#include "musubi/fhir/r4/codes/medicationrequest_intent.h"
#include "musubi/fhir/r4/codes/medicationrequest_status.h"
#include "musubi/fhir/r4/codes/request_priority.h"
#include "musubi/fhir/r4/dosage.h"
#include "musubi/fhir/r4/duration.h"
#include "musubi/fhir/r4/extension.h"
#include "musubi/fhir/r4/identifier.h"
#include "musubi/fhir/r4/meta.h"
#include "musubi/fhir/r4/narrative.h"
#include "musubi/fhir/r4/period.h"
#include "musubi/fhir/r4/quantity.h"
#include "musubi/fhir/r4/reference.h"

namespace musubi::fhir::r4 {

/// `MedicationRequest.dispenseRequest.initialFill` Indicates the quantity or duration for the first dispense
/// of the medication.
struct MedicationRequestDispenseRequestInitialFill {
  /// `id` 0..1. Unique id for inter-element referencing.
  std::optional<String> id{};
  /// `extension` 0..*. Additional content defined by implementations.
  std::vector<Extension> extension{};
  /// `modifierExtension` 0..*. Extensions that cannot be ignored even if unrecognized.
  std::vector<Extension> modifier_extension{};
  /// `quantity` 0..1. First fill quantity.
  std::optional<Quantity> quantity{};
  /// `duration` 0..1. First fill duration.
  std::optional<Duration> duration{};
  UnknownElements unknown_elements{};
};

/// `MedicationRequest.dispenseRequest` Indicates the specific details for the dispense or medication supply
/// part of a medication request (also known as a Medication Prescription or Medication Order). Note that this
/// information is not always sent with the order. There may be in some settings (e.g. hospitals)
/// institutional or system support for completing the dispense details in the pharmacy department.
struct MedicationRequestDispenseRequest {
  /// `id` 0..1. Unique id for inter-element referencing.
  std::optional<String> id{};
  /// `extension` 0..*. Additional content defined by implementations.
  std::vector<Extension> extension{};
  /// `modifierExtension` 0..*. Extensions that cannot be ignored even if unrecognized.
  std::vector<Extension> modifier_extension{};
  /// `initialFill` 0..1. First fill details.
  std::optional<MedicationRequestDispenseRequestInitialFill> initial_fill{};
  /// `dispenseInterval` 0..1. Minimum period of time between dispenses.
  std::optional<Duration> dispense_interval{};
  /// `validityPeriod` 0..1. Time period supply is authorized for.
  std::optional<Period> validity_period{};
  /// `numberOfRepeatsAllowed` 0..1. Number of refills authorized.
  std::optional<UnsignedInt> number_of_repeats_allowed{};
  /// `quantity` 0..1. Amount of medication to supply per dispense.
  std::optional<Quantity> quantity{};
  /// `expectedSupplyDuration` 0..1. Number of days supply per dispense.
  std::optional<Duration> expected_supply_duration{};
  /// `performer` 0..1. Intended dispenser. Refers to: Organization.
  std::optional<Reference> performer{};
  UnknownElements unknown_elements{};
};

/// `MedicationRequest.substitution` Indicates whether or not substitution can or should be part of the
/// dispense. In some cases, substitution must happen, in other cases substitution must not happen. This block
/// explains the prescriber's intent. If nothing is specified substitution may be done.
struct MedicationRequestSubstitution {
  /// `id` 0..1. Unique id for inter-element referencing.
  std::optional<String> id{};
  /// `extension` 0..*. Additional content defined by implementations.
  std::vector<Extension> extension{};
  /// `modifierExtension` 0..*. Extensions that cannot be ignored even if unrecognized.
  std::vector<Extension> modifier_extension{};
  /// `allowed[x]` 1..1. Whether substitution is allowed or not.
  Choice<Boolean, CodeableConcept> allowed{};
  /// `reason` 0..1. Why should (not) substitution be made.
  std::optional<CodeableConcept> reason{};
  UnknownElements unknown_elements{};
};

/// An order or request for both supply of the medication and the instructions for administration of the
/// medication to a patient. The resource is called "MedicationRequest" rather than "MedicationPrescription"
/// or "MedicationOrder" to generalize the use across inpatient and outpatient settings, including care plans,
/// etc., and to harmonize with workflow patterns.
struct MedicationRequest {
  static constexpr std::string_view kResourceType = "MedicationRequest";

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
  /// `identifier` 0..*. External ids for this request.
  std::vector<Identifier> identifier{};
  /// `status` 1..1. active | on-hold | cancelled | completed | entered-in-error | stopped | draft | unknown.
  /// Codes (required): http://hl7.org/fhir/ValueSet/medicationrequest-status.
  std::optional<CodeOf<MedicationrequestStatus>> status{};
  /// `statusReason` 0..1. Reason for current status.
  std::optional<CodeableConcept> status_reason{};
  /// `intent` 1..1. proposal | plan | order | original-order | reflex-order | filler-order | instance-order |
  /// option. Codes (required): http://hl7.org/fhir/ValueSet/medicationrequest-intent.
  std::optional<CodeOf<MedicationrequestIntent>> intent{};
  /// `category` 0..*. Type of medication usage.
  std::vector<CodeableConcept> category{};
  /// `priority` 0..1. routine | urgent | asap | stat. Codes (required):
  /// http://hl7.org/fhir/ValueSet/request-priority.
  std::optional<CodeOf<RequestPriority>> priority{};
  /// `doNotPerform` 0..1. True if request is prohibiting action.
  std::optional<Boolean> do_not_perform{};
  /// `reported[x]` 0..1. Reported rather than primary record. Refers to: Patient | Practitioner |
  /// PractitionerRole | RelatedPerson | Organization.
  Choice<Boolean, Reference> reported{};
  /// `medication[x]` 1..1. Medication to be taken. Refers to: Medication.
  Choice<CodeableConcept, Reference> medication{};
  /// `subject` 1..1. Who or group medication request is for. Refers to: Patient | Group.
  std::optional<Reference> subject{};
  /// `encounter` 0..1. Encounter created as part of encounter/admission/stay. Refers to: Encounter.
  std::optional<Reference> encounter{};
  /// `supportingInformation` 0..*. Information to support ordering of the medication. Refers to: Resource.
  std::vector<Reference> supporting_information{};
  /// `authoredOn` 0..1. When request was initially authored.
  std::optional<DateTime> authored_on{};
  /// `requester` 0..1. Who/What requested the Request. Refers to: Practitioner | PractitionerRole |
  /// Organization | Patient | RelatedPerson | Device.
  std::optional<Reference> requester{};
  /// `performer` 0..1. Intended performer of administration. Refers to: Practitioner | PractitionerRole |
  /// Organization | Patient | Device | RelatedPerson | CareTeam.
  std::optional<Reference> performer{};
  /// `performerType` 0..1. Desired kind of performer of the medication administration.
  std::optional<CodeableConcept> performer_type{};
  /// `recorder` 0..1. Person who entered the request. Refers to: Practitioner | PractitionerRole.
  std::optional<Reference> recorder{};
  /// `reasonCode` 0..*. Reason or indication for ordering or not ordering the medication.
  std::vector<CodeableConcept> reason_code{};
  /// `reasonReference` 0..*. Condition or observation that supports why the prescription is being written.
  /// Refers to: Condition | Observation.
  std::vector<Reference> reason_reference{};
  /// `instantiatesCanonical` 0..*. Instantiates FHIR protocol or definition.
  std::vector<Canonical> instantiates_canonical{};
  /// `instantiatesUri` 0..*. Instantiates external protocol or definition.
  std::vector<Uri> instantiates_uri{};
  /// `basedOn` 0..*. What request fulfills. Refers to: CarePlan | MedicationRequest | ServiceRequest |
  /// ImmunizationRecommendation.
  std::vector<Reference> based_on{};
  /// `groupIdentifier` 0..1. Composite request this is part of.
  std::optional<Identifier> group_identifier{};
  /// `courseOfTherapyType` 0..1. Overall pattern of medication administration.
  std::optional<CodeableConcept> course_of_therapy_type{};
  /// `insurance` 0..*. Associated insurance coverage. Refers to: Coverage | ClaimResponse.
  std::vector<Reference> insurance{};
  /// `note` 0..*. Information about the prescription.
  std::vector<Annotation> note{};
  /// `dosageInstruction` 0..*. How the medication should be taken.
  std::vector<Dosage> dosage_instruction{};
  /// `dispenseRequest` 0..1. Medication supply authorization.
  std::optional<MedicationRequestDispenseRequest> dispense_request{};
  /// `substitution` 0..1. Any restrictions on medication substitution.
  std::optional<MedicationRequestSubstitution> substitution{};
  /// `priorPrescription` 0..1. An order/prescription that is being replaced. Refers to: MedicationRequest.
  std::optional<Reference> prior_prescription{};
  /// `detectedIssue` 0..*. Clinical Issue with action. Refers to: DetectedIssue.
  std::vector<Reference> detected_issue{};
  /// `eventHistory` 0..*. A list of events of interest in the lifecycle. Refers to: Provenance.
  std::vector<Reference> event_history{};
  UnknownElements unknown_elements{};
};

}  // namespace musubi::fhir::r4
