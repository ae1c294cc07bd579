// Made by musubi_generate_fhir_types from the definitions of FHIR R4 (4.0.1). Do not edit.
#pragma once

#include "musubi/fhir/models/members.h"
#include "musubi/fhir/r4/extension.h"
#include "musubi/fhir/r4/quantity.h"

namespace musubi::fhir::r4 {

/// A set of ordered Quantities defined by a low and high limit.
struct Range {
  /// `id` 0..1. Unique id for inter-element referencing.
  std::optional<String> id{};
  /// `extension` 0..*. Additional content defined by implementations.
  std::vector<Extension> extension{};
  /// `low` 0..1. Low limit.
  std::optional<Quantity> low{};
  /// `high` 0..1. High limit.
  std::optional<Quantity> high{};
  UnknownElements unknown_elements{};
};

}  // namespace musubi::fhir::r4
