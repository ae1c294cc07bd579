// Counting everything anew: the counters against the rows, the rows against each other, the kept files
// against their names.
#include <array>

#include "musubi/base/digest.h"
#include "questions.h"

namespace musubi::ledger {
namespace {

/// `sql` counts what is wrong.
struct Check {
  std::string_view message;
  std::string_view sql;
};

constexpr std::array kChecks{
    Check{"ledger.audit_received",
          "SELECT count(*) FROM parts p WHERE received <>"
          " (SELECT count(*) FROM records WHERE id BETWEEN p.id << 32 AND (p.id << 32) + 4294967295)"},
    Check{
        "ledger.audit_counters",
        "SELECT count(*) FROM parts p LEFT JOIN (SELECT id >> 32 AS part, sum(disposition = 0) AS deliver,"
        " sum(disposition = 1) AS unchanged, sum(disposition = 2) AS late, sum(disposition = 3) AS in_review,"
        " sum(disposition = 4) AS rejected, sum(disposition = 5) AS dead_letter FROM records GROUP BY 1) r"
        " ON r.part = p.id WHERE p.deliver <> ifnull(r.deliver, 0) OR p.unchanged <> ifnull(r.unchanged, 0)"
        " OR p.late <> ifnull(r.late, 0) OR p.in_review <> ifnull(r.in_review, 0)"
        " OR p.rejected <> ifnull(r.rejected, 0) OR p.dead_letter <> ifnull(r.dead_letter, 0)"},
    Check{"ledger.audit_books",
          "WITH counted AS (SELECT s.source, s.day, sum(p.received) AS received, sum(p.deliver) AS deliver,"
          " sum(p.unchanged) AS unchanged, sum(p.late) AS late, sum(p.in_review) AS in_review,"
          " sum(p.rejected) AS rejected, sum(p.dead_letter) AS dead_letter"
          " FROM parts p JOIN submissions s ON s.id = p.submission GROUP BY 1, 2)"
          " SELECT count(*) FROM counted c FULL JOIN books b ON b.source = c.source AND b.day = c.day WHERE"
          " ifnull(b.received, 0) <> ifnull(c.received, 0) OR ifnull(b.deliver, 0) <> ifnull(c.deliver, 0)"
          " OR ifnull(b.unchanged, 0) <> ifnull(c.unchanged, 0) OR ifnull(b.late, 0) <> ifnull(c.late, 0)"
          " OR ifnull(b.in_review, 0) <> ifnull(c.in_review, 0) OR ifnull(b.rejected, 0) <> "
          "ifnull(c.rejected, 0)"
          " OR ifnull(b.dead_letter, 0) <> ifnull(c.dead_letter, 0)"},
    Check{"ledger.audit_part",
          "SELECT count(*) FROM (SELECT DISTINCT id >> 32 AS part FROM records)"
          " WHERE part NOT IN (SELECT id FROM parts)"},
    Check{"ledger.audit_case",
          "SELECT count(*) FROM records r LEFT JOIN cases c ON c.number = r.case_number"
          " WHERE r.case_number IS NOT NULL AND (c.number IS NULL OR r.version > c.version)"},
    Check{
        "ledger.audit_version",
        "SELECT count(*) FROM (SELECT 1 FROM records WHERE disposition IN (0, 2) AND case_number IS NOT NULL"
        " GROUP BY case_number, version HAVING count(*) > 1)"},
    Check{
        "ledger.audit_chain",
        "SELECT count(*) FROM records r LEFT JOIN records p ON p.id = r.previous WHERE r.previous IS NOT NULL"
        " AND (p.id IS NULL OR p.case_number IS NOT r.case_number OR p.version >= r.version)"},
    Check{"ledger.audit_chain",
          "SELECT count(*) FROM cases c LEFT JOIN records r ON r.id = c.newest_record"
          " WHERE c.newest_record IS NOT NULL AND r.case_number IS NOT c.number"},
    Check{"ledger.audit_chain",
          "SELECT abs((SELECT count(*) FROM records WHERE disposition IN (0, 2) AND case_number IS NOT NULL)"
          " - (SELECT count(newest_record) FROM cases) - (SELECT count(previous) FROM records))"},
    Check{"ledger.audit_held",
          "SELECT count(*) FROM records r LEFT JOIN held h ON h.record = r.id"
          " WHERE r.disposition >= 3 AND h.id IS NULL"},
    Check{"ledger.audit_not_covered",
          "SELECT count(*) FROM held h JOIN records r ON r.id = h.record WHERE r.disposition IN (0, 2)"
          " AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.id > h.outbox_then AND o.part = r.id >> 32"
          " AND r.id & 4294967295 BETWEEN o.first_row AND o.last_row)"},
    Check{"ledger.audit_configuration",
          "WITH named AS (SELECT mapping_digest AS digest FROM activations"
          " UNION SELECT value_sets_digest FROM activations)"
          " SELECT count(*) FROM named WHERE digest <> '' AND digest NOT IN"
          " (SELECT digest FROM configurations)"},
    Check{"ledger.audit_receipts",
          "SELECT count(*) FROM later_receipts WHERE submission NOT IN (SELECT id FROM submissions)"},
};

base::Error finding(std::string_view message, std::int64_t count) {
  return base::Error(base::ErrorKind::defect, message, {{"count", std::to_string(count)}});
}

void check_structure(sqlite::Database& database, std::vector<base::Error>& found) {
  auto check = database.prepare("PRAGMA integrity_check(1)");
  if (!check.next() || check.text(0) != "ok") {
    found.push_back(base::Error(base::ErrorKind::environment, "ledger.corrupt"));
  }
}

void check_rows(sqlite::Database& database, std::vector<base::Error>& found) {
  for (const auto& [message, sql] : kChecks) {
    if (const auto count = database.number(sql); count != 0) found.push_back(finding(message, count));
  }
}

/// Records that go out and that no outbox row, open or retired, covers.
void check_covered(sqlite::Database& database, std::vector<base::Error>& found) {
  std::vector<RowRange> ranges;
  auto all = database.prepare("SELECT part, first_row, last_row FROM outbox");
  while (all.next()) ranges.push_back({all.integer(0), all.natural(1), all.natural(2)});
  std::uint64_t covered = 0;
  for (const auto& range : merged(std::move(ranges))) covered += outgoing_in(database, range);
  const auto outgoing = database.number("SELECT count(*) FROM records WHERE disposition IN (0, 2)");
  if (covered == static_cast<std::uint64_t>(outgoing)) return;
  found.push_back(finding("ledger.audit_not_covered", outgoing - static_cast<std::int64_t>(covered)));
}

base::Error bytes_finding(std::string_view message, const SubmissionInfo& submission) {
  return base::Error(base::ErrorKind::environment, message,
                     {{"submission", std::to_string(submission.id)}, {"name", submission.name}});
}

void check_small(const SubmissionInfo& submission, std::string_view bytes, std::vector<base::Error>& found) {
  if (base::to_hex(base::sha256(bytes)) == submission.digest) return;
  found.push_back(bytes_finding("ledger.audit_bytes_damaged", submission));
}

void check_file(const SubmissionInfo& submission, const std::filesystem::path& file, AuditDepth depth,
                std::vector<base::Error>& found) {
  std::error_code failure;
  const auto size = std::filesystem::file_size(file, failure);
  std::string_view message;
  if (failure) {
    message = "ledger.audit_bytes_missing";
  } else if (size != submission.bytes) {
    message = "ledger.audit_bytes_damaged";
  } else if (depth == AuditDepth::bytes_too) {
    const auto digest = digest_of_file(file);
    if (digest.has_error() || *digest != submission.digest) message = "ledger.audit_bytes_damaged";
  }
  if (message.empty()) return;
  found.push_back(bytes_finding(message, submission).at({.file = file.string()}));
}

}  // namespace

std::vector<base::Error> audit(sqlite::Database& database, const KeptFiles& kept, AuditDepth depth) {
  std::vector<base::Error> found;
  check_structure(database, found);
  check_rows(database, found);
  check_covered(database, found);
  for (const auto& submission : submissions(database, "true")) {
    if (const auto bytes = small_bytes(database, submission.id))
      check_small(submission, *bytes, found);
    else
      check_file(submission, kept.path_of(submission.digest), depth, found);
  }
  if (database.failed()) found.push_back(database.status().error());
  return found;
}

}  // namespace musubi::ledger
