#include "server_checks.h"

namespace musubi::postgres_sink {
namespace {

using base::ErrorKind;

constexpr std::int64_t kOldestServer = 130'000;
constexpr const char* kQuestions =
    "SELECT current_setting('server_version_num'), current_setting('server_encoding'), "
    "pg_is_in_recovery() OR current_setting('default_transaction_read_only') = 'on', "
    "current_setting('synchronous_commit'), current_setting('fsync') = 'on'";

}  // namespace

base::Result<ServerNature> check_server(Connection& connection, Connection::Purpose purpose) {
  MUSUBI_ASSIGN(const auto answer, connection.ask(kQuestions));
  if (answer.integer(0, 0) < kOldestServer)
    return base::Error(ErrorKind::environment, "postgres.server_too_old",
                       {{"needed", std::to_string(kOldestServer / 10'000)}});
  if (answer.text(0, 1) != "UTF8") return base::Error(ErrorKind::bad_configuration, "postgres.not_utf8");
  const ServerNature nature{answer.boolean(0, 4)};
  if (purpose == Connection::Purpose::reading) return nature;
  if (answer.boolean(0, 2)) return base::Error(ErrorKind::unavailable, "postgres.read_only");
  if (answer.text(0, 3) == "off") MUSUBI_TRY(connection.run("SET synchronous_commit = on"));
  return nature;
}

}  // namespace musubi::postgres_sink
