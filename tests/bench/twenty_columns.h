// A synthetic CSV of 20 columns and the mapping that reads it: six dates, five lookups, two flags, a number,
// a phone, four texts, one column dropped.
#pragma once

#include <cstdint>
#include <string>

namespace musubi::bench {

std::string twenty_column_csv(std::uint64_t rows, std::uint64_t seed);
/// The mapping, as an operator would write it.
std::string twenty_column_mapping();
/// The same with FHIRPath in seven of its rules; it makes the same records.
std::string twenty_column_mapping_with_expressions();

}  // namespace musubi::bench
