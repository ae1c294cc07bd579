// Made by musubi_generate_fhir_types from the definitions of FHIR R4 (4.0.1). Do not edit.
#pragma once

#include "musubi/fhir/models/members.h"
#include "musubi/fhir/r4/extension.h"
#include "musubi/fhir/r4/meta.h"
#include "musubi/fhir/r4/reference.h"

namespace musubi::fhir::r4 {

/// A resource that represents the data of a single raw artifact as digital content accessible in its native
/// format. A Binary resource can contain any content, whether text, image, pdf, zip archive, etc.
struct Binary {
  static constexpr std::string_view kResourceType = "Binary";

  /// `id` 0..1. Logical id of this artifact.
  std::optional<Id> id{};
  /// `meta` 0..1. Metadata about the resource.
  std::optional<Meta> meta{};
  /// `implicitRules` 0..1. A set of rules under which this content was created.
  std::optional<Uri> implicit_rules{};
  /// `language` 0..1. Language of the resource content. Codes (preferred):
  /// http://hl7.org/fhir/ValueSet/languages.
  std::optional<Code> language{};
  /// `contentType` 1..1. MimeType of the binary content. Codes (required):
  /// http://hl7.org/fhir/ValueSet/mimetypes.
  std::optional<Code> content_type{};
  /// `securityContext` 0..1. Identifies another resource to use as proxy when enforcing access control.
  /// Refers to: Resource.
  std::optional<Reference> security_context{};
  /// `data` 0..1. The actual content.
  std::optional<Base64Binary> data{};
  /// `url` 0..1. Uri where the data can be found.
  std::optional<Url> url{};
  UnknownElements unknown_elements{};
};

}  // namespace musubi::fhir::r4
