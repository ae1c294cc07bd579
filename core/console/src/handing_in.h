// What every way of handing in by HTTP shares: from whom, as what, whether now, and how it is answered.
#pragma once

#include <boost/json/fwd.hpp>
#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "api.h"

namespace musubi::console {

/// The roles that may hand in.
inline constexpr auto kWhoHandsIn = net::any_of(net::Role::sender, net::Role::hub, net::Role::operator_);

/// The source the caller speaks for: its own, or the one it names. Empty: it does not say.
std::string source_of(const net::Request& request);
/// A file name without folders and control characters, as UTF-8; the trace where there is none.
std::string name_of_submission(std::string_view name, const net::Request& request);
/// Of the parameter as_of. Error: api.as_of.
base::Result<std::optional<std::chrono::sys_days>> as_of(const net::Request& request);

/// Whether the caller may hand in something of this source now. Errors: api.which_source; net.not_found, in
/// the same words whether there is no such source or it is not the caller's; those of Hub::admit().
base::Status may_send(const net::Request& request, const Services& services);

/// An error of what was handed in; with Retry-After where it may be taken later.
net::Response refused(const net::Request& request, const base::Error& error);

/// What the sender is told of a submission, and whether its bytes had come before.
boost::json::object received(const ledger::SubmissionInfo& info, const Services& services,
                             base::Language language);
/// The answer for one: 202, or 200 where its bytes had come before.
net::Response received_answer(const net::Request& request, const ledger::SubmissionInfo& info,
                              const Services& services);

}  // namespace musubi::console
