// Corrections, proposals and looks, as tables.
#pragma once

#include <map>
#include <optional>
#include <vector>

#include "musubi/ledger/ledger.h"
#include "sqlite.h"

namespace musubi::ledger {

std::vector<Correction> corrections_of(sqlite::Database& database, std::int64_t part);
/// Fills in what was done with a record: corrections, looks, proposal.
void add_doings(sqlite::Database& database, QuarantinedRecord& record);
std::optional<Proposal> proposal_of(sqlite::Database& database, std::int64_t held);
std::map<std::int64_t, Proposal> proposals(sqlite::Database& database);  ///< by held record

// Within a transaction.
base::Status add_correction(sqlite::Database& database, const Correction& correction);
base::Status add_proposal(sqlite::Database& database, const Proposal& proposal);
base::Status remove_proposal(sqlite::Database& database, std::int64_t held);
base::Status add_look(sqlite::Database& database, std::int64_t held, std::string_view by, std::int64_t at);

}  // namespace musubi::ledger
