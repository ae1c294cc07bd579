// Made by musubi_generate_fhir_types from the definitions of FHIR R4 (4.0.1). Do not edit.
#pragma once

#include "musubi/fhir/models/members.h"
#include "musubi/fhir/r4/codes/subscription_channel_type.h"
#include "musubi/fhir/r4/codes/subscription_status.h"
#include "musubi/fhir/r4/contact_point.h"
#include "musubi/fhir/r4/extension.h"
#include "musubi/fhir/r4/meta.h"
#include "musubi/fhir/r4/narrative.h"

namespace musubi::fhir::r4 {

/// `Subscription.channel` Details where to send notifications when resources are received that meet the
/// criteria.
struct SubscriptionChannel {
  /// `id` 0..1. Unique id for inter-element referencing.
  std::optional<String> id{};
  /// `extension` 0..*. Additional content defined by implementations.
  std::vector<Extension> extension{};
  /// `modifierExtension` 0..*. Extensions that cannot be ignored even if unrecognized.
  std::vector<Extension> modifier_extension{};
  /// `type` 1..1. rest-hook | websocket | email | sms | message. Codes (required):
  /// http://hl7.org/fhir/ValueSet/subscription-channel-type.
  std::optional<CodeOf<SubscriptionChannelType>> type{};
  /// `endpoint` 0..1. Where the channel points to.
  std::optional<Url> endpoint{};
  /// `payload` 0..1. MIME type to send, or omit for no payload. Codes (required):
  /// http://hl7.org/fhir/ValueSet/mimetypes.
  std::optional<Code> payload{};
  /// `header` 0..*. Usage depends on the channel type.
  std::vector<String> header{};
  UnknownElements unknown_elements{};
};

/// The subscription resource is used to define a push-based subscription from a server to another system.
/// Once a subscription is registered with the server, the server checks every resource that is created or
/// updated, and if the resource matches the given criteria, it sends a message on the defined "channel" so
/// that another system can take an appropriate action.
struct Subscription {
  static constexpr std::string_view kResourceType = "Subscription";

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
  /// `status` 1..1. requested | active | error | off. Codes (required):
  /// http://hl7.org/fhir/ValueSet/subscription-status.
  std::optional<CodeOf<SubscriptionStatus>> status{};
  /// `contact` 0..*. Contact details for source (e.g. troubleshooting).
  std::vector<ContactPoint> contact{};
  /// `end` 0..1. When to automatically delete the subscription.
  std::optional<Instant> end{};
  /// `reason` 1..1. Description of why this subscription was created.
  std::optional<String> reason{};
  /// `criteria` 1..1. Rule for server push.
  std::optional<String> criteria{};
  /// `error` 0..1. Latest error note.
  std::optional<String> error{};
  /// `channel` 1..1. The channel on which to report matches to the criteria.
  std::optional<SubscriptionChannel> channel{};
  UnknownElements unknown_elements{};
};

}  // namespace musubi::fhir::r4
