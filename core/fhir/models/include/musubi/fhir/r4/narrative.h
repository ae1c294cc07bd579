// Made by musubi_generate_fhir_types from the definitions of FHIR R4 (4.0.1). Do not edit.
#pragma once

#include "musubi/fhir/models/members.h"
#include "musubi/fhir/r4/codes/narrative_status.h"
#include "musubi/fhir/r4/extension.h"

namespace musubi::fhir::r4 {

/// A human-readable summary of the resource conveying the essential clinical and business information for the
/// resource.
struct Narrative {
  /// `id` 0..1. Unique id for inter-element referencing.
  std::optional<String> id{};
  /// `extension` 0..*. Additional content defined by implementations.
  std::vector<Extension> extension{};
  /// `status` 1..1. generated | extensions | additional | empty. Codes (required):
  /// http://hl7.org/fhir/ValueSet/narrative-status.
  std::optional<CodeOf<NarrativeStatus>> status{};
  /// `div` 1..1. Limited xhtml content.
  std::optional<Xhtml> div{};
  UnknownElements unknown_elements{};
};

}  // namespace musubi::fhir::r4
