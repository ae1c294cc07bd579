// PostgreSQL, thinly: a connection and a transaction. Errors carry a SQLSTATE at most. No call waits for the
// server beyond the settings' time limits, whether or not the server keeps to them itself.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "connection_settings.h"
#include "musubi/base/result.h"
#include "parameters.h"

namespace musubi::postgres_sink {

/// Threads: one at a time. Copies and transactions refer to it, so it stays where it is.
class Connection {
 public:
  enum class Purpose : std::uint8_t { writing, reading };
  /// Connected and set up: UTF-8, the schema as search path, time limits; for reading also read-only. Errors:
  /// postgres.bad_connection, postgres.password_in_configuration, postgres.connection_and_service,
  /// postgres.not_connected, and those of error_of_state().
  static base::Result<std::unique_ptr<Connection>> open(const ConnectionSettings& settings, Purpose purpose);

  /// One or several commands without parameters; their rows are thrown away.
  base::Status run(const std::string& sql);
  /// One command. The rows of all at once: bounded by the caller.
  base::Result<Rows> ask(const std::string& sql, const Parameters& parameters = {});
  /// COMMIT. postgres.commit_unknown where the connection broke before the answer.
  base::Status commit();

  // COPY … FROM STDIN: begin, send any number of times, end. Nothing else in between.
  base::Status begin_copy(const std::string& sql);
  base::Status send_copy(std::string_view bytes);
  base::Status end_copy();
  /// Ends a copy so that the server throws the rows away; the transaction is then to be rolled back.
  void abandon_copy() noexcept;

  /// False where the server has ended the session since it was last used.
  bool still_there() noexcept;
  /// False: of no use any more, to be closed and opened anew.
  bool usable() const noexcept { return !lost_ && PQstatus(connection_.get()) == CONNECTION_OK; }
  const ConnectionSettings& settings() const noexcept { return settings_; }

 private:
  friend class Connecting;
  struct Close {
    void operator()(PGconn* connection) const noexcept { PQfinish(connection); }
  };
  explicit Connection(const ConnectionSettings& settings) : settings_(settings) {}
  base::Status set_up(Purpose purpose);
  static void note_notice(void* connection, const PGresult* notice);
  base::Status flush();
  base::Status wait(short events);
  base::Result<ResultPointer> next_result();
  base::Result<Rows> last_result();
  base::Error lost();
  base::Error failure_of(const PGresult* result);

  ConnectionSettings settings_;
  std::unique_ptr<PGconn, Close> connection_;
  bool lost_ = false;
  bool warned_ = false;  ///< the server has warned since this was cleared
};

/// Rolled back when destroyed without commit.
class Transaction {
 public:
  static base::Result<Transaction> begin(Connection& connection);
  /// Sees the store as it is now, whatever is written meanwhile.
  static base::Result<Transaction> begin_reading(Connection& connection);
  Transaction(Transaction&& other) noexcept : connection_(std::exchange(other.connection_, nullptr)) {}
  Transaction& operator=(Transaction&&) = delete;
  ~Transaction();
  base::Status commit();

 private:
  explicit Transaction(Connection& connection) : connection_(&connection) {}
  Connection* connection_;
};

}  // namespace musubi::postgres_sink
