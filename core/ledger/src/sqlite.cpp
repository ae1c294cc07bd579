#include "sqlite.h"

#include <limits>

namespace musubi::ledger::sqlite {
namespace {

/// More than the ledger has texts.
constexpr std::size_t kMostIdle = 200;

struct Meaning {
  base::ErrorKind kind;
  std::string_view message;
};

Meaning meaning_of(int code) {
  using base::ErrorKind;
  switch (code & 0xFF) {
    case SQLITE_FULL:
      return {ErrorKind::environment, "ledger.disk_full"};
    case SQLITE_IOERR:
    case SQLITE_PROTOCOL:
      return {ErrorKind::environment, "ledger.write_failed"};
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return {ErrorKind::environment, "ledger.busy"};
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return {ErrorKind::environment, "ledger.corrupt"};
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
    case SQLITE_AUTH:
      return {ErrorKind::environment, "ledger.cannot_open"};
    case SQLITE_READONLY:
      return {ErrorKind::environment, "file.read_only"};
    default:
      return {ErrorKind::defect, "ledger.defect"};
  }
}

}  // namespace

base::Error error_of(int code, const std::filesystem::path& file) {
  const auto meaning = meaning_of(code);
  return base::Error(meaning.kind, meaning.message, {{"error_number", std::to_string(code)}})
      .at({.file = file.string()});
}

bool Statement::next() {
  if (database_ == nullptr || database_->failed() || !handle_) return false;
  running_ = true;
  const int code = sqlite3_step(handle_.get());
  if (code == SQLITE_ROW) return true;
  if (code != SQLITE_DONE) database_->fail(sqlite3_extended_errcode(database_->handle()));
  rewind();
  return false;
}

void Statement::rewind() {
  if (!running_) return;
  sqlite3_reset(handle_.get());
  running_ = false;
}

void Statement::run_regardless() noexcept {
  if (!handle_) return;
  sqlite3_step(handle_.get());
  sqlite3_reset(handle_.get());
}

void Statement::GiveBack::operator()(sqlite3_stmt* statement) const { database_->keep(statement); }

void Statement::check(int code) {
  if (code != SQLITE_OK && database_ != nullptr) database_->fail(code);
}

void Statement::bind(int index, const std::optional<std::int64_t>& number) {
  check(number ? sqlite3_bind_int64(handle_.get(), index, *number) : sqlite3_bind_null(handle_.get(), index));
}

void Statement::bind(int index, std::string_view text) {
  check(sqlite3_bind_text64(handle_.get(), index, text.empty() ? "" : text.data(), text.size(),
                            SQLITE_TRANSIENT, SQLITE_UTF8));  // NOLINT: SQLite's own macro casts
}

void Statement::bind(int index, Borrowed text) {
  check(sqlite3_bind_text64(handle_.get(), index, text.text.empty() ? "" : text.text.data(), text.text.size(),
                            SQLITE_STATIC, SQLITE_UTF8));
}

void Statement::bind(int index, Blob blob) {
  check(sqlite3_bind_blob64(handle_.get(), index, blob.bytes.empty() ? "" : blob.bytes.data(),
                            blob.bytes.size(), SQLITE_STATIC));
}

std::string Statement::text(int column) const {
  const void* bytes = sqlite3_column_blob(handle_.get(), column);
  const auto size = static_cast<std::size_t>(sqlite3_column_bytes(handle_.get(), column));
  return bytes == nullptr ? std::string() : std::string(static_cast<const char*>(bytes), size);
}

namespace {

/// SQLite counts the memory of the whole process under one lock, taken for each allocation; nobody reads the
/// count. Refused, and then of no importance, where something else uses SQLite already.
void count_no_memory() {
  static const int kOnce = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
  static_cast<void>(kOnce);
}

}  // namespace

base::Result<std::unique_ptr<Database>> Database::open(const std::filesystem::path& file, int flags) {
  count_no_memory();
  sqlite3* handle = nullptr;
  const int code = sqlite3_open_v2(file.c_str(), &handle, flags | SQLITE_OPEN_NOMUTEX, nullptr);
  std::unique_ptr<Database> database(new Database(file, handle));
  if (code != SQLITE_OK) return error_of(code, file);
  sqlite3_extended_result_codes(handle, 1);
  sqlite3_busy_timeout(handle, 5000);
  return database;
}

Statement Database::prepare(std::string_view sql) {
  if (failed()) return {};
  if (const auto found = idle_.find(sql); found != idle_.end()) {
    auto* const statement = found->second.release();
    idle_.erase(found);
    return Statement(*this, statement);
  }
  sqlite3_stmt* statement = nullptr;
  const int code = sqlite3_prepare_v3(handle_.get(), sql.data(), static_cast<int>(sql.size()),
                                      SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
  if (code == SQLITE_OK) return Statement(*this, statement);
  fail(code);
  return {};
}

/// Without what was bound: it may be personal, and it may be gone.
void Database::keep(sqlite3_stmt* statement) {
  std::unique_ptr<sqlite3_stmt, Finalize> kept(statement);
  sqlite3_reset(statement);
  sqlite3_clear_bindings(statement);
  if (idle_.size() < kMostIdle) idle_.emplace(sqlite3_sql(statement), std::move(kept));
}

void Database::execute(const char* sql) {
  if (failed()) return;
  const int code = sqlite3_exec(handle_.get(), sql, nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) fail(sqlite3_extended_errcode(handle_.get()));
}

std::int64_t Database::number(std::string_view sql) {
  auto statement = prepare(sql);
  return statement.next() ? statement.integer(0) : 0;
}

base::Status Database::status() const {
  if (failure_) return *failure_;
  return {};
}

void Database::fail(int code) {
  if (failed()) return;
  code_ = code;
  failure_ = error_of(code, file_);
}

void Database::fail(base::Error error) {
  if (!failed()) failure_ = std::move(error);
}

void Database::clear_failure() {
  failure_.reset();
  code_ = SQLITE_OK;
}

}  // namespace musubi::ledger::sqlite
