// What recipients are owed, and what they refused for good.
#include <algorithm>

#include "questions.h"

namespace musubi::ledger {
namespace {

constexpr std::string_view kOpen =
    "SELECT id, part, first_row, last_row, recipient, route, attempts, last_error FROM outbox"
    " WHERE retired IS NULL AND dead IS NULL ";

OutboxRow row_in(const sqlite::Statement& row) {
  return {row.integer(0),
          row.integer(1),
          row.natural(2),
          row.natural(3),
          row.text(4),
          row.text(5),
          static_cast<std::uint32_t>(row.integer(6)),
          row.text(7)};
}

std::vector<OutboxRow> rows_of(sqlite::Statement& find) {
  std::vector<OutboxRow> found;
  while (find.next()) found.push_back(row_in(find));
  return found;
}

std::int64_t microseconds(const std::optional<base::Instant>& instant, std::int64_t otherwise) {
  return instant ? instant->time_since_epoch().count() : otherwise;
}

/// The filter as a condition over the outbox `o`, with seven parameters.
constexpr std::string_view kWanted =
    " o.dead IS NOT NULL AND o.retired IS NULL AND ?1 IN (0, o.id) AND ?2 IN ('', o.recipient)"
    " AND ?3 IN ('', o.route) AND ?4 IN ('', o.last_error) AND o.dead BETWEEN ?5 AND ?6"
    " AND (?7 = '' OR o.part IN (SELECT p.id FROM parts p JOIN submissions s ON s.id = p.submission"
    " JOIN sources n ON n.id = s.source WHERE n.name = ?7)) ";

void give(sqlite::Statement& statement, const DeadLetterFilter& filter) {
  constexpr auto kFirst = std::numeric_limits<std::int64_t>::min();
  constexpr auto kLast = std::numeric_limits<std::int64_t>::max();
  statement.with(filter.outbox, filter.recipient, filter.route, filter.cause,
                 microseconds(filter.since, kFirst), microseconds(filter.until, kLast), filter.source);
}

}  // namespace

std::vector<OutboxRow> open_outbox_rows(sqlite::Database& database) {
  auto find = database.prepare(std::string(kOpen) + "ORDER BY id");
  return rows_of(find);
}

std::vector<OutboxRow> open_outbox_rows(sqlite::Database& database, std::string_view route,
                                        std::int64_t after, std::size_t most) {
  auto find = database.prepare(std::string(kOpen) + "AND route = ?1 AND id > ?2 ORDER BY id LIMIT ?3");
  return rows_of(find.with(route, after, most));
}

std::optional<OutboxRow> open_outbox_row(sqlite::Database& database, std::int64_t id) {
  auto find = database.prepare(std::string(kOpen) + "AND id = ?1");
  if (!find.with(id).next()) return {};
  return row_in(find);
}

base::Status settle_outbox(sqlite::Database& database, std::int64_t outbox, std::string_view receipt,
                           std::span<const Refusal> refused, std::int64_t now) {
  if (refused.empty()) return database.status();
  if (receipt.empty()) {
    database.prepare("UPDATE outbox SET dead = ?2, last_error = ?3 WHERE id = ?1 AND retired IS NULL")
        .with(outbox, now, refused.front().cause)
        .run();
    return database.status();
  }
  auto add = database.prepare(
      "INSERT INTO outbox(part, first_row, last_row, recipient, route, opened, attempts, last_error, dead)"
      " SELECT part, ?2, ?2, recipient, route, opened, attempts, ?3, ?4 FROM outbox WHERE id = ?1");
  for (const auto& each : refused) add.with(outbox, each.row, each.cause, now).run();
  return database.status();
}

std::uint64_t reopen_dead(sqlite::Database& database, const DeadLetterFilter& filter) {
  auto change =
      database.prepare("UPDATE outbox AS o SET dead = NULL, attempts = 0 WHERE" + std::string(kWanted));
  give(change, filter);
  change.run();
  return database.failed() ? 0 : static_cast<std::uint64_t>(database.changed_rows());
}

std::vector<DeadLetter> dead_letters(sqlite::Database& database, const DeadLetterFilter& filter) {
  auto find = database.prepare(
      "SELECT o.id, p.submission, n.name, s.name, p.name, o.recipient, o.route, o.last_error, o.first_row,"
      " o.last_row, o.dead, p.id FROM outbox o JOIN parts p ON p.id = o.part"
      " JOIN submissions s ON s.id = p.submission JOIN sources n ON n.id = s.source WHERE" +
      std::string(kWanted) + "ORDER BY o.id");
  give(find, filter);
  std::vector<DeadLetter> found;
  while (find.next()) {
    DeadLetter each{find.integer(0),
                    find.integer(1),
                    find.text(2),
                    find.text(3),
                    find.text(4),
                    find.text(5),
                    find.text(6),
                    find.text(7),
                    find.natural(8),
                    find.natural(9),
                    0,
                    {}};
    each.since = base::Instant(std::chrono::microseconds(find.integer(10)));
    each.records = outgoing_in(database, {find.integer(11), each.first_row, each.last_row});
    found.push_back(std::move(each));
  }
  return found;
}

std::vector<Backlog> backlogs(sqlite::Database& database) {
  auto find = database.prepare(
      "SELECT recipient, route, sum(dead IS NULL), sum(dead IS NOT NULL),"
      " min(CASE WHEN dead IS NULL THEN opened END), max(CASE WHEN dead IS NULL THEN attempts END),"
      " ifnull((SELECT last_error FROM outbox w WHERE w.route = o.route AND w.retired IS NULL AND w.dead IS "
      "NULL"
      " ORDER BY attempts DESC, id LIMIT 1), '') FROM outbox o WHERE retired IS NULL GROUP BY recipient, "
      "route");
  std::vector<Backlog> found;
  while (find.next()) {
    found.push_back({find.text(0), find.text(1), find.natural(2), find.natural(3),
                     base::Instant(std::chrono::microseconds(find.integer(4))),
                     static_cast<std::uint32_t>(find.integer(5)), find.text(6)});
  }
  return found;
}

namespace {

void add_refusals(sqlite::Database& database, std::int64_t submission, std::vector<RecipientWord>& words) {
  auto find = database.prepare(
      "SELECT route, last_error, part, first_row, last_row FROM outbox WHERE dead IS NOT NULL AND retired IS "
      "NULL"
      " AND part IN (SELECT id FROM parts WHERE submission = ?1)");
  find.with(submission);
  while (find.next()) {
    const auto word = std::ranges::find(words, find.text(0), &RecipientWord::route);
    if (word == words.end()) continue;
    word->refused[find.text(1)] += outgoing_in(database, {find.integer(2), find.natural(3), find.natural(4)});
  }
}

}  // namespace

std::vector<RecipientWord> recipients_of(sqlite::Database& database, std::int64_t submission) {
  auto find = database.prepare(
      "WITH its AS (SELECT * FROM outbox WHERE part IN (SELECT id FROM parts WHERE submission = ?1))"
      " SELECT recipient, route, sum(retired IS NULL AND dead IS NULL), sum(retired IS NOT NULL),"
      " sum(retired IS NULL AND dead IS NOT NULL), ifnull((SELECT receipt FROM its l WHERE l.route = o.route"
      " AND l.retired IS NOT NULL ORDER BY l.id DESC LIMIT 1), '') FROM its o GROUP BY recipient, route");
  find.with(submission);
  std::vector<RecipientWord> found;
  while (find.next()) {
    found.push_back(
        {find.text(0), find.text(1), find.natural(2), find.natural(3), find.natural(4), find.text(5), {}});
  }
  add_refusals(database, submission, found);
  return found;
}

}  // namespace musubi::ledger
