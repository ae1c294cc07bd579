// Made by musubi_generate_fhir_types from the definitions of FHIR R4 (4.0.1). Do not edit.
#pragma once

#include "musubi/fhir/models/members.h"
#include "musubi/fhir/r4/codes/contact_point_system.h"
#include "musubi/fhir/r4/codes/contact_point_use.h"
#include "musubi/fhir/r4/extension.h"
#include "musubi/fhir/r4/period.h"

namespace musubi::fhir::r4 {

/// Details for all kinds of technology mediated contact points for a person or organization, including
/// telephone, email, etc.
struct ContactPoint {
  /// `id` 0..1. Unique id for inter-element referencing.
  std::optional<String> id{};
  /// `extension` 0..*. Additional content defined by implementations.
  std::vector<Extension> extension{};
  /// `system` 0..1. phone | fax | email | pager | url | sms | other. Codes (required):
  /// http://hl7.org/fhir/ValueSet/contact-point-system.
  std::optional<CodeOf<ContactPointSystem>> system{};
  /// `value` 0..1. The actual contact point details.
  std::optional<String> value{};
  /// `use` 0..1. home | work | temp | old | mobile - purpose of this contact point. Codes (required):
  /// http://hl7.org/fhir/ValueSet/contact-point-use.
  std::optional<CodeOf<ContactPointUse>> use{};
  /// `rank` 0..1. Specify preferred order of use (1 = highest).
  std::optional<PositiveInt> rank{};
  /// `period` 0..1. Time period when the contact point was/is in use.
  std::optional<Period> period{};
  UnknownElements unknown_elements{};
};

}  // namespace musubi::fhir::r4
