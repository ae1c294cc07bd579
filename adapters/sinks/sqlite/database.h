// SQLite, thinly: a connection, a prepared statement, a transaction. Errors name the file and SQLite's error
// code, never a text of SQLite's own, which might quote a value.
#pragma once

#include <sqlite3.h>

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "musubi/base/result.h"

namespace musubi::sqlite_sink {

/// Environment for a full disk or a failing one, unavailable for a store that another program holds,
/// otherwise as fits.
base::Error store_error(int code, const std::filesystem::path& file);

/// A log beside the store: the last program that wrote here did not close it, or is still writing.
bool has_log(const std::filesystem::path& file);

class Database;

/// One prepared statement. Must not outlive its database. Parameters and columns are counted as SQLite does:
/// parameters from 1, columns from 0. Text bound is borrowed until the statement was run.
class Statement {
 public:
  Statement() = default;

  void bind(int parameter, std::int64_t number) noexcept {
    sqlite3_bind_int64(statement_.get(), parameter, number);
  }
  void bind(int parameter, std::string_view text) noexcept {
    // An empty view may have no address, which SQLite would take for NULL.
    sqlite3_bind_text(statement_.get(), parameter, text.data() == nullptr ? "" : text.data(),
                      static_cast<int>(text.size()), SQLITE_STATIC);
  }
  void bind_null(int parameter) noexcept { sqlite3_bind_null(statement_.get(), parameter); }

  /// Runs a statement that returns no rows.
  base::Status run() noexcept;
  /// The next row: true; no more: false, and the statement is ready to run again.
  base::Result<bool> next() noexcept;
  void reset() noexcept { sqlite3_reset(statement_.get()); }

  std::int64_t integer(int column) const noexcept { return sqlite3_column_int64(statement_.get(), column); }
  bool is_null(int column) const noexcept {
    return sqlite3_column_type(statement_.get(), column) == SQLITE_NULL;
  }
  /// Valid until the next row.
  std::string_view text(int column) const noexcept;

 private:
  friend class Database;
  struct Finalise {
    void operator()(sqlite3_stmt* statement) const noexcept { sqlite3_finalize(statement); }
  };
  std::unique_ptr<sqlite3_stmt, Finalise> statement_;
  const Database* database_ = nullptr;
};

/// Movable; statements refer to it, so it stays where it is while there are any.
class Database {
 public:
  enum class Mode : std::uint8_t { writer, reader };
  /// A writer: created when missing, for its owner only; WAL, synchronous FULL. A reader opens read-only,
  /// leaves the log to the writer and works in a folder that may not be written to, provided the last writer
  /// closed the store. Error of a reader: adapter.store_missing.
  static base::Result<std::unique_ptr<Database>> open(const std::filesystem::path& file, Mode mode);

  base::Status run(const std::string& sql);  ///< one or several statements, without parameters
  base::Result<Statement> prepare(const std::string& sql) const;
  /// The first column of the first row; nullopt when there is none or it is NULL.
  base::Result<std::optional<std::int64_t>> number(const std::string& sql) const;

  const std::filesystem::path& file() const noexcept { return file_; }
  base::Error error(int code) const { return store_error(code, file_); }
  std::int64_t last_row() const noexcept { return sqlite3_last_insert_rowid(connection_.get()); }
  /// Writes the log back into the store, so that the next opening finds it clean.
  base::Status checkpoint();

 private:
  struct Close {
    void operator()(sqlite3* connection) const noexcept { sqlite3_close_v2(connection); }
  };
  explicit Database(std::filesystem::path file) : file_(std::move(file)) {}
  static base::Result<std::unique_ptr<Database>> open_reader(const std::filesystem::path& file);
  base::Status connect(const std::string& name, int flags, Mode mode);
  base::Status configure(Mode mode);

  std::filesystem::path file_;
  std::unique_ptr<sqlite3, Close> connection_;
};

/// Rolled back when destroyed without commit.
class Transaction {
 public:
  static base::Result<Transaction> begin(Database& database);
  /// Sees the store as it is now, whatever is written meanwhile.
  static base::Result<Transaction> begin_reading(Database& database);
  Transaction(Transaction&& other) noexcept : database_(std::exchange(other.database_, nullptr)) {}
  Transaction& operator=(Transaction&&) = delete;
  ~Transaction();
  base::Status commit();

 private:
  explicit Transaction(Database& database) : database_(&database) {}
  Database* database_;
};

}  // namespace musubi::sqlite_sink
