// received = delivered + in review + rejected + dead letter + in flight, per source and day.
#include <fmt/format.h>

#include <map>

#include "questions.h"

namespace musubi::ledger {
namespace {

using SourceAndDay = std::pair<std::int64_t, std::int64_t>;

/// Records that go out and of which some recipient's word is still open, per source and day of receipt.
std::map<SourceAndDay, std::uint64_t> in_flight(sqlite::Database& database) {
  std::map<SourceAndDay, std::uint64_t> counts;
  auto whose = database.prepare(
      "SELECT s.source, s.day FROM parts p JOIN submissions s ON s.id = p.submission WHERE p.id = ?1");
  for (const auto& range : open_ranges(database)) {
    if (!whose.with(range.part).next()) continue;
    counts[{whose.integer(0), whose.integer(1)}] += outgoing_in(database, range);
  }
  return counts;
}

Balance balance_of(const sqlite::Statement& row, std::uint64_t flying) {
  constexpr int kReceived = 4, kDeliver = 5, kUnchanged = 6, kLate = 7, kInReview = 8, kRejected = 9,
                kDeadLetter = 10;
  Balance balance;
  balance.received = row.natural(kReceived);
  const auto outgoing = row.natural(kDeliver) + row.natural(kLate);
  balance.delivered = row.natural(kUnchanged) + (outgoing > flying ? outgoing - flying : 0);
  balance.in_review = row.natural(kInReview);
  balance.rejected = row.natural(kRejected);
  balance.dead_letter = row.natural(kDeadLetter);
  balance.in_flight = flying;
  return balance;
}

}  // namespace

std::string day_text(std::int64_t day) {
  const std::chrono::year_month_day date{std::chrono::sys_days(std::chrono::days(day))};
  return fmt::format("{:04}-{:02}-{:02}", int(date.year()), unsigned(date.month()), unsigned(date.day()));
}

std::vector<RowRange> open_ranges(sqlite::Database& database) {
  std::vector<RowRange> ranges;
  auto open = database.prepare("SELECT part, first_row, last_row FROM outbox WHERE retired IS NULL");
  while (open.next()) ranges.push_back({open.integer(0), open.natural(1), open.natural(2)});
  return merged(std::move(ranges));
}

std::uint64_t outgoing_in(sqlite::Database& database, const RowRange& range) {
  auto count =
      database.prepare("SELECT count(*) FROM records WHERE id BETWEEN ?1 AND ?2 AND disposition IN (0, 2)");
  return count.with(record_id(range.part, range.first), record_id(range.part, range.last)).next()
             ? count.natural(0)
             : 0;
}

std::vector<BalanceRow> balance_rows(sqlite::Database& database, std::string_view source,
                                     std::string_view day) {
  auto flying = in_flight(database);
  auto books = database.prepare(
      "SELECT s.name, b.day, b.source, b.day, b.received, b.deliver, b.unchanged, b.late, b.in_review,"
      " b.rejected, b.dead_letter FROM books b JOIN sources s ON s.id = b.source"
      " WHERE ?1 IN ('', s.name) ORDER BY s.name, b.day");
  std::vector<BalanceRow> rows;
  books.with(source);
  while (books.next()) {
    auto its_day = day_text(books.integer(1));
    if (!day.empty() && day != its_day) continue;
    rows.push_back(
        {books.text(0), std::move(its_day), balance_of(books, flying[{books.integer(2), books.integer(3)}])});
  }
  return rows;
}

}  // namespace musubi::ledger
