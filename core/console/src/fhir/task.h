// What became of a submission, as a FHIR Task that the sender reads: received, held, delivered to whom,
// refused and why.
#pragma once

#include <boost/json/fwd.hpp>

#include "../views.h"

namespace musubi::console {

boost::json::object task_of(const ledger::SubmissionInfo& submission, const Services& services,
                            base::Language language);

}  // namespace musubi::console
