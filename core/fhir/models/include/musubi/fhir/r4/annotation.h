// Made by musubi_generate_fhir_types from the definitions of FHIR R4 (4.0.1). Do not edit.
#pragma once

#include "musubi/fhir/models/members.h"
#include "musubi/fhir/r4/extension.h"
#include "musubi/fhir/r4/reference.h"

namespace musubi::fhir::r4 {

/// A text note which also contains information about who made the statement and when.
struct Annotation {
  /// `id` 0..1. Unique id for inter-element referencing.
  std::optional<String> id{};
  /// `extension` 0..*. Additional content defined by implementations.
  std::vector<Extension> extension{};
  /// `author[x]` 0..1. Individual responsible for the annotation. Refers to: Practitioner | Patient |
  /// RelatedPerson | Organization.
  Choice<Reference, String> author{};
  /// `time` 0..1. When the annotation was made.
  std::optional<DateTime> time{};
  /// `text` 1..1. The annotation - text content (as markdown).
  std::optional<Markdown> text{};
  UnknownElements unknown_elements{};
};

}  // namespace musubi::fhir::r4
