// Made by musubi_generate_fhir_types from the definitions of FHIR R4 (4.0.1). Do not edit.
#pragma once

#include "musubi/fhir/models/members.h"
#include "musubi/fhir/r4/extension.h"
#include "musubi/fhir/r4/quantity.h"

namespace musubi::fhir::r4 {

/// A relationship of two Quantity values - expressed as a numerator and a denominator.
struct Ratio {
  /// `id` 0..1. Unique id for inter-element referencing.
  std::optional<String> id{};
  /// `extension` 0..*. Additional content defined by implementations.
  std::vector<Extension> extension{};
  /// `numerator` 0..1. Numerator value.
  std::optional<Quantity> numerator{};
  /// `denominator` 0..1. Denominator value.
  std::optional<Quantity> denominator{};
  UnknownElements unknown_elements{};
};

}  // namespace musubi::fhir::r4
