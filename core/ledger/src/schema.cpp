#include "schema.h"

#include <array>

namespace musubi::ledger {
namespace {

// Times are microseconds since 1970 (UTC), days are days since 1970 in Japan. The id of a record is its part
// shifted left by 32, plus its row: it follows from where the record stands, and rows append. A local id that
// is a plain decimal number is stored as one, so that ascending ids append to their index too. An outbox row
// covers the rows between its first and last that go out; of a record that was held it counts from
// held.outbox_then on, the newest outbox row when the record was held.
constexpr const char* kFormat1 = R"(
CREATE TABLE sources(id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE texts(id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE submissions(
  id INTEGER PRIMARY KEY AUTOINCREMENT, source INTEGER NOT NULL, digest TEXT NOT NULL, name TEXT NOT NULL,
  bytes INTEGER NOT NULL, received INTEGER NOT NULL, day INTEGER NOT NULL, state INTEGER NOT NULL,
  reason TEXT NOT NULL, UNIQUE(source, digest)) STRICT;
CREATE TABLE receipts(
  id INTEGER PRIMARY KEY AUTOINCREMENT, submission INTEGER NOT NULL, name TEXT NOT NULL,
  received INTEGER NOT NULL) STRICT;
CREATE INDEX receipts_of_submission ON receipts(submission);
CREATE TABLE configurations(
  digest TEXT PRIMARY KEY, kind TEXT NOT NULL, name TEXT NOT NULL, text TEXT NOT NULL,
  kept INTEGER NOT NULL) STRICT;
CREATE TABLE parts(
  id INTEGER PRIMARY KEY AUTOINCREMENT, submission INTEGER NOT NULL, name TEXT NOT NULL,
  mapping TEXT NOT NULL, mapping_version TEXT NOT NULL, mapping_digest TEXT NOT NULL,
  policy_digest TEXT NOT NULL, as_of INTEGER NOT NULL, complete INTEGER NOT NULL DEFAULT 0,
  received INTEGER NOT NULL DEFAULT 0, deliver INTEGER NOT NULL DEFAULT 0,
  unchanged INTEGER NOT NULL DEFAULT 0, late INTEGER NOT NULL DEFAULT 0,
  in_review INTEGER NOT NULL DEFAULT 0, rejected INTEGER NOT NULL DEFAULT 0,
  dead_letter INTEGER NOT NULL DEFAULT 0, UNIQUE(submission, name)) STRICT;
CREATE TABLE books(
  source INTEGER NOT NULL, day INTEGER NOT NULL, received INTEGER NOT NULL, deliver INTEGER NOT NULL,
  unchanged INTEGER NOT NULL, late INTEGER NOT NULL, in_review INTEGER NOT NULL, rejected INTEGER NOT NULL,
  dead_letter INTEGER NOT NULL, PRIMARY KEY(source, day)) STRICT, WITHOUT ROWID;
CREATE TABLE cases(
  number INTEGER PRIMARY KEY AUTOINCREMENT, source INTEGER NOT NULL, local_id ANY NOT NULL,
  high INTEGER NOT NULL, low INTEGER NOT NULL, as_of INTEGER NOT NULL, submission INTEGER NOT NULL,
  version INTEGER NOT NULL, newest_record INTEGER) STRICT;
CREATE UNIQUE INDEX case_by_local_id ON cases(source, local_id);
CREATE TABLE records(
  id INTEGER PRIMARY KEY, line INTEGER NOT NULL, byte INTEGER NOT NULL, length INTEGER NOT NULL,
  disposition INTEGER NOT NULL, case_number INTEGER, version INTEGER NOT NULL, reason INTEGER,
  findings INTEGER, previous INTEGER) STRICT;
CREATE TABLE held(
  id INTEGER PRIMARY KEY AUTOINCREMENT, record INTEGER NOT NULL UNIQUE,
  outbox_then INTEGER NOT NULL) STRICT;
CREATE TABLE decisions(
  id INTEGER PRIMARY KEY, held INTEGER NOT NULL, at INTEGER NOT NULL, by TEXT NOT NULL,
  disposition_before INTEGER NOT NULL, reason_before INTEGER, disposition_after INTEGER NOT NULL,
  reason_after INTEGER) STRICT;
CREATE INDEX decisions_of_held ON decisions(held);
CREATE TABLE outbox(
  id INTEGER PRIMARY KEY AUTOINCREMENT, part INTEGER NOT NULL, first_row INTEGER NOT NULL,
  last_row INTEGER NOT NULL, recipient TEXT NOT NULL, route TEXT NOT NULL, opened INTEGER NOT NULL,
  attempts INTEGER NOT NULL DEFAULT 0, last_error TEXT NOT NULL DEFAULT '', retired INTEGER,
  receipt TEXT NOT NULL DEFAULT '') STRICT;
CREATE INDEX outbox_open ON outbox(part, first_row) WHERE retired IS NULL;
CREATE INDEX outbox_of_part ON outbox(part, first_row);
)";

// Activations only grow: what is in force is the newest row of a mapping and version. A held record that was
// replayed has a pin of its own; the others are pinned by their part.
constexpr const char* kFormat2 = R"(
CREATE TABLE activations(
  id INTEGER PRIMARY KEY AUTOINCREMENT, mapping TEXT NOT NULL, version TEXT NOT NULL, file TEXT NOT NULL,
  action INTEGER NOT NULL, mapping_digest TEXT NOT NULL, value_sets_digest TEXT NOT NULL,
  previous_mapping_digest TEXT NOT NULL, previous_value_sets TEXT NOT NULL, by TEXT NOT NULL,
  why TEXT NOT NULL, at INTEGER NOT NULL) STRICT;
CREATE INDEX activations_of_mapping ON activations(mapping, version);
CREATE TABLE pins(
  id INTEGER PRIMARY KEY, mapping TEXT NOT NULL, mapping_version TEXT NOT NULL, mapping_digest TEXT NOT NULL,
  value_sets_digest TEXT NOT NULL, policy_digest TEXT NOT NULL,
  UNIQUE(mapping, mapping_version, mapping_digest, value_sets_digest, policy_digest)) STRICT;
ALTER TABLE parts ADD COLUMN value_sets_digest TEXT NOT NULL DEFAULT '';
ALTER TABLE held ADD COLUMN pin INTEGER;
)";

// Bytes of small submissions lie in the ledger itself, so that one commit makes many of them durable. An
// outbox row that the recipient refused for good is dead: its records are dead letters until somebody reopens
// it. A row that went out but for some records is retired, and each of those has a dead row of its own.
constexpr const char* kFormat3 = R"(
CREATE TABLE small_bytes(id INTEGER PRIMARY KEY, digest TEXT NOT NULL UNIQUE, bytes BLOB NOT NULL) STRICT;
ALTER TABLE outbox ADD COLUMN dead INTEGER;
ALTER TABLE submissions ADD COLUMN stated INTEGER;
DROP INDEX outbox_open;
CREATE INDEX outbox_open ON outbox(route, id) WHERE retired IS NULL AND dead IS NULL;
CREATE INDEX outbox_dead ON outbox(part, first_row) WHERE dead IS NOT NULL;
CREATE INDEX submissions_unfinished ON submissions(id) WHERE state IN (0, 1);
)";

// unended: what a process had in hand when it died, or failed at, how often so far, and how many rows of it
// were on the books the last time (kind 0: the carrying of a submission, 1: the delivery of an outbox row,
// 2: a look at bytes that are not kept, whose digest is the id).
// corrections, proposals and looks: what people did with held records.
constexpr const char* kFormat4 = R"(
CREATE TABLE unended(
  kind INTEGER NOT NULL, id INTEGER NOT NULL, times INTEGER NOT NULL, rows INTEGER NOT NULL,
  PRIMARY KEY(kind, id)) STRICT, WITHOUT ROWID;
CREATE INDEX submissions_set_aside ON submissions(id) WHERE state = 5;
CREATE TABLE corrections(
  id INTEGER PRIMARY KEY AUTOINCREMENT, held INTEGER NOT NULL, fields TEXT NOT NULL, by TEXT NOT NULL,
  why TEXT NOT NULL, at INTEGER NOT NULL) STRICT;
CREATE INDEX corrections_of_held ON corrections(held);
CREATE TABLE proposals(
  held INTEGER PRIMARY KEY, action INTEGER NOT NULL, fields TEXT NOT NULL, by TEXT NOT NULL,
  why TEXT NOT NULL, at INTEGER NOT NULL) STRICT;
CREATE TABLE looks(
  id INTEGER PRIMARY KEY AUTOINCREMENT, held INTEGER NOT NULL, by TEXT NOT NULL, at INTEGER NOT NULL) STRICT;
CREATE INDEX looks_of_held ON looks(held);
)";

// A receipt writes as few pages as it can, because its sender waits for them: a submission is its own first
// receipt, small bytes lie by the number of their submission, numbers need no table of their own (submissions
// are never deleted), and what is unfinished is looked for only at the start. Small bytes that came before
// stay in small_bytes: to move them would take three times their room.
constexpr const char* kFormat5 = R"(
CREATE TABLE kept_bytes(submission INTEGER PRIMARY KEY, bytes BLOB NOT NULL) STRICT;
CREATE TABLE later_receipts(
  id INTEGER PRIMARY KEY, submission INTEGER NOT NULL, name TEXT NOT NULL, received INTEGER NOT NULL) STRICT;
INSERT INTO later_receipts SELECT id, submission, name, received FROM receipts r
  WHERE EXISTS (SELECT 1 FROM receipts WHERE submission = r.submission AND id < r.id) ORDER BY id;
DROP TABLE receipts;
CREATE INDEX later_receipts_of_submission ON later_receipts(submission);
CREATE TABLE numbered_submissions(
  id INTEGER PRIMARY KEY, source INTEGER NOT NULL, digest TEXT NOT NULL, name TEXT NOT NULL,
  bytes INTEGER NOT NULL, received INTEGER NOT NULL, day INTEGER NOT NULL, state INTEGER NOT NULL,
  reason TEXT NOT NULL, stated INTEGER, UNIQUE(source, digest)) STRICT;
INSERT INTO numbered_submissions
  SELECT id, source, digest, name, bytes, received, day, state, reason, stated FROM submissions ORDER BY id;
DROP TABLE submissions;
ALTER TABLE numbered_submissions RENAME TO submissions;
CREATE INDEX submissions_set_aside ON submissions(id) WHERE state = 5;
)";

/// A format and what it adds to the one before.
struct Step {
  const char* tables;   ///< to write it
  const char* as_read;  ///< what stands for it in a ledger that does not have it yet and is only read
};

constexpr std::array kSteps{
    Step{kFormat1, ""},
    Step{kFormat2,
         "CREATE TEMP VIEW parts AS SELECT *, '' AS value_sets_digest FROM main.parts;"
         "CREATE TEMP VIEW held AS SELECT *, NULL AS pin FROM main.held;"
         "CREATE TEMP TABLE activations(id, mapping, version, file, action, mapping_digest,"
         " value_sets_digest, previous_mapping_digest, previous_value_sets, by, why, at);"
         "CREATE TEMP TABLE pins(id, mapping, mapping_version, mapping_digest, value_sets_digest,"
         " policy_digest);"},
    Step{kFormat3,
         "CREATE TEMP TABLE small_bytes(id, digest, bytes);"
         "CREATE TEMP VIEW submissions AS SELECT *, NULL AS stated FROM main.submissions;"
         "CREATE TEMP VIEW outbox AS SELECT *, NULL AS dead FROM main.outbox;"},
    Step{kFormat4,
         "CREATE TEMP TABLE unended(kind, id, times, rows);"
         "CREATE TEMP TABLE corrections(id, held, fields, by, why, at);"
         "CREATE TEMP TABLE proposals(held, action, fields, by, why, at);"
         "CREATE TEMP TABLE looks(id, held, by, at);"},
    Step{kFormat5,
         "CREATE TEMP TABLE kept_bytes(submission INTEGER PRIMARY KEY, bytes);"
         "CREATE TEMP VIEW later_receipts AS SELECT r.id, r.submission, r.name, r.received FROM receipts r"
         " WHERE EXISTS (SELECT 1 FROM receipts WHERE submission = r.submission AND id < r.id);"},
};
static_assert(kSteps.size() == kFormat);

std::int64_t format_of(sqlite::Database& database) { return database.number("PRAGMA user_version"); }
std::int64_t application_of(sqlite::Database& database) { return database.number("PRAGMA application_id"); }
bool is_new(sqlite::Database& database) {
  return application_of(database) == 0 && database.number("SELECT count(*) FROM sqlite_schema") == 0;
}

base::Error environment(std::string_view message, const std::filesystem::path& file,
                        std::int64_t format = kFormat) {
  return base::Error(base::ErrorKind::environment, message,
                     {{"format", std::to_string(format)}, {"known", std::to_string(kFormat)}})
      .at({.file = file.string()});
}

base::Status check_format(sqlite::Database& database, const std::filesystem::path& file) {
  const auto application = application_of(database);
  const auto format = format_of(database);
  MUSUBI_TRY(database.status());
  if (application != kApplication) return environment("ledger.not_a_ledger", file);
  if (format > kFormat) return environment("ledger.newer_format", file, format);
  return {};
}

base::Status check_whole(sqlite::Database& database, const std::filesystem::path& file) {
  auto check = database.prepare("PRAGMA quick_check(1)");
  const bool whole = check.next() && check.text(0) == "ok";
  MUSUBI_TRY(database.status());
  if (!whole) return environment("ledger.corrupt", file);
  return {};
}

/// From an older format, or from an empty file, to this one: all of it or nothing.
/// What SQLite has to remember of a table it drops may be as large as the table: not in memory.
void bring_up_to_date(sqlite::Database& database) {
  database.execute("PRAGMA temp_store=FILE");
  database.execute("BEGIN IMMEDIATE");
  for (auto format = format_of(database); format < kFormat; ++format)
    database.execute(kSteps[static_cast<std::size_t>(format)].tables);
  database.execute(("PRAGMA application_id=" + std::to_string(kApplication)).c_str());
  database.execute(("PRAGMA user_version=" + std::to_string(kFormat)).c_str());
  database.execute("COMMIT");
}

}  // namespace

base::Status prepare_to_write(sqlite::Database& database, const std::filesystem::path& file) {
  const bool fresh = is_new(database);
  MUSUBI_TRY(database.status());
  if (!fresh) MUSUBI_TRY(check_format(database, file));
  database.execute(
      "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cell_size_check=ON;"
      "PRAGMA wal_autocheckpoint=300; PRAGMA journal_size_limit=67108864; PRAGMA cache_size=-12000");
  MUSUBI_TRY(check_whole(database, file));
  if (format_of(database) < kFormat) bring_up_to_date(database);
  database.execute("PRAGMA temp_store=MEMORY");
  return database.status();
}

base::Status prepare_beside(sqlite::Database& database, const std::filesystem::path& file) {
  MUSUBI_TRY(check_format(database, file));
  if (format_of(database) != kFormat) return environment("ledger.locked", file);
  sqlite3_db_config(database.handle(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
  database.execute(
      "PRAGMA synchronous=FULL; PRAGMA wal_autocheckpoint=0; PRAGMA cell_size_check=ON;"
      "PRAGMA temp_store=MEMORY");
  return database.status();
}

base::Status prepare_to_read(sqlite::Database& database, const std::filesystem::path& file) {
  sqlite3_db_config(database.handle(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
  database.execute(
      "PRAGMA wal_autocheckpoint=0; PRAGMA cell_size_check=ON; PRAGMA cache_size=-4000;"
      "PRAGMA temp_store=MEMORY");
  MUSUBI_TRY(check_format(database, file));
  for (auto format = format_of(database); format < kFormat; ++format)
    database.execute(kSteps[static_cast<std::size_t>(format)].as_read);
  database.execute("PRAGMA query_only=ON");
  return database.status();
}

}  // namespace musubi::ledger
