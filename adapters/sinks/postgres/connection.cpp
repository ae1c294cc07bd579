#include "connection.h"

#include <fmt/format.h>
#include <poll.h>

#include <utility>

#include "connecting.h"
#include "field_columns.h"
#include "socket_wait.h"
#include "sql_state.h"

namespace musubi::postgres_sink {
namespace {

using base::ErrorKind;

// The server ends what takes too long by itself; this much later we stop believing in it.
constexpr std::chrono::milliseconds kGrace{5'000};

/// What holds for a whole session.
std::string session_settings(const ConnectionSettings& settings, Connection::Purpose purpose) {
  const auto limit = settings.statement_timeout.count();
  auto sql = fmt::format(
      "SET search_path TO {}, pg_temp; SET statement_timeout = {}; SET lock_timeout = {}; "
      "SET client_min_messages = warning; SET jit = off; SET standard_conforming_strings = on;",
      sinks::identifier(settings.schema), limit, limit);
  if (purpose == Connection::Purpose::reading) return sql + "SET default_transaction_read_only = on;";
  // A hub that hangs in the middle of a delivery must not hold the store for ever.
  return sql + fmt::format("SET idle_in_transaction_session_timeout = {};", limit + kGrace.count());
}

bool failed(const PGresult* result) {
  const auto status = PQresultStatus(result);
  return status == PGRES_FATAL_ERROR || status == PGRES_BAD_RESPONSE || status == PGRES_NONFATAL_ERROR;
}

}  // namespace

base::Result<std::unique_ptr<Connection>> Connection::open(const ConnectionSettings& settings,
                                                           Purpose purpose) {
  MUSUBI_TRY(Connecting::check(settings));
  std::unique_ptr<Connection> connection(new Connection(settings));
  MUSUBI_TRY(Connecting::run(*connection));
  MUSUBI_TRY(connection->run(session_settings(settings, purpose)));
  return connection;
}

bool Connection::still_there() noexcept {
  // Once for its last words, once for its end.
  return usable() && PQconsumeInput(connection_.get()) == 1 && PQconsumeInput(connection_.get()) == 1 &&
         usable();
}

base::Error Connection::lost() {
  lost_ = true;
  return base::Error(ErrorKind::unavailable, "postgres.connection_lost");
}

base::Error Connection::failure_of(const PGresult* result) {
  const char* state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
  return state == nullptr ? lost() : error_of_state(state);
}

base::Status Connection::wait(short events) {
  const auto deadline = std::chrono::steady_clock::now() + settings_.statement_timeout + kGrace;
  if (ready_before(PQsocket(connection_.get()), events, deadline)) return {};
  lost_ = true;
  return base::Error(ErrorKind::unavailable, "postgres.too_slow");
}

base::Status Connection::flush() {
  for (;;) {
    const int left = PQflush(connection_.get());
    if (left == 0) return {};
    if (left < 0) return lost();
    MUSUBI_TRY(wait(POLLOUT | POLLIN));
    // A server that refuses speaks before it has heard all: without listening both would wait for ever.
    if (PQconsumeInput(connection_.get()) == 0) return lost();
  }
}

base::Result<ResultPointer> Connection::next_result() {
  while (PQisBusy(connection_.get()) == 1) {
    MUSUBI_TRY(wait(POLLIN));
    if (PQconsumeInput(connection_.get()) == 0) break;  // the result says so
  }
  return ResultPointer(PQgetResult(connection_.get()));
}

/// Of everything that was sent; the first failure counts.
base::Result<Rows> Connection::last_result() {
  if (auto flushed = flush(); flushed.has_error() && !usable()) return flushed.error();
  ResultPointer last;
  for (;;) {
    MUSUBI_ASSIGN(auto result, next_result());
    if (result == nullptr) break;
    if (last == nullptr || !failed(last.get())) last = std::move(result);
  }
  if (last == nullptr) return lost();
  if (failed(last.get())) return failure_of(last.get());
  return Rows(std::move(last));
}

base::Status Connection::run(const std::string& sql) {
  if (PQsendQuery(connection_.get(), sql.c_str()) == 0) return lost();
  MUSUBI_TRY(last_result());
  return {};
}

base::Result<Rows> Connection::ask(const std::string& sql, const Parameters& parameters) {
  const auto count = parameters.bytes().size();
  std::vector<const char*> values;
  std::vector<int> lengths;
  for (const auto& bytes : parameters.bytes()) {
    values.push_back(bytes.data());
    lengths.push_back(static_cast<int>(bytes.size()));
  }
  const std::vector<int> formats(count, 1);
  const int sent =
      PQsendQueryParams(connection_.get(), sql.c_str(), static_cast<int>(count), parameters.types().data(),
                        values.data(), lengths.data(), formats.data(), 0);
  if (sent == 0) return lost();
  return last_result();
}

/// A server that gives up waiting for its standby commits all the same and only warns. So that it does not
/// give up, its time limit is lifted; and where it warns, what is stored might yet vanish with it.
base::Status Connection::commit() {
  warned_ = false;
  if (PQsendQuery(connection_.get(), "SET LOCAL statement_timeout = 0; COMMIT") == 0) return lost();
  const auto answer = last_result();
  if (!answer.has_error() && !warned_ && answer->tag() == "COMMIT") return {};
  if (answer.has_error() && usable()) return answer.error();
  lost_ = true;
  const auto unknown = base::Error(ErrorKind::unavailable, "postgres.commit_unknown");
  return answer.has_error() ? unknown.because(answer.error()) : unknown;
}

/// What a server says besides is thrown away, because it may quote a value.
void Connection::note_notice(void* connection, const PGresult* /*notice*/) {
  static_cast<Connection*>(connection)->warned_ = true;
}

base::Status Connection::begin_copy(const std::string& sql) {
  if (PQsendQuery(connection_.get(), sql.c_str()) == 0) return lost();
  MUSUBI_TRY(flush());
  MUSUBI_ASSIGN(const auto result, next_result());
  if (result == nullptr) return lost();
  if (PQresultStatus(result.get()) == PGRES_COPY_IN) return {};
  auto failure = failure_of(result.get());
  static_cast<void>(last_result());
  return failure;
}

base::Status Connection::send_copy(std::string_view bytes) {
  for (;;) {
    const int sent = PQputCopyData(connection_.get(), bytes.data(), static_cast<int>(bytes.size()));
    if (sent < 0) return lost();
    if (sent > 0) return flush();
    MUSUBI_TRY(flush());
  }
}

base::Status Connection::end_copy() {
  if (PQputCopyEnd(connection_.get(), nullptr) < 0) return lost();
  MUSUBI_TRY(last_result());
  return {};
}

void Connection::abandon_copy() noexcept {
  try {
    if (usable() && PQputCopyEnd(connection_.get(), "abandoned") > 0) static_cast<void>(last_result());
  } catch (...) {
    lost_ = true;
  }
}

base::Result<Transaction> Transaction::begin(Connection& connection) {
  MUSUBI_TRY(connection.run("BEGIN ISOLATION LEVEL READ COMMITTED"));
  return Transaction(connection);
}

base::Result<Transaction> Transaction::begin_reading(Connection& connection) {
  MUSUBI_TRY(connection.run("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"));
  return Transaction(connection);
}

Transaction::~Transaction() {
  // Nothing can be done about a failure here: a server rolls back by itself when the connection goes.
  if (connection_ != nullptr && connection_->usable()) static_cast<void>(connection_->run("ROLLBACK"));
}

base::Status Transaction::commit() {
  auto* const connection = std::exchange(connection_, nullptr);
  return connection->commit();
}

}  // namespace musubi::postgres_sink
