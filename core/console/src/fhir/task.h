// What became of a submission, as a FHIR Task that the sender reads: received, held, delivered to whom,
// refused and why.
#pragma once

#include <boost/json/fwd.hpp>

#include "../views.h"
#include "judged_again.h"

namespace musubi::console {

/// `from`: the row with which the page of records begins.
boost::json::object task_of(const ledger::SubmissionInfo& submission, const Services& services,
                            JudgedAgain& judged, base::Language language, std::uint64_t from);

}  // namespace musubi::console
