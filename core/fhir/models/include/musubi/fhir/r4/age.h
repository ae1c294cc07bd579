// Made by musubi_generate_fhir_types from the definitions of FHIR R4 (4.0.1). Do not edit.
#pragma once

#include "musubi/fhir/models/members.h"
#include "musubi/fhir/r4/codes/quantity_comparator.h"
#include "musubi/fhir/r4/extension.h"

namespace musubi::fhir::r4 {

/// A duration of time during which an organism (or a process) has existed.
struct Age {
  /// `id` 0..1. Unique id for inter-element referencing.
  std::optional<String> id{};
  /// `extension` 0..*. Additional content defined by implementations.
  std::vector<Extension> extension{};
  /// `value` 0..1. Numerical value (with implicit precision).
  std::optional<Decimal> value{};
  /// `comparator` 0..1. < | <= | >= | > - how to understand the value. Codes (required):
  /// http://hl7.org/fhir/ValueSet/quantity-comparator.
  std::optional<CodeOf<QuantityComparator>> comparator{};
  /// `unit` 0..1. Unit representation.
  std::optional<String> unit{};
  /// `system` 0..1. System that defines coded unit form.
  std::optional<Uri> system{};
  /// `code` 0..1. Coded form of the unit.
  std::optional<Code> code{};
  UnknownElements unknown_elements{};
};

}  // namespace musubi::fhir::r4
