#include "connecting.h"

#include <poll.h>

#include <vector>

#include "socket_wait.h"
#include "sql_state.h"

namespace musubi::postgres_sink {
namespace {

using base::ErrorKind;
using Clock = std::chrono::steady_clock;

struct FreeOptions {
  void operator()(PQconninfoOption* options) const noexcept { PQconninfoFree(options); }
};

bool gives_password(const PQconninfoOption* options) {
  for (const auto* option = options; option->keyword != nullptr; ++option)
    if (std::string_view(option->keyword) == "password" && option->val != nullptr && *option->val != '\0')
      return true;
  return false;
}

base::Error refusal(PGconn* connection) {
  if (PQconnectionNeedsPassword(connection) == 1) return error_of_state("28P01");
  const auto state = state_in(PQerrorMessage(connection));
  return state.empty() ? base::Error(ErrorKind::unavailable, "postgres.not_connected")
                       : error_of_state(state);
}

}  // namespace

base::Status Connecting::check(const ConnectionSettings& settings) {
  if (settings.connection.empty()) return {};
  if (!settings.service.empty())
    return base::Error(ErrorKind::bad_configuration, "postgres.connection_and_service");
  const std::unique_ptr<PQconninfoOption, FreeOptions> options(
      PQconninfoParse(settings.connection.c_str(), nullptr));
  if (options == nullptr) return base::Error(ErrorKind::bad_configuration, "postgres.bad_connection");
  if (gives_password(options.get()))
    return base::Error(ErrorKind::bad_configuration, "postgres.password_in_configuration");
  return {};
}

base::Status Connecting::start(Connection& connection) {
  const auto& settings = connection.settings_;
  // dbname may hold a whole connection string, which later keywords complete or overrule.
  std::vector<std::pair<const char*, const char*>> given{
      {"dbname", settings.connection.c_str()},
      {"client_encoding", "UTF8"},
      {"application_name", settings.application_name.c_str()}};
  if (!settings.service.empty()) given.emplace_back("service", settings.service.c_str());
  if (!settings.password_file.empty()) given.emplace_back("passfile", settings.password_file.c_str());
  std::vector<const char*> keywords, values;
  for (const auto& [keyword, value] : given) {
    keywords.push_back(keyword);
    values.push_back(value);
  }
  keywords.push_back(nullptr);
  values.push_back(nullptr);
  connection.connection_.reset(PQconnectStartParams(keywords.data(), values.data(), 1));
  if (connection.connection_ == nullptr) return base::Error(ErrorKind::environment, "plugin.out_of_memory");
  PQsetErrorVerbosity(connection.connection_.get(), PQERRORS_SQLSTATE);
  PQsetNoticeReceiver(connection.connection_.get(), Connection::note_notice, &connection);
  return {};
}

base::Status Connecting::run(Connection& connection) {
  MUSUBI_TRY(start(connection));
  auto* const server = connection.connection_.get();
  const auto deadline = Clock::now() + connection.settings_.connect_timeout;
  auto step = PQstatus(server) == CONNECTION_BAD ? PGRES_POLLING_FAILED : PGRES_POLLING_WRITING;
  while (step != PGRES_POLLING_OK) {
    if (step == PGRES_POLLING_FAILED) return refusal(server);
    const short events = step == PGRES_POLLING_READING ? POLLIN : POLLOUT;
    if (!ready_before(PQsocket(server), events, deadline))
      return base::Error(ErrorKind::unavailable, "postgres.not_connected");
    step = PQconnectPoll(server);
  }
  PQsetnonblocking(server, 1);
  return {};
}

}  // namespace musubi::postgres_sink
