// Made by musubi_generate_fhir_types from the definitions of FHIR R4 (4.0.1). Do not edit.
#pragma once

#include "musubi/fhir/models/members.h"
#include "musubi/fhir/r4/attachment.h"
#include "musubi/fhir/r4/codes/related_artifact_type.h"
#include "musubi/fhir/r4/extension.h"

namespace musubi::fhir::r4 {

/// Related artifacts such as additional documentation, justification, or bibliographic references.
struct RelatedArtifact {
  /// `id` 0..1. Unique id for inter-element referencing.
  std::optional<String> id{};
  /// `extension` 0..*. Additional content defined by implementations.
  std::vector<Extension> extension{};
  /// `type` 1..1. documentation | justification | citation | predecessor | successor | derived-from |
  /// depends-on | composed-of. Codes (required): http://hl7.org/fhir/ValueSet/related-artifact-type.
  std::optional<CodeOf<RelatedArtifactType>> type{};
  /// `label` 0..1. Short label.
  std::optional<String> label{};
  /// `display` 0..1. Brief description of the related artifact.
  std::optional<String> display{};
  /// `citation` 0..1. Bibliographic citation for the artifact.
  std::optional<Markdown> citation{};
  /// `url` 0..1. Where the artifact can be accessed.
  std::optional<Url> url{};
  /// `document` 0..1. What document is being referenced.
  std::optional<Attachment> document{};
  /// `resource` 0..1. What resource is being referenced. Refers to: Resource.
  std::optional<Canonical> resource{};
  UnknownElements unknown_elements{};
};

}  // namespace musubi::fhir::r4
