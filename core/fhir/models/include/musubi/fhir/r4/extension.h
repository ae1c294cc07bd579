// Made by musubi_generate_fhir_types from the definitions of FHIR R4 (4.0.1). Do not edit.
#pragma once

#include "musubi/fhir/models/members.h"

namespace musubi::fhir::r4 {

/// Optional Extension Element - found in all resources.
struct Extension {
  /// `id` 0..1. Unique id for inter-element referencing.
  std::optional<String> id{};
  /// `extension` 0..*. Additional content defined by implementations.
  std::vector<Extension> extension{};
  /// `url` 1..1. identifies the meaning of the extension.
  std::optional<Uri> url{};
  /// `value[x]` 0..1. Value of extension.
  AnyValue value{};
  UnknownElements unknown_elements{};
};

}  // namespace musubi::fhir::r4
