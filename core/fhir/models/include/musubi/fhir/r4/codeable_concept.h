// Made by musubi_generate_fhir_types from the definitions of FHIR R4 (4.0.1). Do not edit.
#pragma once

#include "musubi/fhir/models/members.h"
#include "musubi/fhir/r4/coding.h"
#include "musubi/fhir/r4/extension.h"

namespace musubi::fhir::r4 {

/// A concept that may be defined by a formal reference to a terminology or ontology or may be provided by
/// text.
struct CodeableConcept {
  /// `id` 0..1. Unique id for inter-element referencing.
  std::optional<String> id{};
  /// `extension` 0..*. Additional content defined by implementations.
  std::vector<Extension> extension{};
  /// `coding` 0..*. Code defined by a terminology system.
  std::vector<Coding> coding{};
  /// `text` 0..1. Plain text representation of the concept.
  std::optional<String> text{};
  UnknownElements unknown_elements{};
};

}  // namespace musubi::fhir::r4
