// Made by musubi_generate_fhir_types from the definitions of FHIR R4 (4.0.1). Do not edit.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace musubi::fhir::r4 {

/// http://hl7.org/fhir/ValueSet/restful-capability-mode
enum class RestfulCapabilityMode : std::uint8_t { client, server };
/// As FHIR writes them, in the order of the enumerators.
std::span<const std::string_view> codes_of(RestfulCapabilityMode) noexcept;

}  // namespace musubi::fhir::r4
