// Made by musubi_generate_fhir_types from the definitions of FHIR R4 (4.0.1). Do not edit.
#pragma once

#include "musubi/fhir/models/members.h"
#include "musubi/fhir/r4/codes/name_use.h"
#include "musubi/fhir/r4/extension.h"
#include "musubi/fhir/r4/period.h"

namespace musubi::fhir::r4 {

/// A human's name with the ability to identify parts and usage.
struct HumanName {
  /// `id` 0..1. Unique id for inter-element referencing.
  std::optional<String> id{};
  /// `extension` 0..*. Additional content defined by implementations.
  std::vector<Extension> extension{};
  /// `use` 0..1. usual | official | temp | nickname | anonymous | old | maiden. Codes (required):
  /// http://hl7.org/fhir/ValueSet/name-use.
  std::optional<CodeOf<NameUse>> use{};
  /// `text` 0..1. Text representation of the full name.
  std::optional<String> text{};
  /// `family` 0..1. Family name (often called 'Surname').
  std::optional<String> family{};
  /// `given` 0..*. Given names (not always 'first'). Includes middle names.
  std::vector<String> given{};
  /// `prefix` 0..*. Parts that come before the name.
  std::vector<String> prefix{};
  /// `suffix` 0..*. Parts that come after the name.
  std::vector<String> suffix{};
  /// `period` 0..1. Time period when name was/is in use.
  std::optional<Period> period{};
  UnknownElements unknown_elements{};
};

}  // namespace musubi::fhir::r4
