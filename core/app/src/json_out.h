// JSON for machines (--json), made with Boost.JSON.
#pragma once

#include <boost/json/fwd.hpp>
#include <cstdint>
#include <string>

#include "musubi/base/error.h"
#include "musubi/base/messages.h"
#include "musubi/ledger/ledger.h"
#include "musubi/pipeline/road.h"

namespace musubi::app {

boost::json::object to_json(const base::Error& error, base::Language language);
boost::json::object to_json(const ledger::Balance& balance);
boost::json::object to_json(const pipeline::SubmissionReport& report, base::Language language);
/// One line to standard output; always valid JSON: bytes that are no UTF-8 become U+FFFD.
void print(const boost::json::value& value);

/// "2020-04-20" of days since 1970-01-01.
std::string day_text(std::int32_t day);

}  // namespace musubi::app
