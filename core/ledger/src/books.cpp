// received = delivered + in review + rejected + dead letter + in flight, per source and day.
#include <fmt/format.h>

#include <map>

#include "questions.h"

namespace musubi::ledger {
namespace {

using SourceAndDay = std::pair<std::int64_t, std::int64_t>;

/// Records that go out and have not arrived everywhere.
struct Unsettled {
  std::uint64_t flying = 0;  ///< some recipient's word is still open
  std::uint64_t either = 0;  ///< flying, or refused for good by some recipient
};

std::map<SourceAndDay, Unsettled> unsettled(sqlite::Database& database) {
  std::map<SourceAndDay, Unsettled> counts;
  auto whose = database.prepare(
      "SELECT s.source, s.day FROM parts p JOIN submissions s ON s.id = p.submission WHERE p.id = ?1");
  const auto add = [&](const std::vector<RowRange>& ranges, std::uint64_t Unsettled::*count) {
    for (const auto& range : ranges) {
      if (!whose.with(range.part).next()) continue;
      counts[{whose.integer(0), whose.integer(1)}].*count += outgoing_in(database, range);
    }
  };
  add(open_ranges(database), &Unsettled::flying);
  add(unsettled_ranges(database), &Unsettled::either);
  return counts;
}

/// The counters start at column `first`.
Balance balance_in(const sqlite::Statement& row, int first, const Unsettled& open) {
  enum : std::uint8_t { received, deliver, unchanged, late, in_review, rejected, dead_letter };
  const auto count = [&](int which) { return row.natural(first + which); };
  Balance balance;
  balance.received = count(received);
  const auto outgoing = count(deliver) + count(late);
  balance.delivered = count(unchanged) + (outgoing > open.either ? outgoing - open.either : 0);
  balance.in_review = count(in_review);
  balance.rejected = count(rejected);
  balance.dead_letter = count(dead_letter) + (open.either - open.flying);
  balance.in_flight = open.flying;
  return balance;
}

std::vector<RowRange> ranges_where(sqlite::Database& database, const std::string& condition) {
  std::vector<RowRange> ranges;
  auto open = database.prepare("SELECT part, first_row, last_row FROM outbox WHERE " + condition);
  while (open.next()) ranges.push_back({open.integer(0), open.natural(1), open.natural(2)});
  return merged(std::move(ranges));
}

std::uint64_t outgoing_in(sqlite::Database& database, const std::vector<RowRange>& ranges,
                          std::int64_t part) {
  std::uint64_t count = 0;
  for (const auto& range : ranges) {
    if (range.part == part) count += outgoing_in(database, range);
  }
  return count;
}

}  // namespace

std::string day_text(std::int64_t day) {
  const std::chrono::year_month_day date{std::chrono::sys_days(std::chrono::days(day))};
  return fmt::format("{:04}-{:02}-{:02}", int(date.year()), unsigned(date.month()), unsigned(date.day()));
}

std::vector<RowRange> open_ranges(sqlite::Database& database) {
  return ranges_where(database, "retired IS NULL AND dead IS NULL");
}

std::vector<RowRange> unsettled_ranges(sqlite::Database& database) {
  return ranges_where(database, "retired IS NULL");
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
  auto open = unsettled(database);
  auto books = database.prepare(
      "SELECT s.name, b.day, b.source, b.day, b.received, b.deliver, b.unchanged, b.late, b.in_review,"
      " b.rejected, b.dead_letter FROM books b JOIN sources s ON s.id = b.source"
      " WHERE ?1 IN ('', s.name) ORDER BY s.name, b.day");
  std::vector<BalanceRow> rows;
  books.with(source);
  while (books.next()) {
    auto its_day = day_text(books.integer(1));
    if (!day.empty() && day != its_day) continue;
    constexpr int kCounters = 4;
    rows.push_back({books.text(0), std::move(its_day),
                    balance_in(books, kCounters, open[{books.integer(2), books.integer(3)}])});
  }
  return rows;
}

Balance balance_of(sqlite::Database& database, std::int64_t submission) {
  const auto open = open_ranges(database), either = unsettled_ranges(database);
  auto find = database.prepare(
      "SELECT id, received, deliver, unchanged, late, in_review, rejected, dead_letter FROM parts"
      " WHERE submission = ?1");
  Balance sum;
  find.with(submission);
  while (find.next()) {
    const auto part = find.integer(0);
    sum += balance_in(find, 1, {outgoing_in(database, open, part), outgoing_in(database, either, part)});
  }
  return sum;
}

Words words_of(sqlite::Database& database, std::int64_t submission) {
  auto find = database.prepare(
      "SELECT r.disposition, r.version = 1, ifnull(t.text = ?2, 0), count(*)"
      " FROM parts p JOIN records r ON r.id BETWEEN p.id << 32 AND ((p.id + 1) << 32) - 1"
      " LEFT JOIN texts t ON t.id = r.reason WHERE p.submission = ?1 AND r.disposition <= 2 GROUP BY 1, 2, "
      "3");
  Words words;
  find.with(submission, kWithdrawal);
  while (find.next()) {
    const auto disposition = static_cast<Disposition>(find.integer(0));
    auto& said = find.integer(2) != 0                    ? words.withdrawn
                 : disposition == Disposition::unchanged ? words.unchanged
                 : disposition == Disposition::late      ? words.late
                 : find.integer(1) != 0                  ? words.new_cases
                                                         : words.corrected;
    said += find.natural(3);
  }
  return words;
}

}  // namespace musubi::ledger
