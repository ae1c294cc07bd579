// Made by musubi_generate_fhir_types from the definitions of FHIR R4 (4.0.1). Do not edit.
#pragma once

#include "musubi/fhir/models/members.h"
#include "musubi/fhir/r4/annotation.h"
#include "musubi/fhir/r4/codeable_concept.h"
#include "musubi/fhir/r4/codes/request_intent.h"
#include "musubi/fhir/r4/codes/request_priority.h"
#include "musubi/fhir/r4/codes/request_status.h"
#include "musubi/fhir/r4/extension.h"
#include "musubi/fhir/r4/identifier.h"
#include "musubi/fhir/r4/meta.h"
#include "musubi/fhir/r4/narrative.h"
#include "musubi/fhir/r4/period.h"
#include "musubi/fhir/r4/quantity.h"
#include "musubi/fhir/r4/range.h"
#include "musubi/fhir/r4/ratio.h"
#include "musubi/fhir/r4/reference.h"
#include "musubi/fhir/r4/timing.h"

namespace musubi::fhir::r4 {

/// A record of a request for service such as diagnostic investigations, treatments, or operations to be
/// performed.
struct ServiceRequest {
  static constexpr std::string_view kResourceType = "ServiceRequest";

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
  /// `identifier` 0..*. Identifiers assigned to this order.
  std::vector<Identifier> identifier{};
  /// `instantiatesCanonical` 0..*. Instantiates FHIR protocol or definition. Refers to: ActivityDefinition |
  /// PlanDefinition.
  std::vector<Canonical> instantiates_canonical{};
  /// `instantiatesUri` 0..*. Instantiates external protocol or definition.
  std::vector<Uri> instantiates_uri{};
  /// `basedOn` 0..*. What request fulfills. Refers to: CarePlan | ServiceRequest | MedicationRequest.
  std::vector<Reference> based_on{};
  /// `replaces` 0..*. What request replaces. Refers to: ServiceRequest.
  std::vector<Reference> replaces{};
  /// `requisition` 0..1. Composite Request ID.
  std::optional<Identifier> requisition{};
  /// `status` 1..1. draft | active | on-hold | revoked | completed | entered-in-error | unknown. Codes
  /// (required): http://hl7.org/fhir/ValueSet/request-status.
  std::optional<CodeOf<RequestStatus>> status{};
  /// `intent` 1..1. proposal | plan | directive | order | original-order | reflex-order | filler-order |
  /// instance-order | option. Codes (required): http://hl7.org/fhir/ValueSet/request-intent.
  std::optional<CodeOf<RequestIntent>> intent{};
  /// `category` 0..*. Classification of service.
  std::vector<CodeableConcept> category{};
  /// `priority` 0..1. routine | urgent | asap | stat. Codes (required):
  /// http://hl7.org/fhir/ValueSet/request-priority.
  std::optional<CodeOf<RequestPriority>> priority{};
  /// `doNotPerform` 0..1. True if service/procedure should not be performed.
  std::optional<Boolean> do_not_perform{};
  /// `code` 0..1. What is being requested/ordered.
  std::optional<CodeableConcept> code{};
  /// `orderDetail` 0..*. Additional order information.
  std::vector<CodeableConcept> order_detail{};
  /// `quantity[x]` 0..1. Service amount.
  Choice<Quantity, Ratio, Range> quantity{};
  /// `subject` 1..1. Individual or Entity the service is ordered for. Refers to: Patient | Group | Location |
  /// Device.
  std::optional<Reference> subject{};
  /// `encounter` 0..1. Encounter in which the request was created. Refers to: Encounter.
  std::optional<Reference> encounter{};
  /// `occurrence[x]` 0..1. When service should occur.
  Choice<DateTime, Period, Timing> occurrence{};
  /// `asNeeded[x]` 0..1. Preconditions for service.
  Choice<Boolean, CodeableConcept> as_needed{};
  /// `authoredOn` 0..1. Date request signed.
  std::optional<DateTime> authored_on{};
  /// `requester` 0..1. Who/what is requesting service. Refers to: Practitioner | PractitionerRole |
  /// Organization | Patient | RelatedPerson | Device.
  std::optional<Reference> requester{};
  /// `performerType` 0..1. Performer role.
  std::optional<CodeableConcept> performer_type{};
  /// `performer` 0..*. Requested performer. Refers to: Practitioner | PractitionerRole | Organization |
  /// CareTeam | HealthcareService | Patient | Device | RelatedPerson.
  std::vector<Reference> performer{};
  /// `locationCode` 0..*. Requested location.
  std::vector<CodeableConcept> location_code{};
  /// `locationReference` 0..*. Requested location. Refers to: Location.
  std::vector<Reference> location_reference{};
  /// `reasonCode` 0..*. Explanation/Justification for procedure or service.
  std::vector<CodeableConcept> reason_code{};
  /// `reasonReference` 0..*. Explanation/Justification for service or service. Refers to: Condition |
  /// Observation | DiagnosticReport | DocumentReference.
  std::vector<Reference> reason_reference{};
  /// `insurance` 0..*. Associated insurance coverage. Refers to: Coverage | ClaimResponse.
  std::vector<Reference> insurance{};
  /// `supportingInfo` 0..*. Additional clinical information. Refers to: Resource.
  std::vector<Reference> supporting_info{};
  /// `specimen` 0..*. Procedure Samples. Refers to: Specimen.
  std::vector<Reference> specimen{};
  /// `bodySite` 0..*. Location on Body.
  std::vector<CodeableConcept> body_site{};
  /// `note` 0..*. Comments.
  std::vector<Annotation> note{};
  /// `patientInstruction` 0..1. Patient or consumer-oriented instructions.
  std::optional<String> patient_instruction{};
  /// `relevantHistory` 0..*. Request provenance. Refers to: Provenance.
  std::vector<Reference> relevant_history{};
  UnknownElements unknown_elements{};
};

}  // namespace musubi::fhir::r4
