// What died in a process's hands or failed for no fault of its sender: counted, set aside, tried again.
#include "ledger_parts.h"
#include "questions.h"

namespace musubi::ledger {
namespace {

constexpr int kind_of(Errand errand) { return static_cast<int>(errand); }

/// Rows of a submission on the books; empty: it is at its end. Of others always none.
std::optional<std::int64_t> rows_if_open(sqlite::Database& database, Errand errand, std::int64_t id) {
  if (errand == Errand::look) return 0;
  auto find = database.prepare(
      errand == Errand::carry
          ? "SELECT ifnull((SELECT sum(received) FROM parts WHERE submission = ?1), 0) FROM submissions"
            " WHERE id = ?1 AND state IN (0, 1)"
          : "SELECT 0 FROM outbox WHERE id = ?1 AND retired IS NULL AND dead IS NULL");
  if (!find.with(id).next()) return {};
  return find.integer(0);
}

/// More rows than the last time: what was in the way then has been passed.
std::uint32_t count(sqlite::Database& database, Errand errand, std::int64_t id, std::int64_t rows) {
  auto add = database.prepare(
      "INSERT INTO unended(kind, id, times, rows) VALUES(?1, ?2, 1, ?3) ON CONFLICT DO UPDATE SET"
      " times = CASE WHEN excluded.rows > rows THEN 1 ELSE times + 1 END, rows = excluded.rows"
      " RETURNING times");
  const auto times =
      add.with(kind_of(errand), id, rows).next() ? static_cast<std::uint32_t>(add.integer(0)) : 0;
  add.next();
  return times;
}

base::Error not_set_aside(std::int64_t submission) {
  return missing("ledger.not_set_aside", "submission", std::to_string(submission));
}

}  // namespace

void forget_unended(sqlite::Database& database, Errand errand, std::int64_t id) {
  database.prepare("DELETE FROM unended WHERE kind = ?1 AND id = ?2").with(kind_of(errand), id).run();
}

std::string_view name_of(Errand errand) noexcept {
  constexpr std::string_view kNames[] = {"carry", "deliver", "look"};
  return kNames[static_cast<std::size_t>(errand)];
}

base::Result<std::uint32_t> Ledger::note_unended(Errand errand, std::int64_t id) {
  std::uint32_t times = 0;
  MUSUBI_TRY(parts_->change([&](sqlite::Database& database) {
    if (const auto rows = rows_if_open(database, errand, id)) times = count(database, errand, id, *rows);
    return database.status();
  }));
  return times;
}

base::Status Ledger::set_aside(Errand errand, std::int64_t id, std::string_view reason) {
  if (errand == Errand::carry) return set_submission_state(id, SubmissionState::dead_letter, reason);
  return parts_->change([&](sqlite::Database& database) {
    forget_unended(database, errand, id);
    const Refusal refusal{0, std::string(reason)};
    return settle_outbox(database, id, {}, {&refusal, 1}, parts_->clock.now().time_since_epoch().count());
  });
}

base::Status Ledger::try_again(std::int64_t submission) {
  return parts_->change([&](sqlite::Database& database) -> base::Status {
    database.prepare("UPDATE submissions SET state = 0, reason = '' WHERE id = ?1 AND state IN (4, 5)")
        .with(submission)
        .run();
    MUSUBI_TRY(database.status());
    if (database.changed_rows() == 0) return not_set_aside(submission);
    return {};
  });
}

std::vector<SubmissionInfo> Ledger::set_aside_submissions() const {
  return parts_->ask([](sqlite::Database& database) { return ledger::submissions(database, "s.state = 5"); });
}

std::vector<std::int64_t> Ledger::suspects(std::uint32_t least_times) const {
  return parts_->ask([&](sqlite::Database& database) {
    auto find = database.prepare("SELECT id FROM unended WHERE kind = ?1 AND times >= ?2");
    find.with(kind_of(Errand::look), static_cast<std::int64_t>(least_times));
    std::vector<std::int64_t> ids;
    while (find.next()) ids.push_back(find.integer(0));
    return ids;
  });
}

base::Status Ledger::forget_suspects() {
  return parts_->change([](sqlite::Database& database) {
    database.prepare("DELETE FROM unended WHERE kind = ?1").with(kind_of(Errand::look)).run();
    return database.status();
  });
}

std::optional<OutboxRow> Ledger::open_outbox_row(std::int64_t id) const {
  return parts_->ask([&](sqlite::Database& database) { return ledger::open_outbox_row(database, id); });
}

}  // namespace musubi::ledger
