// Names a person gives to narrow a list: a misspelt one must not look like an empty list.
#pragma once

#include <string>

#include "workshop.h"

namespace musubi::app {

/// Fine where `source` is empty, configured, or known to the ledger. Error: app.usage.source_unknown.
base::Status check_source(Workshop& workshop, const ledger::Ledger& ledger, const std::string& source);

/// Fine where `reason` is empty, a catalogued message, a rule of the checks, or a reason for which the ledger
/// holds a record. Error: app.usage.reason_unknown.
base::Status check_reason(Workshop& workshop, const ledger::Ledger& ledger, const std::string& reason);

}  // namespace musubi::app
