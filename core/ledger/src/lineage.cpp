// From a case back to every word ever said of it, and from each forward to who got it.
#include <algorithm>

#include "questions.h"

namespace musubi::ledger {
namespace {

std::optional<Lineage> case_of(sqlite::Database& database, std::int64_t number, std::int64_t& newest_record) {
  auto find = database.prepare(
      "SELECT n.name, c.local_id, c.newest_record FROM cases c JOIN sources n ON n.id = c.source"
      " WHERE c.number = ?1");
  if (!find.with(number).next()) return {};
  newest_record = find.integer(2);
  return Lineage{number, find.text(0), find.text(1), {}};
}

/// Of each route the newest word: a record that its recipient refused has a row of its own after the one it
/// went out with.
std::vector<Lineage::Version::Delivery> deliveries(sqlite::Database& database, std::int64_t record) {
  auto find = database.prepare(
      "SELECT recipient, route, receipt, retired, dead, last_error FROM outbox WHERE part = ?1 AND first_row "
      "<= ?2"
      " AND last_row >= ?2 AND id > ifnull((SELECT outbox_then FROM held WHERE record = ?3), 0) ORDER BY id");
  std::vector<Lineage::Version::Delivery> found;
  find.with(part_of(record), row_of(record), record);
  while (find.next()) {
    const base::Instant at{std::chrono::microseconds(find.integer(3))};
    Lineage::Version::Delivery each{find.text(0), find.text(1), find.text(2),
                                    find.null(3) ? "" : base::to_text(at), find.null(4) ? "" : find.text(5)};
    std::erase_if(found, [&](const auto& earlier) { return earlier.route == each.route; });
    found.push_back(std::move(each));
  }
  return found;
}

constexpr int kPrevious = 10, kHeldColumn = 11, kPartPin = 12, kOwnPin = 17, kReceived = 22;
constexpr std::string_view kVersion =
    "SELECT r.version, s.id, s.name, p.name, s.digest, p.as_of, r.line, r.byte, r.length, r.disposition,"
    " r.previous, h.id, p.mapping, p.mapping_version, p.mapping_digest, p.value_sets_digest,"
    " p.policy_digest, o.mapping, o.mapping_version, o.mapping_digest, o.value_sets_digest,"
    " o.policy_digest, s.received FROM records r JOIN parts p ON p.id = r.id >> 32 JOIN submissions s ON "
    "s.id = p.submission"
    " LEFT JOIN held h ON h.record = r.id LEFT JOIN pins o ON o.id = h.pin WHERE r.id = ?1";

Lineage::Version version_in(const sqlite::Statement& row, std::int64_t record) {
  Lineage::Version version;
  version.version = static_cast<std::uint32_t>(row.integer(0));
  version.submission = row.integer(1);
  version.part = part_of(record);
  version.file = row.text(2);
  version.part_name = row.text(3);
  version.digest = row.text(4);
  version.as_of = row.small(5);
  version.row = row_of(record);
  version.line = row.natural(6);
  version.byte = row.natural(7);
  version.length = static_cast<std::uint32_t>(row.integer(8));
  version.disposition = static_cast<Disposition>(row.integer(9));
  version.received = base::Instant{std::chrono::microseconds(row.integer(kReceived))};
  version.replayed = !row.null(kHeldColumn);
  version.pin = *pin_at(row, kPartPin);
  if (auto own = pin_at(row, kOwnPin)) version.pin = *std::move(own);
  return version;
}

}  // namespace

std::optional<Lineage> lineage(sqlite::Database& database, std::int64_t case_number) {
  std::int64_t record = 0;
  auto found = case_of(database, case_number, record);
  if (!found) return {};
  auto find = database.prepare(kVersion);
  while (record != 0 && find.with(record).next()) {
    auto version = version_in(find, record);
    const bool goes_back = found->versions.empty() || version.version < found->versions.back().version;
    if (!goes_back) break;  // a damaged chain must not turn in a circle; the audit reports it
    version.deliveries = deliveries(database, record);
    found->versions.push_back(std::move(version));
    record = find.integer(kPrevious);
  }
  std::reverse(found->versions.begin(), found->versions.end());
  return found;
}

std::optional<std::int64_t> case_number(sqlite::Database& database, std::string_view source,
                                        std::string_view local_id) {
  auto find = database.prepare(
      "SELECT c.number FROM cases c JOIN sources n ON n.id = c.source WHERE n.name = ?1 AND c.local_id = ?2");
  const auto number = plain_number(local_id);
  if (number) {
    find.with(source, *number);
  } else {
    find.with(source, local_id);
  }
  if (!find.next()) return {};
  return find.integer(0);
}

}  // namespace musubi::ledger
