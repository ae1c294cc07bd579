// The lexical forms of FHIR's primitive types: hl7.org/fhir/R4/datatypes.html#primitive.
#pragma once

#include <string_view>

namespace musubi::fhir {

using Form = bool (*)(std::string_view text);

/// Of a type: "date", "positiveInt"; nullptr: it has any form.
Form form_of(std::string_view type) noexcept;

/// `type`: "date", "positiveInt"; types that are not known have any form.
bool has_form_of(std::string_view type, std::string_view text) noexcept;

}  // namespace musubi::fhir
