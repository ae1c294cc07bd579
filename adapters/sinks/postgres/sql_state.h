// What went wrong, by PostgreSQL's five-character SQLSTATE (appendix "PostgreSQL Error Codes" of its manual).
// Nothing else of what a server says is passed on: its sentences quote values.
#pragma once

#include <string_view>

#include "musubi/base/error.h"

namespace musubi::postgres_sink {

/// unavailable where trying again can help; refused for a record that a constraint or type turns away;
/// bad_configuration for users, databases and privileges; environment for a failing server; otherwise defect.
base::Error error_of_state(std::string_view sqlstate);

/// The SQLSTATE at the end of a libpq connection error of verbosity "sqlstate" ("… FATAL:  57P03"); empty
/// where the server was not reached.
std::string_view state_in(std::string_view connection_error) noexcept;

}  // namespace musubi::postgres_sink
