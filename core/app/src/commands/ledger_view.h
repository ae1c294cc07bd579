// The ledger as a table for people.
#pragma once

#include <span>
#include <string>

#include "musubi/base/messages.h"
#include "musubi/ledger/ledger.h"

namespace musubi::app {

/// One line per source and day, then the sum, then the sentence whether the books balance.
std::string ledger_table(std::span<const ledger::BalanceRow> rows, const ledger::Balance& sum,
                         base::Language language);

}  // namespace musubi::app
