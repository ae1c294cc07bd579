// Made by musubi_generate_fhir_types from the definitions of FHIR R4 (4.0.1). Do not edit.
#pragma once

#include "musubi/fhir/models/members.h"
#include "musubi/fhir/r4/extension.h"

namespace musubi::fhir::r4 {

/// A reference from one resource to another.
struct Reference {
  /// `id` 0..1. Unique id for inter-element referencing.
  std::optional<String> id{};
  /// `extension` 0..*. Additional content defined by implementations.
  std::vector<Extension> extension{};
  /// `reference` 0..1. Literal reference, Relative, internal or absolute URL.
  std::optional<String> reference{};
  /// `type` 0..1. Type the reference refers to (e.g. "Patient"). Codes (extensible):
  /// http://hl7.org/fhir/ValueSet/resource-types.
  std::optional<Uri> type{};
  /// `identifier` 0..1. Logical reference, when literal reference is not known.
  Box<Identifier> identifier{};
  /// `display` 0..1. Text alternative for the resource.
  std::optional<String> display{};
  UnknownElements unknown_elements{};
};

}  // namespace musubi::fhir::r4
