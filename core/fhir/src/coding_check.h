// Codes that cannot be codes of the system they name: the forms and check digits of LOINC and SNOMED CT, the
// grammar of UCUM, and systems whose names are reserved for examples (RFC 2606).
#pragma once

#include "issues.h"

namespace musubi::fhir {

/// "1751-7", "LA6576-8". Form and check digit.
bool is_loinc_code(std::string_view code) noexcept;
/// "840539006", or an expression, which is not looked at. Form, partition of concepts, check digit.
bool is_snomed_code(std::string_view code) noexcept;

void check_codings(Issues& issues);

}  // namespace musubi::fhir
