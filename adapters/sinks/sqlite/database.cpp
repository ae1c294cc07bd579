#include "database.h"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <utility>

namespace musubi::sqlite_sink {
namespace {

constexpr int kWaitForOthers = 5000;  // milliseconds
constexpr mode_t kOwnerOnly = 0600;

struct Refusal {
  int code;
  base::ErrorKind kind;
  std::string_view message;
};

constexpr std::array kRefusals{
    Refusal{SQLITE_FULL, base::ErrorKind::environment, "file.disk_full"},
    Refusal{SQLITE_READONLY, base::ErrorKind::environment, "file.read_only"},
    Refusal{SQLITE_PERM, base::ErrorKind::environment, "file.not_permitted"},
    Refusal{SQLITE_CANTOPEN, base::ErrorKind::environment, "adapter.store_not_opened"},
    Refusal{SQLITE_BUSY, base::ErrorKind::unavailable, "adapter.store_busy"},
    Refusal{SQLITE_LOCKED, base::ErrorKind::unavailable, "adapter.store_busy"},
    Refusal{SQLITE_CORRUPT, base::ErrorKind::environment, "adapter.store_broken"},
    Refusal{SQLITE_NOTADB, base::ErrorKind::environment, "adapter.store_broken"},
    Refusal{SQLITE_IOERR, base::ErrorKind::environment, "adapter.store_failed"},
    Refusal{SQLITE_NOMEM, base::ErrorKind::environment, "plugin.out_of_memory"},
};

// The log is copied back into the store when it has grown to this many pages (64 MiB), so that batches are
// written once, in order, and not at once a second time.
constexpr const char* kWriterSettings =
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA wal_autocheckpoint=16384; PRAGMA "
    "cache_size=-8192;"
    "PRAGMA temp_store=MEMORY; PRAGMA trusted_schema=OFF;";
constexpr const char* kReaderSettings =
    "PRAGMA query_only=ON; PRAGMA cache_size=-8192; PRAGMA temp_store=MEMORY; PRAGMA trusted_schema=OFF;";

/// So that SQLite, which would let everyone read it, finds the file there; its log takes over who may.
/// Failures are left to SQLite, which meets them again.
void create_for_owner_only(const std::filesystem::path& file) {
  const int descriptor = ::open(file.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, kOwnerOnly);
  if (descriptor >= 0) ::close(descriptor);
}

/// SQLite's name for a file that nobody changes while it is open, so that it makes no index beside it.
std::string unchanging_name(const std::filesystem::path& file) {
  std::string name = "file:";
  for (const char each : file.string()) {
    if (each == '%' || each == '?' || each == '#')
      name += each == '%' ? "%25" : each == '?' ? "%3f" : "%23";
    else
      name += each;
  }
  return name + "?immutable=1";
}

}  // namespace

bool has_log(const std::filesystem::path& file) {
  auto log = file;
  log += "-wal";
  std::error_code missing;
  const auto size = std::filesystem::file_size(log, missing);
  return !missing && size > 0;
}

base::Error store_error(int code, const std::filesystem::path& file) {
  for (const auto& refusal : kRefusals) {
    if ((code & 0xFF) == refusal.code)
      return base::Error(refusal.kind, refusal.message, {{"code", std::to_string(code)}})
          .at({.file = file.string()});
  }
  return base::Error(base::ErrorKind::defect, "adapter.store_refused", {{"code", std::to_string(code)}})
      .at({.file = file.string()});
}

base::Status Statement::run() noexcept {
  const int code = sqlite3_step(statement_.get());
  sqlite3_reset(statement_.get());
  if (code != SQLITE_DONE && code != SQLITE_ROW) return database_->error(code);
  return {};
}

base::Result<bool> Statement::next() noexcept {
  const int code = sqlite3_step(statement_.get());
  if (code == SQLITE_ROW) return true;
  sqlite3_reset(statement_.get());
  if (code != SQLITE_DONE) return database_->error(code);
  return false;
}

std::string_view Statement::text(int column) const noexcept {
  const unsigned char* bytes = sqlite3_column_text(statement_.get(), column);
  if (bytes == nullptr) return {};
  // SQLite hands out UTF-8 as unsigned char; reading it as char is allowed for any object.
  return {reinterpret_cast<const char*>(bytes),
          static_cast<std::size_t>(sqlite3_column_bytes(statement_.get(), column))};
}

base::Result<std::unique_ptr<Database>> Database::open(const std::filesystem::path& file, Mode mode) {
  if (mode == Mode::reader) return open_reader(file);
  create_for_owner_only(file);
  std::unique_ptr<Database> database(new Database(file));
  MUSUBI_TRY(database->connect(file.string(), SQLITE_OPEN_READWRITE, mode));
  return database;
}

base::Result<std::unique_ptr<Database>> Database::open_reader(const std::filesystem::path& file) {
  std::error_code failure;
  if (!std::filesystem::exists(file, failure))
    return base::Error(base::ErrorKind::environment, "adapter.store_missing").at({.file = file.string()});
  std::unique_ptr<Database> database(new Database(file));
  auto opened = database->connect(file.string(), SQLITE_OPEN_READONLY, Mode::reader);
  const bool needs_index = opened.has_error() && opened.error().code() == "adapter.store_not_opened";
  if (needs_index && !has_log(file))
    opened = database->connect(unchanging_name(file), SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, Mode::reader);
  if (opened.has_error()) return opened.error();
  return database;
}

base::Status Database::connect(const std::string& name, int flags, Mode mode) {
  sqlite3* connection = nullptr;
  const int code = sqlite3_open_v2(name.c_str(), &connection, flags | SQLITE_OPEN_NOMUTEX, nullptr);
  connection_.reset(connection);
  if (code != SQLITE_OK) return store_error(code, file_);
  return configure(mode);
}

base::Status Database::configure(Mode mode) {
  const bool reading = mode == Mode::reader;
  sqlite3_extended_result_codes(connection_.get(), 1);
  sqlite3_busy_timeout(connection_.get(), kWaitForOthers);
  sqlite3_db_config(connection_.get(), SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  sqlite3_db_config(connection_.get(), SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0, nullptr);
  sqlite3_db_config(connection_.get(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, reading ? 1 : 0, nullptr);
  MUSUBI_TRY(run(reading ? kReaderSettings : kWriterSettings));
  if (!reading) return {};
  // The first reading finds out whether the store can be read at all.
  return run("SELECT count(*) FROM sqlite_schema");
}

base::Status Database::run(const std::string& sql) {
  const int code = sqlite3_exec(connection_.get(), sql.c_str(), nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) return error(code);
  return {};
}

base::Result<Statement> Database::prepare(const std::string& sql) const {
  Statement statement;
  sqlite3_stmt* prepared = nullptr;
  const int code = sqlite3_prepare_v3(connection_.get(), sql.c_str(), static_cast<int>(sql.size()),
                                      SQLITE_PREPARE_PERSISTENT, &prepared, nullptr);
  if (code != SQLITE_OK) return error(code);
  statement.statement_.reset(prepared);
  statement.database_ = this;
  return statement;
}

base::Result<std::optional<std::int64_t>> Database::number(const std::string& sql) const {
  MUSUBI_ASSIGN(auto statement, prepare(sql));
  MUSUBI_ASSIGN(const bool found, statement.next());
  if (!found || statement.is_null(0)) return std::optional<std::int64_t>{};
  return std::optional(statement.integer(0));
}

base::Status Database::checkpoint() {
  const int code =
      sqlite3_wal_checkpoint_v2(connection_.get(), nullptr, SQLITE_CHECKPOINT_TRUNCATE, nullptr, nullptr);
  // A reader may still hold the log; everything in it is durable all the same.
  if (code != SQLITE_OK && (code & 0xFF) != SQLITE_BUSY) return error(code);
  return {};
}

base::Result<Transaction> Transaction::begin(Database& database) {
  MUSUBI_TRY(database.run("BEGIN IMMEDIATE"));
  return Transaction(database);
}

base::Result<Transaction> Transaction::begin_reading(Database& database) {
  MUSUBI_TRY(database.run("BEGIN"));
  return Transaction(database);
}

Transaction::~Transaction() {
  // Nothing can be done about a failure here: SQLite rolls back by itself when the store is opened again.
  if (database_ != nullptr) static_cast<void>(database_->run("ROLLBACK"));
}

base::Status Transaction::commit() {
  MUSUBI_TRY(database_->run("COMMIT"));
  database_ = nullptr;
  return {};
}

}  // namespace musubi::sqlite_sink
