// Made by musubi_generate_fhir_types from the definitions of FHIR R4 (4.0.1). Do not edit.
#pragma once

#include "musubi/fhir/models/members.h"
#include "musubi/fhir/r4/coding.h"
#include "musubi/fhir/r4/extension.h"
#include "musubi/fhir/r4/reference.h"

namespace musubi::fhir::r4 {

/// The metadata about a resource. This is content in the resource that is maintained by the infrastructure.
/// Changes to the content might not always be associated with version changes to the resource.
struct Meta {
  /// `id` 0..1. Unique id for inter-element referencing.
  std::optional<String> id{};
  /// `extension` 0..*. Additional content defined by implementations.
  std::vector<Extension> extension{};
  /// `versionId` 0..1. Version specific identifier.
  std::optional<Id> version_id{};
  /// `lastUpdated` 0..1. When the resource version last changed.
  std::optional<Instant> last_updated{};
  /// `source` 0..1. Identifies where the resource comes from.
  std::optional<Uri> source{};
  /// `profile` 0..*. Profiles this resource claims to conform to. Refers to: StructureDefinition.
  std::vector<Canonical> profile{};
  /// `security` 0..*. Security Labels applied to this resource. Codes (extensible):
  /// http://hl7.org/fhir/ValueSet/security-labels.
  std::vector<Coding> security{};
  /// `tag` 0..*. Tags applied to this resource.
  std::vector<Coding> tag{};
  /// `project` 0..1. The project that contains this resource.
  std::optional<Uri> project{};
  /// `author` 0..1. The individual, device or organization who initiated the last change.
  std::optional<Reference> author{};
  /// `onBehalfOf` 0..1. Optional individual, device, or organization for whom the change was made.
  std::optional<Reference> on_behalf_of{};
  /// `account` 0..1. Optional account reference that can be used for sub-project compartments.
  std::optional<Reference> account{};
  /// `accounts` 0..*. Optional account references that can be used for sub-project compartments.
  std::vector<Reference> accounts{};
  /// `compartment` 0..*. The list of compartments containing this resource.
  std::vector<Reference> compartment{};
  UnknownElements unknown_elements{};
};

}  // namespace musubi::fhir::r4
