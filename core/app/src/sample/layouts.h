// One writer per layout. Each returns the number of cases, or nothing when the stream took no more.
#pragma once

#include <cstdint>
#include <optional>
#include <ostream>

#include "sample.h"

namespace musubi::app::sample {

std::optional<std::uint64_t> write_tokyo(const SampleRequest& request, std::ostream& out);
std::optional<std::uint64_t> write_osaka(const SampleRequest& request, std::ostream& out);
std::optional<std::uint64_t> write_hersys(const SampleRequest& request, std::ostream& out);
std::optional<std::uint64_t> write_fhir(const SampleRequest& request, std::ostream& out);

/// What a person typed wrongly in a case that is new in an edition. One case in three hundred and fifty.
enum class Slip : std::uint8_t { none, letter_for_digit, impossible_date, number_missing };
Slip slip_of(class Draw& draw, bool is_new);

}  // namespace musubi::app::sample
