// SQLite behind RAII. A Database remembers the first failure since it was last cleared, and the statements of
// a failed database do nothing: a run of calls is checked once, at its end.
// Threads: a Database and its statements from one thread at a time.
#pragma once

#include <sqlite3.h>

#include <concepts>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "musubi/base/result.h"

namespace musubi::ledger::sqlite {

/// What a result code of SQLite means. SQLite's own text is left out: it may quote what was stored.
base::Error error_of(int code, const std::filesystem::path& file);

/// Text to bind that outlives the run of its statement; it is not copied.
struct Borrowed {
  std::string_view text;
};

/// Bytes to bind as such; they outlive the run of their statement.
struct Blob {
  std::string_view bytes;
};

class Database;

/// Movable. Its Database outlives it, and keeps it for the next one with the same text. A statement that is
/// not run to its end holds its transaction open until it is destroyed or run again.
class Statement {
 public:
  Statement() = default;

  /// Binds ?1, ?2, ... anew.
  template <class... Values>
  Statement& with(const Values&... values) {
    rewind();
    int index = 0;
    (bind(++index, values), ...);
    return *this;
  }
  /// Goes to the next row; false at the end and after a failure.
  bool next();
  /// Runs a statement that has no rows.
  void run() { next(); }
  /// Runs it whatever failed before, and whether it succeeds or not.
  void run_regardless() noexcept;
  /// Ends a run before its last row.
  void rewind();

  bool null(int column) const { return sqlite3_column_type(handle_.get(), column) == SQLITE_NULL; }
  std::int64_t integer(int column) const { return sqlite3_column_int64(handle_.get(), column); }
  std::uint64_t natural(int column) const { return static_cast<std::uint64_t>(integer(column)); }
  std::int32_t small(int column) const { return static_cast<std::int32_t>(integer(column)); }
  std::string text(int column) const;

 private:
  friend class Database;
  class GiveBack {
   public:
    GiveBack() : database_(nullptr) {}
    explicit GiveBack(Database& database) : database_(&database) {}
    void operator()(sqlite3_stmt* statement) const;

   private:
    Database* database_;
  };

  Statement(Database& database, sqlite3_stmt* handle)
      : database_(&database), handle_(handle, GiveBack(database)) {}
  void check(int code);
  void bind(int index, std::integral auto number) {
    check(sqlite3_bind_int64(handle_.get(), index, static_cast<std::int64_t>(number)));
  }
  void bind(int index, const std::optional<std::int64_t>& number);
  void bind(int index, std::string_view text);
  void bind(int index, Borrowed text);
  void bind(int index, Blob bytes);

  Database* database_ = nullptr;
  std::unique_ptr<sqlite3_stmt, GiveBack> handle_;
  bool running_ = false;
};

class Database {
 public:
  /// `flags` as of sqlite3_open_v2.
  static base::Result<std::unique_ptr<Database>> open(const std::filesystem::path& file, int flags);
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  Statement prepare(std::string_view sql);
  /// Any number of statements without parameters; rows are dropped.
  void execute(const char* sql);
  /// The first column of the first row; 0 when there is none.
  std::int64_t number(std::string_view sql);

  std::int64_t last_id() const { return sqlite3_last_insert_rowid(handle_.get()); }
  std::int64_t changed_rows() const { return sqlite3_changes64(handle_.get()); }
  sqlite3* handle() const { return handle_.get(); }

  bool failed() const { return failure_.has_value(); }
  base::Status status() const;
  int failure_code() const { return code_; }  ///< of SQLite; SQLITE_OK for a failure noted by fail(Error)
  void fail(int code);
  void fail(base::Error error);
  void clear_failure();

 private:
  friend class Statement;
  struct Finalize {
    void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
  };
  struct Close {
    void operator()(sqlite3* database) const { sqlite3_close_v2(database); }
  };
  Database(std::filesystem::path file, sqlite3* handle) : file_(std::move(file)), handle_(handle) {}
  void keep(sqlite3_stmt* statement);

  std::filesystem::path file_;
  std::unique_ptr<sqlite3, Close> handle_;
  /// Nobody has them in hand. By text: to understand one costs more than to run it.
  std::multimap<std::string, std::unique_ptr<sqlite3_stmt, Finalize>, std::less<>> idle_;
  std::optional<base::Error> failure_;
  int code_ = SQLITE_OK;
};

/// Keeps what several questions see the same. Ends when destroyed.
class Snapshot {
 public:
  explicit Snapshot(Database& database) : end_(database.prepare("COMMIT")) {
    database.prepare("BEGIN").run();
  }
  ~Snapshot() { end_.run_regardless(); }
  Snapshot(const Snapshot&) = delete;
  Snapshot& operator=(const Snapshot&) = delete;

 private:
  Statement end_;
};

}  // namespace musubi::ledger::sqlite
