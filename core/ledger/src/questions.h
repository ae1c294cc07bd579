// What can be asked of the ledger, on a connection that only reads. A failure is noted in the database and
// the answer is then empty.
#pragma once

#include <map>
#include <vector>

#include "batch.h"
#include "kept_files.h"
#include "musubi/ledger/ledger.h"
#include "sqlite.h"

namespace musubi::ledger {

// --- the books (books.cpp)
std::string day_text(std::int64_t day);  ///< "2020-04-20"
std::vector<BalanceRow> balance_rows(sqlite::Database& database, std::string_view source,
                                     std::string_view day);
Words words_of(sqlite::Database& database, std::int64_t submission);
Balance balance_of(sqlite::Database& database, std::int64_t submission);
/// Rows of open outbox rows, per part, merged.
std::vector<RowRange> open_ranges(sqlite::Database& database);
/// Rows of outbox rows that are open, or dead.
std::vector<RowRange> unsettled_ranges(sqlite::Database& database);
/// Records of the range that go out.
std::uint64_t outgoing_in(sqlite::Database& database, const RowRange& range);

// --- submissions, parts, outbox (submissions.cpp)
/// `condition` continues "... WHERE"; ?1 is `argument`.
std::vector<SubmissionInfo> submissions(sqlite::Database& database, std::string_view condition,
                                        std::int64_t argument = 0);
std::vector<Receipt> receipts(sqlite::Database& database, std::int64_t submission);
std::vector<PartInfo> parts(sqlite::Database& database, std::string_view condition, std::int64_t argument,
                            std::string_view name = {});
std::optional<std::string> small_bytes(sqlite::Database& database, std::int64_t submission);
std::vector<SubmissionInfo> newest_submissions(sqlite::Database& database, std::string_view source,
                                               std::int64_t before, std::size_t most);

// --- the outbox (outbox.cpp)
std::vector<OutboxRow> open_outbox_rows(sqlite::Database& database);
std::optional<OutboxRow> open_outbox_row(sqlite::Database& database, std::int64_t id);
std::vector<OutboxRow> open_outbox_rows(sqlite::Database& database, std::string_view route,
                                        std::int64_t after, std::size_t most);
base::Status settle_outbox(sqlite::Database& database, std::int64_t outbox, std::string_view receipt,
                           std::span<const Refusal> refused, std::int64_t now);
std::uint64_t reopen_dead(sqlite::Database& database, const DeadLetterFilter& filter);
std::vector<DeadLetter> dead_letters(sqlite::Database& database, const DeadLetterFilter& filter);
std::vector<Backlog> backlogs(sqlite::Database& database);
std::vector<RecipientWord> recipients_of(sqlite::Database& database, std::int64_t submission);
/// None later than `now`: a clock that was wrong for a while would hide all that came after.
std::map<std::string, std::vector<base::Instant>> newest_receipts(sqlite::Database& database,
                                                                  std::size_t most, base::Instant now);

// --- what does not come to its end (unended.cpp)
void forget_unended(sqlite::Database& database, Errand errand, std::int64_t id);

/// Five columns from `column` on: mapping, version, digests of mapping, value sets and policies.
std::optional<Pin> pin_at(const sqlite::Statement& row, int column);
std::vector<Replayed> records_between(sqlite::Database& database, const RowRange& range);

// --- quarantine (quarantine.cpp)
std::vector<QuarantinedRecord> quarantine(sqlite::Database& database, const HeldFilter& filter);
std::optional<QuarantinedRecord> quarantined(sqlite::Database& database, std::int64_t id);

// --- what is in force (activations.cpp)
std::int64_t newest_activation(sqlite::Database& database);
std::vector<Activation> activations(sqlite::Database& database);

// --- lineage (lineage.cpp)
std::optional<Lineage> lineage(sqlite::Database& database, std::int64_t case_number);
std::optional<std::int64_t> case_number(sqlite::Database& database, std::string_view source,
                                        std::string_view local_id);

// --- audit (audit.cpp)
/// Counts everything anew. Empty: the books are right.
std::vector<base::Error> audit(sqlite::Database& database, const KeptFiles& kept, AuditDepth depth);

}  // namespace musubi::ledger
