// The hub's own records as JSON. Nothing of it comes from a case report but places, counts and coded reasons.
#pragma once

#include <boost/json/fwd.hpp>
#include <string>

#include "musubi/base/clock.h"
#include "musubi/console/console.h"
#include "musubi/ledger/ledger.h"
#include "musubi/pipeline/hub.h"

namespace musubi::console {

using Shared = std::shared_ptr<const Services>;

boost::json::object to_json(const ledger::Balance& balance);
boost::json::object to_json(const ledger::Words& words);
boost::json::object to_json(const ledger::SubmissionInfo& submission, const Services& services,
                            base::Language language);
boost::json::object to_json(const ledger::QuarantinedRecord& record, const Services& services,
                            base::Language language);
boost::json::object to_json(const ledger::DeadLetter& letter, const Services& services,
                            base::Language language);
boost::json::object to_json(const pipeline::CourierState& courier, base::Instant now);
boost::json::object to_json(const intake::Health& health);
boost::json::object to_json(const Alarm& alarm, base::Language language);

/// Everything that is known of a submission: the staged receipt.
boost::json::object receipt_of(const ledger::SubmissionInfo& submission, const Services& services,
                               base::Language language);

/// "2020-04-20 12:00:00" in Japan, for pages.
std::string time_in_japan(base::Instant instant);
std::string status_url(std::int64_t submission);

}  // namespace musubi::console
