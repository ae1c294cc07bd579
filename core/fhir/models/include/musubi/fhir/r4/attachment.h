// Made by musubi_generate_fhir_types from the definitions of FHIR R4 (4.0.1). Do not edit.
#pragma once

#include "musubi/fhir/models/members.h"
#include "musubi/fhir/r4/extension.h"

namespace musubi::fhir::r4 {

/// For referring to data content defined in other formats.
struct Attachment {
  /// `id` 0..1. Unique id for inter-element referencing.
  std::optional<String> id{};
  /// `extension` 0..*. Additional content defined by implementations.
  std::vector<Extension> extension{};
  /// `contentType` 0..1. Mime type of the content, with charset etc. Codes (required):
  /// http://hl7.org/fhir/ValueSet/mimetypes.
  std::optional<Code> content_type{};
  /// `language` 0..1. Human language of the content (BCP-47). Codes (preferred):
  /// http://hl7.org/fhir/ValueSet/languages.
  std::optional<Code> language{};
  /// `data` 0..1. Data inline, base64ed.
  std::optional<Base64Binary> data{};
  /// `url` 0..1. Uri where the data can be found.
  std::optional<Url> url{};
  /// `size` 0..1. Number of bytes of content (if url provided).
  std::optional<UnsignedInt> size{};
  /// `hash` 0..1. Hash of the data (sha-1, base64ed).
  std::optional<Base64Binary> hash{};
  /// `title` 0..1. Label to display in place of the data.
  std::optional<String> title{};
  /// `creation` 0..1. Date attachment was first created.
  std::optional<DateTime> creation{};
  UnknownElements unknown_elements{};
};

}  // namespace musubi::fhir::r4
