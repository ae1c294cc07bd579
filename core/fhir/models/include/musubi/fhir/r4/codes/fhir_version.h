// Made by musubi_generate_fhir_types from the definitions of FHIR R4 (4.0.1). Do not edit.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace musubi::fhir::r4 {

/// http://hl7.org/fhir/ValueSet/FHIR-version
enum class FHIRVersion : std::uint8_t {
  code_0_01,
  code_0_05,
  code_0_06,
  code_0_11,
  code_0_0_80,
  code_0_0_81,
  code_0_0_82,
  code_0_4_0,
  code_0_5_0,
  code_1_0_0,
  code_1_0_1,
  code_1_0_2,
  code_1_1_0,
  code_1_4_0,
  code_1_6_0,
  code_1_8_0,
  code_3_0_0,
  code_3_0_1,
  code_3_3_0,
  code_3_5_0,
  code_4_0_0,
  code_4_0_1
};
/// As FHIR writes them, in the order of the enumerators.
std::span<const std::string_view> codes_of(FHIRVersion) noexcept;

}  // namespace musubi::fhir::r4
