// Made by musubi_generate_fhir_types from the definitions of FHIR R4 (4.0.1). Do not edit.
#pragma once

#include "musubi/fhir/models/members.h"
#include "musubi/fhir/r4/codeable_concept.h"
#include "musubi/fhir/r4/codes/identifier_use.h"
#include "musubi/fhir/r4/extension.h"
#include "musubi/fhir/r4/period.h"
#include "musubi/fhir/r4/reference.h"

namespace musubi::fhir::r4 {

/// An identifier - identifies some entity uniquely and unambiguously. Typically this is used for business
/// identifiers.
struct Identifier {
  /// `id` 0..1. Unique id for inter-element referencing.
  std::optional<String> id{};
  /// `extension` 0..*. Additional content defined by implementations.
  std::vector<Extension> extension{};
  /// `use` 0..1. usual | official | temp | secondary | old (If known). Codes (required):
  /// http://hl7.org/fhir/ValueSet/identifier-use.
  std::optional<CodeOf<IdentifierUse>> use{};
  /// `type` 0..1. Description of identifier. Codes (extensible):
  /// http://hl7.org/fhir/ValueSet/identifier-type.
  std::optional<CodeableConcept> type{};
  /// `system` 0..1. The namespace for the identifier value.
  std::optional<Uri> system{};
  /// `value` 0..1. The value that is unique.
  std::optional<String> value{};
  /// `period` 0..1. Time period when id is/was valid for use.
  std::optional<Period> period{};
  /// `assigner` 0..1. Organization that issued id (may be just text). Refers to: Organization.
  std::optional<Reference> assigner{};
  UnknownElements unknown_elements{};
};

}  // namespace musubi::fhir::r4
