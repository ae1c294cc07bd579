// Made by musubi_generate_fhir_types from the definitions of FHIR R4 (4.0.1). Do not edit.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace musubi::fhir::r4 {

/// http://hl7.org/fhir/ValueSet/document-relationship-type
enum class DocumentRelationshipType : std::uint8_t { replaces, transforms, signs, appends };
/// As FHIR writes them, in the order of the enumerators.
std::span<const std::string_view> codes_of(DocumentRelationshipType) noexcept;

}  // namespace musubi::fhir::r4
