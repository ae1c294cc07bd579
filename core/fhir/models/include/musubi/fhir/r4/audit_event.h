// Made by musubi_generate_fhir_types from the definitions of FHIR R4 (4.0.1). Do not edit.
#pragma once

#include "musubi/fhir/models/members.h"
#include "musubi/fhir/r4/codeable_concept.h"
#include "musubi/fhir/r4/codes/audit_event_action.h"
#include "musubi/fhir/r4/codes/audit_event_outcome.h"
#include "musubi/fhir/r4/codes/network_type.h"
#include "musubi/fhir/r4/coding.h"
#include "musubi/fhir/r4/extension.h"
#include "musubi/fhir/r4/meta.h"
#include "musubi/fhir/r4/narrative.h"
#include "musubi/fhir/r4/period.h"
#include "musubi/fhir/r4/reference.h"

namespace musubi::fhir::r4 {

/// `AuditEvent.agent.network` Logical network location for application activity, if the activity has a
/// network location.
struct AuditEventAgentNetwork {
  /// `id` 0..1. Unique id for inter-element referencing.
  std::optional<String> id{};
  /// `extension` 0..*. Additional content defined by implementations.
  std::vector<Extension> extension{};
  /// `modifierExtension` 0..*. Extensions that cannot be ignored even if unrecognized.
  std::vector<Extension> modifier_extension{};
  /// `address` 0..1. Identifier for the network access point of the user device.
  std::optional<String> address{};
  /// `type` 0..1. The type of network access point. Codes (required):
  /// http://hl7.org/fhir/ValueSet/network-type.
  std::optional<CodeOf<NetworkType>> type{};
  UnknownElements unknown_elements{};
};

/// `AuditEvent.agent` An actor taking an active role in the event or activity that is logged.
struct AuditEventAgent {
  /// `id` 0..1. Unique id for inter-element referencing.
  std::optional<String> id{};
  /// `extension` 0..*. Additional content defined by implementations.
  std::vector<Extension> extension{};
  /// `modifierExtension` 0..*. Extensions that cannot be ignored even if unrecognized.
  std::vector<Extension> modifier_extension{};
  /// `type` 0..1. How agent participated. Codes (extensible):
  /// http://hl7.org/fhir/ValueSet/participation-role-type.
  std::optional<CodeableConcept> type{};
  /// `role` 0..*. Agent role in the event.
  std::vector<CodeableConcept> role{};
  /// `who` 0..1. Identifier of who. Refers to: PractitionerRole | Practitioner | Organization | Device |
  /// Patient | RelatedPerson.
  std::optional<Reference> who{};
  /// `altId` 0..1. Alternative User identity.
  std::optional<String> alt_id{};
  /// `name` 0..1. Human friendly name for the agent.
  std::optional<String> name{};
  /// `requestor` 1..1. Whether user is initiator.
  std::optional<Boolean> requestor{};
  /// `location` 0..1. Where. Refers to: Location.
  std::optional<Reference> location{};
  /// `policy` 0..*. Policy that authorized event.
  std::vector<Uri> policy{};
  /// `media` 0..1. Type of media. Codes (extensible): http://hl7.org/fhir/ValueSet/dicm-405-mediatype.
  std::optional<Coding> media{};
  /// `network` 0..1. Logical network location for application activity.
  std::optional<AuditEventAgentNetwork> network{};
  /// `purposeOfUse` 0..*. Reason given for this user. Codes (extensible):
  /// http://terminology.hl7.org/ValueSet/v3-PurposeOfUse.
  std::vector<CodeableConcept> purpose_of_use{};
  UnknownElements unknown_elements{};
};

/// `AuditEvent.source` The system that is reporting the event.
struct AuditEventSource {
  /// `id` 0..1. Unique id for inter-element referencing.
  std::optional<String> id{};
  /// `extension` 0..*. Additional content defined by implementations.
  std::vector<Extension> extension{};
  /// `modifierExtension` 0..*. Extensions that cannot be ignored even if unrecognized.
  std::vector<Extension> modifier_extension{};
  /// `site` 0..1. Logical source location within the enterprise.
  std::optional<String> site{};
  /// `observer` 1..1. The identity of source detecting the event. Refers to: PractitionerRole | Practitioner
  /// | Organization | Device | Patient | RelatedPerson | Subscription |
  /// https://medplum.com/fhir/StructureDefinition/Bot |
  /// https://medplum.com/fhir/StructureDefinition/ClientApplication.
  std::optional<Reference> observer{};
  /// `type` 0..*. The type of source where event originated. Codes (extensible):
  /// http://hl7.org/fhir/ValueSet/audit-source-type.
  std::vector<Coding> type{};
  UnknownElements unknown_elements{};
};

/// `AuditEvent.entity.detail` Tagged value pairs for conveying additional information about the entity.
struct AuditEventEntityDetail {
  /// `id` 0..1. Unique id for inter-element referencing.
  std::optional<String> id{};
  /// `extension` 0..*. Additional content defined by implementations.
  std::vector<Extension> extension{};
  /// `modifierExtension` 0..*. Extensions that cannot be ignored even if unrecognized.
  std::vector<Extension> modifier_extension{};
  /// `type` 1..1. Name of the property.
  std::optional<String> type{};
  /// `value[x]` 1..1. Property value.
  Choice<String, Base64Binary> value{};
  UnknownElements unknown_elements{};
};

/// `AuditEvent.entity` Specific instances of data or objects that have been accessed.
struct AuditEventEntity {
  /// `id` 0..1. Unique id for inter-element referencing.
  std::optional<String> id{};
  /// `extension` 0..*. Additional content defined by implementations.
  std::vector<Extension> extension{};
  /// `modifierExtension` 0..*. Extensions that cannot be ignored even if unrecognized.
  std::vector<Extension> modifier_extension{};
  /// `what` 0..1. Specific instance of resource. Refers to: Resource.
  std::optional<Reference> what{};
  /// `type` 0..1. Type of entity involved. Codes (extensible):
  /// http://hl7.org/fhir/ValueSet/audit-entity-type.
  std::optional<Coding> type{};
  /// `role` 0..1. What role the entity played. Codes (extensible): http://hl7.org/fhir/ValueSet/object-role.
  std::optional<Coding> role{};
  /// `lifecycle` 0..1. Life-cycle stage for the entity. Codes (extensible):
  /// http://hl7.org/fhir/ValueSet/object-lifecycle-events.
  std::optional<Coding> lifecycle{};
  /// `securityLabel` 0..*. Security labels on the entity. Codes (extensible):
  /// http://hl7.org/fhir/ValueSet/security-labels.
  std::vector<Coding> security_label{};
  /// `name` 0..1. Descriptor for entity.
  std::optional<String> name{};
  /// `description` 0..1. Descriptive text.
  std::optional<String> description{};
  /// `query` 0..1. Query parameters.
  std::optional<Base64Binary> query{};
  /// `detail` 0..*. Additional Information about the entity.
  std::vector<AuditEventEntityDetail> detail{};
  UnknownElements unknown_elements{};
};

/// A record of an event made for purposes of maintaining a security log. Typical uses include detection of
/// intrusion attempts and monitoring for inappropriate usage.
struct AuditEvent {
  static constexpr std::string_view kResourceType = "AuditEvent";

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
  /// `type` 1..1. Type/identifier of event. Codes (extensible):
  /// http://hl7.org/fhir/ValueSet/audit-event-type.
  std::optional<Coding> type{};
  /// `subtype` 0..*. More specific type/id for the event. Codes (extensible):
  /// http://hl7.org/fhir/ValueSet/audit-event-sub-type.
  std::vector<Coding> subtype{};
  /// `action` 0..1. Type of action performed during the event. Codes (required):
  /// http://hl7.org/fhir/ValueSet/audit-event-action.
  std::optional<CodeOf<AuditEventAction>> action{};
  /// `period` 0..1. When the activity occurred.
  std::optional<Period> period{};
  /// `recorded` 1..1. Time when the event was recorded.
  std::optional<Instant> recorded{};
  /// `outcome` 0..1. Whether the event succeeded or failed. Codes (required):
  /// http://hl7.org/fhir/ValueSet/audit-event-outcome.
  std::optional<CodeOf<AuditEventOutcome>> outcome{};
  /// `outcomeDesc` 0..1. Description of the event outcome.
  std::optional<String> outcome_desc{};
  /// `purposeOfEvent` 0..*. The purposeOfUse of the event. Codes (extensible):
  /// http://terminology.hl7.org/ValueSet/v3-PurposeOfUse.
  std::vector<CodeableConcept> purpose_of_event{};
  /// `agent` 1..*. Actor involved in the event.
  std::vector<AuditEventAgent> agent{};
  /// `source` 1..1. Audit Event Reporter.
  std::optional<AuditEventSource> source{};
  /// `entity` 0..*. Data or objects used.
  std::vector<AuditEventEntity> entity{};
  UnknownElements unknown_elements{};
};

}  // namespace musubi::fhir::r4
