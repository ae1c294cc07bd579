// Made by musubi_generate_fhir_types from the definitions of FHIR R4 (4.0.1). Do not edit.
#pragma once

#include "musubi/fhir/models/members.h"
#include "musubi/fhir/r4/contact_point.h"
#include "musubi/fhir/r4/extension.h"

namespace musubi::fhir::r4 {

/// Specifies contact information for a person or organization.
struct ContactDetail {
  /// `id` 0..1. Unique id for inter-element referencing.
  std::optional<String> id{};
  /// `extension` 0..*. Additional content defined by implementations.
  std::vector<Extension> extension{};
  /// `name` 0..1. Name of an individual to contact.
  std::optional<String> name{};
  /// `telecom` 0..*. Contact details for individual or organization.
  std::vector<ContactPoint> telecom{};
  UnknownElements unknown_elements{};
};

}  // namespace musubi::fhir::r4
