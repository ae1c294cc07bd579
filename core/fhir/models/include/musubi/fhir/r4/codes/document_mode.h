// Made by musubi_generate_fhir_types from the definitions of FHIR R4 (4.0.1). Do not edit.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace musubi::fhir::r4 {

/// http://hl7.org/fhir/ValueSet/document-mode
enum class DocumentMode : std::uint8_t { producer, consumer };
/// As FHIR writes them, in the order of the enumerators.
std::span<const std::string_view> codes_of(DocumentMode) noexcept;

}  // namespace musubi::fhir::r4
