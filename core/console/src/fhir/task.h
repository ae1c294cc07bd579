// What became of a submission, as a FHIR Task that the sender reads: received, held, delivered to whom,
// refused and why.
#pragma once

#include <boost/json/fwd.hpp>

#include "../views.h"
#include "held_elements.h"
#include "judged_again.h"

namespace musubi::console {

/// What Tasks have read again. Threads: any.
struct ReadAgain {
  JudgedAgain judged;
  KnownHeldElements elements;
};

/// `from`: the row with which the page of records begins.
boost::json::object task_of(const ledger::SubmissionInfo& submission, const Services& services,
                            ReadAgain& read_again, base::Language language, std::uint64_t from);

}  // namespace musubi::console
