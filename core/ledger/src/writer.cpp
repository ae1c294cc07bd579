#include "writer.h"

#include "musubi/base/kill_point.h"
#include "pending_table.h"
#include "schema.h"
#include "writer_statements.h"

namespace musubi::ledger {
namespace {

base::Error defect(std::string_view message) { return base::Error(base::ErrorKind::defect, message); }

/// After these the file is not what the hub thinks it is: only opening it anew tells.
bool ends_writing(int code) {
  switch (code & 0xFF) {
    case SQLITE_FULL:
    case SQLITE_IOERR:
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
    case SQLITE_READONLY:
    case SQLITE_CANTOPEN:
      return true;
    default:
      return false;
  }
}

}  // namespace

// --- names

Names::Names(sqlite::Database& database, const std::string& table, const std::string& column)
    : database_(database),
      find_(database.prepare("SELECT id FROM " + table + " WHERE " + column + " = ?1")),
      insert_(database.prepare("INSERT INTO " + table + "(" + column + ") VALUES(?1)")) {}

std::int64_t Names::id_of(std::string_view text) {
  if (const auto known = ids_.find(text); known != ids_.end()) return known->second;
  constexpr std::size_t kMostRemembered = 1 << 14;
  if (ids_.size() >= kMostRemembered) ids_.clear();
  const auto id = look_up(text);
  if (id != 0) ids_.emplace(text, id);
  return id;
}

std::int64_t Names::look_up(std::string_view text) {
  find_.with(text);
  if (find_.next()) {
    const auto id = find_.integer(0);
    find_.next();
    return id;
  }
  insert_.with(text).run();
  return database_.failed() ? 0 : database_.last_id();
}

// --- opening

Writer::Writer(WriteTurns turns, std::unique_ptr<sqlite::Database> database, const base::Clock& clock)
    : clock_(clock), turns_(std::move(turns)), database_(std::move(database)) {}

Writer::~Writer() {
  if (in_batch()) roll_back();
  static_cast<void>(turns_.take());  // closing the last connection writes the log into the file
}

base::Result<std::unique_ptr<Writer>> Writer::open(const std::filesystem::path& file,
                                                   const base::Clock& clock) {
  MUSUBI_ASSIGN(auto turns, WriteTurns::open(file.parent_path()));
  MUSUBI_TRY(turns.take());
  MUSUBI_ASSIGN(auto database, sqlite::Database::open(file, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE));
  MUSUBI_TRY(prepare_to_write(*database, file));
  return prepared(std::move(turns), std::move(database), clock);
}

base::Result<std::unique_ptr<Writer>> Writer::open_beside(const std::filesystem::path& file,
                                                          const base::Clock& clock) {
  MUSUBI_ASSIGN(auto turns, WriteTurns::open(file.parent_path()));
  MUSUBI_TRY(turns.take());
  MUSUBI_ASSIGN(auto database, sqlite::Database::open(file, SQLITE_OPEN_READWRITE));
  MUSUBI_TRY(prepare_beside(*database, file));
  return prepared(std::move(turns), std::move(database), clock);
}

base::Result<std::unique_ptr<Writer>> Writer::prepared(WriteTurns turns,
                                                       std::unique_ptr<sqlite::Database> database,
                                                       const base::Clock& clock) {
  std::unique_ptr<Writer> writer(new Writer(std::move(turns), std::move(database), clock));
  MUSUBI_TRY(writer->prepare());
  writer->turns_.give_back();
  return writer;
}

base::Status Writer::prepare() {
  touched_cases_ = std::make_unique<TouchedCases>(TouchedCases{batch_});
  pending_records_ = std::make_unique<PendingRecords>(PendingRecords{batch_});
  auto* const handle = database_->handle();
  sqlite::PendingTable<TouchedCases>::add_to(handle, "touched_cases", touched_cases_.get());
  sqlite::PendingTable<PendingRecords>::add_to(handle, "pending_records", pending_records_.get());
  statements_ = std::make_unique<Statements>(*database_);
  cases_ = std::make_unique<CaseReader>(*database_);
  sources_ = std::make_unique<Names>(*database_, "sources", "name");
  texts_ = std::make_unique<Names>(*database_, "texts", "text");
  return database_->status();
}

// --- transactions

base::Status Writer::ready() const {
  const std::lock_guard lock(stopping_);
  if (!stopped_) return {};
  return base::Error(base::ErrorKind::environment, "ledger.stopped").because(*stopped_);
}

void Writer::stop(const base::Error& because) {
  const std::lock_guard lock(stopping_);
  if (!stopped_) stopped_ = because;
}

base::Status Writer::begin() {
  MUSUBI_TRY(ready());
  if (in_batch()) return defect("ledger.batch_open");
  MUSUBI_TRY(turns_.take());
  statements_->begin.run();
  auto begun = database_->status();
  if (begun.has_error()) roll_back();
  return begun;
}

base::Status Writer::finish(base::Status outcome) {
  if (!outcome.has_error()) {
    base::kill_point("ledger.before_commit");
    statements_->commit.run();
    outcome = database_->status();
    base::kill_point("ledger.after_commit");
  }
  if (outcome.has_error()) {
    roll_back();
  } else {
    batch_.clear();
    turns_.give_back();
  }
  return outcome;
}

base::Status Writer::together(const std::function<base::Status()>& work) {
  MUSUBI_TRY(begin());
  together_ = true;
  base::Status outcome;
  try {
    outcome = work();
  } catch (...) {
    together_ = false;
    roll_back();
    throw;
  }
  together_ = false;
  if (!outcome.has_error()) outcome = database_->status();
  if (!outcome.has_error() && in_batch()) outcome = defect("ledger.batch_open");
  return finish(std::move(outcome));
}

/// Of a batch within a transaction that goes on, only what is in memory ends here.
base::Status Writer::end_batch(base::Status outcome) {
  if (!together_) return finish(std::move(outcome));
  if (outcome.has_error()) database_->fail(outcome.error());
  batch_.clear();
  return outcome;
}

void Writer::roll_back() noexcept {
  if (ends_writing(database_->failure_code())) stop(database_->status().error());
  sqlite3_exec(database_->handle(), "ROLLBACK", nullptr, nullptr, nullptr);
  database_->clear_failure();
  batch_.clear();
  sources_->forget();
  texts_->forget();
  last_source_.clear();
  last_source_id_ = 0;
  turns_.give_back();
}

base::Status Writer::change(const std::function<base::Status(sqlite::Database&)>& work) {
  if (!in_batch() && !together_) {
    MUSUBI_TRY(begin());
    auto outcome = work(*database_);
    return finish(outcome.has_error() ? outcome : database_->status());
  }
  if (auto outcome = work(*database_); outcome.has_error()) database_->fail(outcome.error());
  return database_->status();
}

// --- batches

base::Status Writer::load_part(std::int64_t part) {
  auto& find = statements_->find_part.with(part);
  if (!find.next()) {
    MUSUBI_TRY(database_->status());
    return base::Error(base::ErrorKind::not_found, "ledger.part_unknown", {{"part", std::to_string(part)}});
  }
  part_ = {find.natural(0), find.integer(1), find.integer(2)};
  find.next();
  last_case_ = database_->number("SELECT seq FROM sqlite_sequence WHERE name = 'cases'");
  return database_->status();
}

base::Status Writer::begin_batch(std::int64_t part) {
  if (together_ && in_batch()) return defect("ledger.batch_open");
  if (!together_) MUSUBI_TRY(begin());
  if (auto loaded = load_part(part); loaded.has_error()) return end_batch(loaded);
  batch_.begin(part);
  cases_->forget();
  return {};
}

std::int64_t Writer::source_id(std::string_view source) {
  if (source != last_source_ || last_source_id_ == 0) {
    last_source_id_ = sources_->id_of(source);
    last_source_ = source;
  }
  return last_source_id_;
}

Batch::Cases::value_type& Writer::known_case(std::string_view source, std::string_view local_id) {
  const CaseKey key{source_id(source), local_id};
  if (auto* const known = batch_.find(key)) return *known;
  return batch_.add(key, cases_->read(key));
}

std::optional<KnownCase> Writer::find_case(std::string_view source, std::string_view local_id) {
  if (!in_batch()) {
    database_->fail(defect("ledger.no_batch"));
    return {};
  }
  const auto& now = known_case(source, local_id).second.now;
  if (now.number == 0) return {};
  return now;
}

std::int64_t Writer::put_case(std::string_view source, std::string_view local_id, const KnownCase& now) {
  if (!in_batch()) {
    database_->fail(defect("ledger.no_batch"));
    return 0;
  }
  auto& known = known_case(source, local_id);
  if (known.second.now.number == 0) known.second.now.number = ++last_case_;
  batch_.put(known, now);
  return known.second.now.number;
}

void Writer::add_record(const RecordRow& record) {
  if (!in_batch() || record.row > kMostRows) {
    database_->fail(defect(in_batch() ? "ledger.too_many_rows" : "ledger.no_batch"));
    return;
  }
  batch_.add({.id = record_id(batch_.part(), record.row),
              .line = static_cast<std::int64_t>(record.line),
              .byte = static_cast<std::int64_t>(record.byte),
              .length = record.length,
              .case_number = record.case_number,
              .version = record.version,
              .reason = record.reason.empty() ? 0 : texts_->id_of(record.reason),
              .findings = record.findings.empty() ? 0 : texts_->id_of(record.findings),
              .disposition = record.disposition});
}

std::int64_t Writer::open_outbox(std::string_view recipient, std::string_view route, std::uint64_t first_row,
                                 std::uint64_t last_row) {
  if (!in_batch() || first_row > last_row || last_row > kMostRows) {
    database_->fail(defect(in_batch() ? "ledger.too_many_rows" : "ledger.no_batch"));
    return 0;
  }
  statements_->open_outbox.with(batch_.part(), first_row, last_row, recipient, route, now()).run();
  batch_.outbox.push_back({batch_.part(), first_row, last_row});
  return database_->last_id();
}

void Writer::retire(std::int64_t outbox, std::string_view receipt) {
  statements_->retire.with(outbox, now(), receipt).run();
  if (database_->failed() || database_->changed_rows() == 1) return;
  auto& find = statements_->find_outbox.with(outbox);
  if (find.next()) return find.rewind();  // retired before: its first receipt stands
  database_->fail(
      base::Error(base::ErrorKind::not_found, "ledger.outbox_unknown", {{"outbox", std::to_string(outbox)}}));
}

base::Status Writer::commit_batch(std::uint64_t rows_done) {
  if (!in_batch()) return defect("ledger.no_batch");
  return end_batch(write_batch(rows_done));
}

void Writer::abandon_batch() noexcept {
  if (!in_batch()) return;
  if (together_)
    static_cast<void>(end_batch(defect("ledger.batch_abandoned")));
  else
    roll_back();
}

}  // namespace musubi::ledger
