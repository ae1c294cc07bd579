// Made by musubi_generate_fhir_types from the definitions of FHIR R4 (4.0.1). Do not edit.
#pragma once

#include "musubi/fhir/models/members.h"
#include "musubi/fhir/r4/extension.h"

namespace musubi::fhir::r4 {

/// A reference to a code defined by a terminology system.
struct Coding {
  /// `id` 0..1. Unique id for inter-element referencing.
  std::optional<String> id{};
  /// `extension` 0..*. Additional content defined by implementations.
  std::vector<Extension> extension{};
  /// `system` 0..1. Identity of the terminology system.
  std::optional<Uri> system{};
  /// `version` 0..1. Version of the system - if relevant.
  std::optional<String> version{};
  /// `code` 0..1. Symbol in syntax defined by the system.
  std::optional<Code> code{};
  /// `display` 0..1. Representation defined by the system.
  std::optional<String> display{};
  /// `userSelected` 0..1. If this coding was chosen directly by the user.
  std::optional<Boolean> user_selected{};
  UnknownElements unknown_elements{};
};

}  // namespace musubi::fhir::r4
