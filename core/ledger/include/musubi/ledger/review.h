// What people do with records that are held: they look, put right, propose. All of it is kept; none of it
// changes the bytes that came.
#pragma once

#include <cstdint>
#include <string>

#include "musubi/base/clock.h"

namespace musubi::ledger {

/// Values that a person gave for fields of a held record. It is laid over what a mapping makes of the row,
/// whenever the row is read again; of two for one field the later one holds. Personal data, like the kept
/// bytes.
struct Correction {
  std::int64_t held = 0;
  std::uint64_t row = 0;  ///< of its part
  std::string fields{};   ///< one JSON object of canonical columns, as takes: canonical reads them
  std::string by{}, why{};
  base::Instant at{};
};

enum class Proposed : std::uint8_t { correct, reject };
std::string_view name_of(Proposed action) noexcept;  ///< "correct", "reject"

/// What one person wants done with a held record and another one has to confirm.
struct Proposal {
  std::int64_t held = 0;
  Proposed action = Proposed::correct;
  std::string fields{};  ///< as of Correction; empty for reject
  std::string by{}, why{};
  base::Instant at{};
};

/// Somebody was shown the values of a held record.
struct Look {
  std::string by{};
  base::Instant at{};
};

}  // namespace musubi::ledger
