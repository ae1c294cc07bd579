// Made by musubi_generate_fhir_types from the definitions of FHIR R4 (4.0.1). Do not edit.
#pragma once

#include "musubi/fhir/models/members.h"
#include "musubi/fhir/r4/codeable_concept.h"
#include "musubi/fhir/r4/codes/response_code.h"
#include "musubi/fhir/r4/coding.h"
#include "musubi/fhir/r4/contact_point.h"
#include "musubi/fhir/r4/extension.h"
#include "musubi/fhir/r4/meta.h"
#include "musubi/fhir/r4/narrative.h"
#include "musubi/fhir/r4/reference.h"

namespace musubi::fhir::r4 {

/// `MessageHeader.destination` The destination application which the message is intended for.
struct MessageHeaderDestination {
  /// `id` 0..1. Unique id for inter-element referencing.
  std::optional<String> id{};
  /// `extension` 0..*. Additional content defined by implementations.
  std::vector<Extension> extension{};
  /// `modifierExtension` 0..*. Extensions that cannot be ignored even if unrecognized.
  std::vector<Extension> modifier_extension{};
  /// `name` 0..1. Name of system.
  std::optional<String> name{};
  /// `target` 0..1. Particular delivery destination within the destination. Refers to: Device.
  std::optional<Reference> target{};
  /// `endpoint` 1..1. Actual destination address or id.
  std::optional<Url> endpoint{};
  /// `receiver` 0..1. Intended "real-world" recipient for the data. Refers to: Practitioner |
  /// PractitionerRole | Organization.
  std::optional<Reference> receiver{};
  UnknownElements unknown_elements{};
};

/// `MessageHeader.source` The source application from which this message originated.
struct MessageHeaderSource {
  /// `id` 0..1. Unique id for inter-element referencing.
  std::optional<String> id{};
  /// `extension` 0..*. Additional content defined by implementations.
  std::vector<Extension> extension{};
  /// `modifierExtension` 0..*. Extensions that cannot be ignored even if unrecognized.
  std::vector<Extension> modifier_extension{};
  /// `name` 0..1. Name of system.
  std::optional<String> name{};
  /// `software` 0..1. Name of software running the system.
  std::optional<String> software{};
  /// `version` 0..1. Version of software running.
  std::optional<String> version{};
  /// `contact` 0..1. Human contact for problems.
  std::optional<ContactPoint> contact{};
  /// `endpoint` 1..1. Actual message source address or id.
  std::optional<Url> endpoint{};
  UnknownElements unknown_elements{};
};

/// `MessageHeader.response` Information about the message that this message is a response to. Only present if
/// this message is a response.
struct MessageHeaderResponse {
  /// `id` 0..1. Unique id for inter-element referencing.
  std::optional<String> id{};
  /// `extension` 0..*. Additional content defined by implementations.
  std::vector<Extension> extension{};
  /// `modifierExtension` 0..*. Extensions that cannot be ignored even if unrecognized.
  std::vector<Extension> modifier_extension{};
  /// `identifier` 1..1. Id of original message.
  std::optional<Id> identifier{};
  /// `code` 1..1. ok | transient-error | fatal-error. Codes (required):
  /// http://hl7.org/fhir/ValueSet/response-code.
  std::optional<CodeOf<ResponseCode>> code{};
  /// `details` 0..1. Specific list of hints/warnings/errors. Refers to: OperationOutcome.
  std::optional<Reference> details{};
  UnknownElements unknown_elements{};
};

/// The header for a message exchange that is either requesting or responding to an action. The reference(s)
/// that are the subject of the action as well as other information related to the action are typically
/// transmitted in a bundle in which the MessageHeader resource instance is the first resource in the bundle.
struct MessageHeader {
  static constexpr std::string_view kResourceType = "MessageHeader";

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
  /// `event[x]` 1..1. Code for the event this message represents or link to event definition.
  Choice<Coding, Uri> event{};
  /// `destination` 0..*. Message destination application(s).
  std::vector<MessageHeaderDestination> destination{};
  /// `sender` 0..1. Real world sender of the message. Refers to: Practitioner | PractitionerRole |
  /// Organization.
  std::optional<Reference> sender{};
  /// `enterer` 0..1. The source of the data entry. Refers to: Practitioner | PractitionerRole.
  std::optional<Reference> enterer{};
  /// `author` 0..1. The source of the decision. Refers to: Practitioner | PractitionerRole.
  std::optional<Reference> author{};
  /// `source` 1..1. Message source application.
  std::optional<MessageHeaderSource> source{};
  /// `responsible` 0..1. Final responsibility for event. Refers to: Practitioner | PractitionerRole |
  /// Organization.
  std::optional<Reference> responsible{};
  /// `reason` 0..1. Cause of event.
  std::optional<CodeableConcept> reason{};
  /// `response` 0..1. If this is a reply to prior message.
  std::optional<MessageHeaderResponse> response{};
  /// `focus` 0..*. The actual content of the message. Refers to: Resource.
  std::vector<Reference> focus{};
  /// `definition` 0..1. Link to the definition for this message. Refers to: MessageDefinition.
  std::optional<Canonical> definition{};
  UnknownElements unknown_elements{};
};

}  // namespace musubi::fhir::r4
