// Where in a large document a row stands.
#pragma once

#include <cstdint>
#include <string_view>

namespace musubi::fhir {

/// How many line feeds the text has.
std::uint64_t lines_in(std::string_view text) noexcept;

}  // namespace musubi::fhir
