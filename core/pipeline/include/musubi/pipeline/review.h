// What every place where people review held records needs, beside what Road and Hub do for them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "musubi/ledger/ledger.h"

namespace musubi::pipeline {

/// The ids of the fields that kept corrections or proposals are about, without their values.
std::vector<std::string> fields_named_in(std::string_view kept_fields);

/// It will not be delivered, and its receipt tells the sender why. `by`: who decided, and what they said.
/// Errors: ledger.not_held.
base::Status send_back(ledger::Ledger& ledger, const ledger::QuarantinedRecord& held, std::string_view by);

}  // namespace musubi::pipeline
