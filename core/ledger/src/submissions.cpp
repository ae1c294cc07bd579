#include "questions.h"

namespace musubi::ledger {
namespace {

base::Instant instant_of(std::int64_t microseconds) {
  return base::Instant(std::chrono::microseconds(microseconds));
}

SubmissionInfo submission_of(const sqlite::Statement& row) {
  SubmissionInfo info;
  info.id = row.integer(0);
  info.source = row.text(1);
  info.name = row.text(2);
  info.digest = row.text(3);
  info.reason = row.text(4);
  info.bytes = row.natural(5);
  info.received = instant_of(row.integer(6));
  info.state = static_cast<SubmissionState>(row.integer(7));
  info.as_of = row.small(8);
  info.receipts = static_cast<std::uint32_t>(row.integer(9));
  if (!row.null(10)) info.stated_as_of = std::chrono::sys_days(std::chrono::days(row.integer(10)));
  return info;
}

constexpr std::string_view kSubmission =
    "SELECT s.id, n.name, s.name, s.digest, s.reason, s.bytes, s.received, s.state,"
    " ifnull((SELECT max(as_of) FROM parts WHERE submission = s.id), 0),"
    " 1 + (SELECT count(*) FROM later_receipts WHERE submission = s.id), s.stated"
    " FROM submissions s JOIN sources n ON n.id = s.source ";

PartInfo part_in(const sqlite::Statement& row) {
  PartInfo info;
  info.id = row.integer(0);
  info.submission = row.integer(1);
  info.name = row.text(2);
  info.pin = {row.text(3), row.text(4), row.text(5), row.text(6), row.text(7)};
  info.as_of = row.small(8);
  info.rows_done = row.natural(9);
  info.complete = row.integer(10) != 0;
  return info;
}

}  // namespace

std::optional<Pin> pin_at(const sqlite::Statement& row, int column) {
  if (row.null(column)) return {};
  return Pin{row.text(column), row.text(column + 1), row.text(column + 2), row.text(column + 3),
             row.text(column + 4)};
}

std::vector<SubmissionInfo> submissions(sqlite::Database& database, std::string_view condition,
                                        std::int64_t argument) {
  auto find =
      database.prepare(std::string(kSubmission) + "WHERE " + std::string(condition) + " ORDER BY s.id");
  std::vector<SubmissionInfo> found;
  if (condition.find("?1") != std::string_view::npos) find.with(argument);
  while (find.next()) found.push_back(submission_of(find));
  return found;
}

std::vector<Receipt> receipts(sqlite::Database& database, std::int64_t submission) {
  auto find = database.prepare(
      "SELECT name, received FROM (SELECT 0 AS nth, name, received FROM submissions WHERE id = ?1 UNION ALL"
      " SELECT id, name, received FROM later_receipts WHERE submission = ?1) ORDER BY nth");
  std::vector<Receipt> found;
  find.with(submission);
  while (find.next()) found.push_back({find.text(0), instant_of(find.integer(1))});
  return found;
}

std::map<std::string, std::vector<base::Instant>> newest_receipts(sqlite::Database& database,
                                                                  std::size_t most, base::Instant now) {
  auto find = database.prepare(
      "WITH receipts AS (SELECT source, received FROM submissions UNION ALL SELECT s.source, r.received"
      " FROM later_receipts r JOIN submissions s ON s.id = r.submission)"
      " SELECT name, received FROM (SELECT n.name, r.received, row_number() OVER (PARTITION BY n.id"
      " ORDER BY r.received DESC) AS nth FROM receipts r JOIN sources n ON n.id = r.source"
      " WHERE r.received <= ?2)"
      " WHERE nth <= ?1 ORDER BY name, received");
  std::map<std::string, std::vector<base::Instant>> found;
  find.with(most, now.time_since_epoch().count());
  while (find.next()) found[find.text(0)].push_back(instant_of(find.integer(1)));
  return found;
}

std::vector<PartInfo> parts(sqlite::Database& database, std::string_view condition, std::int64_t argument,
                            std::string_view name) {
  auto find = database.prepare(
      "SELECT id, submission, name, mapping, mapping_version, mapping_digest, value_sets_digest,"
      " policy_digest, as_of, received, complete FROM parts WHERE " +
      std::string(condition) + " ORDER BY id");
  std::vector<PartInfo> found;
  if (condition.find("?2") != std::string_view::npos) {
    find.with(argument, name);
  } else {
    find.with(argument);
  }
  while (find.next()) found.push_back(part_in(find));
  return found;
}

std::optional<std::string> small_bytes(sqlite::Database& database, std::int64_t submission) {
  auto find = database.prepare(
      "SELECT bytes FROM kept_bytes WHERE submission = ?1 UNION ALL SELECT b.bytes FROM submissions s"
      " JOIN small_bytes b ON b.digest = s.digest WHERE s.id = ?1 LIMIT 1");
  if (!find.with(submission).next()) return {};
  return find.text(0);
}

std::vector<SubmissionInfo> newest_submissions(sqlite::Database& database, std::string_view source,
                                               std::int64_t before, std::size_t most) {
  auto find =
      database.prepare(std::string(kSubmission) +
                       "WHERE ?1 IN ('', n.name) AND (?2 = 0 OR s.id < ?2) ORDER BY s.id DESC LIMIT ?3");
  std::vector<SubmissionInfo> found;
  find.with(source, before, most);
  while (find.next()) found.push_back(submission_of(find));
  return found;
}

std::vector<Replayed> records_between(sqlite::Database& database, const RowRange& range) {
  auto find = database.prepare(
      "SELECT r.id, r.case_number, r.version, r.disposition, p.mapping, p.mapping_version, p.mapping_digest,"
      " p.value_sets_digest, p.policy_digest FROM records r LEFT JOIN held h ON h.record = r.id"
      " LEFT JOIN pins p ON p.id = h.pin WHERE r.id BETWEEN ?1 AND ?2 ORDER BY r.id");
  std::vector<Replayed> found;
  find.with(record_id(range.part, range.first), record_id(range.part, range.last));
  while (find.next()) {
    found.push_back({row_of(find.integer(0)), find.integer(1), static_cast<std::uint32_t>(find.integer(2)),
                     static_cast<Disposition>(find.integer(3)), pin_at(find, 4)});
  }
  return found;
}

}  // namespace musubi::ledger
