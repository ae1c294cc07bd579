// Made by musubi_generate_fhir_types from the definitions of FHIR R4 (4.0.1). Do not edit.
#pragma once

#include "musubi/fhir/models/members.h"
#include "musubi/fhir/r4/address.h"
#include "musubi/fhir/r4/codeable_concept.h"
#include "musubi/fhir/r4/contact_point.h"
#include "musubi/fhir/r4/extension.h"
#include "musubi/fhir/r4/human_name.h"
#include "musubi/fhir/r4/identifier.h"
#include "musubi/fhir/r4/meta.h"
#include "musubi/fhir/r4/narrative.h"
#include "musubi/fhir/r4/reference.h"

namespace musubi::fhir::r4 {

/// `Organization.contact` Contact for the organization for a certain purpose.
struct OrganizationContact {
  /// `id` 0..1. Unique id for inter-element referencing.
  std::optional<String> id{};
  /// `extension` 0..*. Additional content defined by implementations.
  std::vector<Extension> extension{};
  /// `modifierExtension` 0..*. Extensions that cannot be ignored even if unrecognized.
  std::vector<Extension> modifier_extension{};
  /// `purpose` 0..1. The type of contact. Codes (extensible):
  /// http://hl7.org/fhir/ValueSet/contactentity-type.
  std::optional<CodeableConcept> purpose{};
  /// `name` 0..1. A name associated with the contact.
  std::optional<HumanName> name{};
  /// `telecom` 0..*. Contact details (telephone, email, etc.) for a contact.
  std::vector<ContactPoint> telecom{};
  /// `address` 0..1. Visiting or postal addresses for the contact.
  std::optional<Address> address{};
  UnknownElements unknown_elements{};
};

/// A formally or informally recognized grouping of people or organizations formed for the purpose of
/// achieving some form of collective action. Includes companies, institutions, corporations, departments,
/// community groups, healthcare practice groups, payer/insurer, etc.
struct Organization {
  static constexpr std::string_view kResourceType = "Organization";

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
  /// `identifier` 0..*. Identifies this organization across multiple systems.
  std::vector<Identifier> identifier{};
  /// `active` 0..1. Whether the organization's record is still in active use.
  std::optional<Boolean> active{};
  /// `type` 0..*. Kind of organization.
  std::vector<CodeableConcept> type{};
  /// `name` 0..1. Name used for the organization.
  std::optional<String> name{};
  /// `alias` 0..*. A list of alternate names that the organization is known as, or was known as in the past.
  std::vector<String> alias{};
  /// `telecom` 0..*. A contact detail for the organization.
  std::vector<ContactPoint> telecom{};
  /// `address` 0..*. An address for the organization.
  std::vector<Address> address{};
  /// `partOf` 0..1. The organization of which this organization forms a part. Refers to: Organization.
  std::optional<Reference> part_of{};
  /// `contact` 0..*. Contact for the organization for a certain purpose.
  std::vector<OrganizationContact> contact{};
  /// `endpoint` 0..*. Technical endpoints providing access to services operated for the organization. Refers
  /// to: Endpoint.
  std::vector<Reference> endpoint{};
  UnknownElements unknown_elements{};
};

}  // namespace musubi::fhir::r4
