// Disclosed records as one hub hands them to another: a JSON object a line, with the fields as the canonical
// JSON Schema has them and an "origin" that names the case at the hub that sends. docs/hub-to-hub.md says
// what each member means.
#pragma once

#include <string>
#include <string_view>

#include "musubi/base/result.h"
#include "musubi/model/disclosure.h"

namespace musubi::hub_sink {

/// The same bytes for the same disclosure, always: the other hub recognises them.
/// Error: hub_sink.local_id_withheld (refused), when the policy does not release the number of the case.
base::Result<std::string> exchange_lines(const model::Disclosure& disclosure, std::string_view hub);

}  // namespace musubi::hub_sink
