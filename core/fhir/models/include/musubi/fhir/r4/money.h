// Made by musubi_generate_fhir_types from the definitions of FHIR R4 (4.0.1). Do not edit.
#pragma once

#include "musubi/fhir/models/members.h"
#include "musubi/fhir/r4/extension.h"

namespace musubi::fhir::r4 {

/// An amount of economic utility in some recognized currency.
struct Money {
  /// `id` 0..1. Unique id for inter-element referencing.
  std::optional<String> id{};
  /// `extension` 0..*. Additional content defined by implementations.
  std::vector<Extension> extension{};
  /// `value` 0..1. Numerical value (with implicit precision).
  std::optional<Decimal> value{};
  /// `currency` 0..1. ISO 4217 Currency Code. Codes (required): http://hl7.org/fhir/ValueSet/currencies.
  std::optional<Code> currency{};
  UnknownElements unknown_elements{};
};

}  // namespace musubi::fhir::r4
