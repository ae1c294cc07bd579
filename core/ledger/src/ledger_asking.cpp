// What can be asked, each question answered from one state of the books.
#include "ledger_parts.h"
#include "questions.h"
#include "review.h"

namespace musubi::ledger {

Balance& Balance::operator+=(const Balance& other) noexcept {
  received += other.received;
  delivered += other.delivered;
  in_review += other.in_review;
  rejected += other.rejected;
  dead_letter += other.dead_letter;
  in_flight += other.in_flight;
  return *this;
}

std::filesystem::path Ledger::home() const { return parts_->file.parent_path(); }

base::Result<std::string> Ledger::configuration(std::string_view digest) const {
  const auto text = parts_->ask([&](sqlite::Database& database) -> std::optional<std::string> {
    auto find = database.prepare("SELECT text FROM configurations WHERE digest = ?1");
    if (!find.with(digest).next()) return {};
    return find.text(0);
  });
  if (!text) return missing("ledger.configuration_unknown", "digest", digest);
  return *text;
}

std::int64_t Ledger::newest_activation() const {
  return parts_->ask([](sqlite::Database& database) { return ledger::newest_activation(database); });
}

std::vector<Activation> Ledger::activations() const {
  return parts_->ask([](sqlite::Database& database) { return ledger::activations(database); });
}

std::vector<SubmissionInfo> Ledger::unfinished_submissions() const {
  return parts_->ask(
      [](sqlite::Database& database) { return ledger::submissions(database, "s.state IN (0, 1)"); });
}

std::vector<PartInfo> Ledger::parts_of(std::int64_t submission) const {
  return parts_->ask(
      [&](sqlite::Database& database) { return parts(database, "submission = ?1", submission); });
}

std::vector<OutboxRow> Ledger::open_outbox_rows() const {
  return parts_->ask([](sqlite::Database& database) { return ledger::open_outbox_rows(database); });
}

std::vector<OutboxRow> Ledger::open_outbox_rows(std::string_view route, std::int64_t after,
                                                std::size_t most) const {
  return parts_->ask(
      [&](sqlite::Database& database) { return ledger::open_outbox_rows(database, route, after, most); });
}

std::vector<DeadLetter> Ledger::dead_letters(const DeadLetterFilter& filter) const {
  return parts_->ask([&](sqlite::Database& database) { return ledger::dead_letters(database, filter); });
}

std::vector<Backlog> Ledger::backlogs() const {
  return parts_->ask([](sqlite::Database& database) { return ledger::backlogs(database); });
}

std::vector<RecipientWord> Ledger::recipients_of(std::int64_t submission) const {
  return parts_->ask([&](sqlite::Database& database) { return ledger::recipients_of(database, submission); });
}

std::map<std::string, std::vector<base::Instant>> Ledger::newest_receipts(std::size_t most) const {
  return parts_->ask([&](sqlite::Database& database) {
    return ledger::newest_receipts(database, most, parts_->clock.now());
  });
}

std::vector<Replayed> Ledger::records_between(std::int64_t part, std::uint64_t first_row,
                                              std::uint64_t last_row) const {
  return parts_->ask([&](sqlite::Database& database) {
    return ledger::records_between(database, {part, first_row, last_row});
  });
}

bool Ledger::is_being_written() const noexcept { return parts_->turn.is_taken(); }

base::Status Ledger::health() const {
  if (parts_->writer) MUSUBI_TRY(parts_->writer->ready());
  const std::lock_guard guard(parts_->asking);
  return parts_->last_failure;
}

Balance Ledger::balance(std::string_view source, std::string_view day) const {
  Balance sum;
  for (const auto& row : balance_rows(source, day)) sum += row.records;
  return sum;
}

std::vector<BalanceRow> Ledger::balance_rows(std::string_view source, std::string_view day) const {
  return parts_->ask([&](sqlite::Database& database) { return ledger::balance_rows(database, source, day); });
}

std::vector<SubmissionInfo> Ledger::submissions() const {
  return parts_->ask([](sqlite::Database& database) { return ledger::submissions(database, "true"); });
}

std::vector<SubmissionInfo> Ledger::newest_submissions(std::string_view source, std::int64_t before,
                                                       std::size_t most) const {
  return parts_->ask(
      [&](sqlite::Database& database) { return ledger::newest_submissions(database, source, before, most); });
}

std::optional<SubmissionInfo> Ledger::submission(std::int64_t id) const {
  auto found =
      parts_->ask([&](sqlite::Database& database) { return ledger::submissions(database, "s.id = ?1", id); });
  if (found.empty()) return {};
  return std::move(found.front());
}

std::optional<PartInfo> Ledger::part(std::int64_t id) const {
  auto found = parts_->ask([&](sqlite::Database& database) { return parts(database, "id = ?1", id); });
  if (found.empty()) return {};
  return std::move(found.front());
}

Balance Ledger::balance_of(std::int64_t submission) const {
  return parts_->ask([&](sqlite::Database& database) { return ledger::balance_of(database, submission); });
}

Words Ledger::words_of(std::int64_t submission) const {
  return parts_->ask([&](sqlite::Database& database) { return ledger::words_of(database, submission); });
}

std::vector<Receipt> Ledger::receipts_of(std::int64_t submission) const {
  return parts_->ask([&](sqlite::Database& database) { return receipts(database, submission); });
}

std::vector<QuarantinedRecord> Ledger::quarantine(const HeldFilter& filter) const {
  return parts_->ask([&](sqlite::Database& database) { return ledger::quarantine(database, filter); });
}

std::optional<QuarantinedRecord> Ledger::quarantined(std::int64_t id) const {
  return parts_->ask([&](sqlite::Database& database) { return ledger::quarantined(database, id); });
}

std::vector<Correction> Ledger::corrections_of(std::int64_t part) const {
  return parts_->ask([&](sqlite::Database& database) { return ledger::corrections_of(database, part); });
}

std::optional<Lineage> Ledger::lineage(std::int64_t case_number) const {
  return parts_->ask([&](sqlite::Database& database) { return ledger::lineage(database, case_number); });
}

std::optional<std::int64_t> Ledger::case_number(std::string_view source, std::string_view local_id) const {
  return parts_->ask(
      [&](sqlite::Database& database) { return ledger::case_number(database, source, local_id); });
}

std::string Ledger::source_of(std::int64_t submission) const {
  const auto found = parts_->ask(
      [&](sqlite::Database& database) { return ledger::submissions(database, "s.id = ?1", submission); });
  return found.empty() ? std::string() : found[0].source;
}

std::vector<base::Error> Ledger::verify(AuditDepth depth) const {
  return parts_->ask([&](sqlite::Database& database) { return audit(database, parts_->kept, depth); });
}

}  // namespace musubi::ledger
