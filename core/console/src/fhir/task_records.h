// Each record of a submission, as its sender reads it: issues of an OperationOutcome with state, place,
// reason and remedy.
#pragma once

#include <boost/json/fwd.hpp>
#include <cstdint>
#include <optional>
#include <vector>

#include "../views.h"

namespace musubi::console {

/// Rows of a page.
inline constexpr std::uint64_t kRecordsOfPage = 100;

/// A code of the hub and what it says, with its remedy.
boost::json::object concept_of(std::string_view code, const Services& services, base::Language language);

/// What is held of a submission, or was sent back.
using HeldRecords = std::vector<ledger::QuarantinedRecord>;
/// The first kRecordsOfPage of them.
boost::json::array held_records(const HeldRecords& held, const Services& services, base::Language language);

/// What became of all of them, in the order they were read, from the row `from` on. `next`: where the next
/// page begins; empty: there is none.
boost::json::array record_states(const ledger::SubmissionInfo& submission, const HeldRecords& held,
                                 const Services& services, base::Language language, std::uint64_t from,
                                 std::optional<std::uint64_t>& next);

}  // namespace musubi::console
