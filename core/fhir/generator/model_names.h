// The names that types, elements and codes have in C++.
#pragma once

#include <string>
#include <string_view>

namespace musubi::fhir::generator {

/// "HumanName", "string", "Patient.contact" → "HumanName", "String", "PatientContact".
std::string class_name(std::string_view type);
/// "birthDate", "class", "HumanName" → "birth_date", "class_", "human_name".
std::string member_name(std::string_view element);
/// "entered-in-error", ">=", "4.0.1" → "entered_in_error", "greater_equal", "code_4_0_1".
std::string enumerator_name(std::string_view code);
/// Of the URL of a value set, the last part: "administrative-gender" → "AdministrativeGender".
std::string enum_name(std::string_view value_set);

}  // namespace musubi::fhir::generator
