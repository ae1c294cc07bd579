// Each record of a submission, as its sender reads it: issues of an OperationOutcome with state, place,
// reason and remedy.
#pragma once

#include <boost/json/fwd.hpp>
#include <cstdint>
#include <optional>
#include <vector>

#include "../views.h"
#include "held_elements.h"

namespace musubi::console {

/// Rows of a page.
inline constexpr std::uint64_t kRecordsOfPage = 100;

/// CodeableConcept of a code of the hub.
boost::json::object coded(std::string_view code);
/// What the hub says of it, with its remedy. `field`: empty: the record as a whole.
std::string told(std::string_view code, std::string_view field, const Services& services,
                 base::Language language);
/// A code of the hub and what it says, with its remedy.
boost::json::object concept_of(std::string_view code, const Services& services, base::Language language);

/// The first kRecordsOfPage of them.
boost::json::array held_records(const HeldRecords& held, const HeldElements& elements,
                                const Services& services, base::Language language);

/// What became of all of them, in the order they were read, from the row `from` on. `next`: where the next
/// page begins; empty: there is none.
boost::json::array record_states(const ledger::SubmissionInfo& submission, const HeldRecords& held,
                                 const HeldElements& elements, const Services& services,
                                 base::Language language, std::uint64_t from,
                                 std::optional<std::uint64_t>& next);

}  // namespace musubi::console
