// A PostgreSQL server of the test's own: its data, socket and log in a temporary folder, gone afterwards. It
// hears on a Unix socket only.
#pragma once

#include <sys/types.h>

#include <filesystem>
#include <string>
#include <vector>

#include "temporary_folder.h"

namespace musubi::testing {

class PostgresServer {
 public:
  /// Why no server can be started here, in a sentence; empty where one can. MUSUBI_POSTGRES_BIN names another
  /// folder of binaries than Debian's.
  static std::string missing();

  /// A fresh cluster, started. `settings`: "name=value" of postgresql.conf. Throws std::runtime_error.
  explicit PostgresServer(std::vector<std::string> settings = {});
  ~PostgresServer();
  PostgresServer(const PostgresServer&) = delete;
  PostgresServer& operator=(const PostgresServer&) = delete;

  /// A connection string for the superuser.
  std::string connection() const;
  std::filesystem::path socket() const;  ///< for a proxy
  const std::filesystem::path& folder() const { return folder_.path(); }
  pid_t pid() const { return pid_; }

  void start(const std::vector<std::string>& more_settings = {});
  /// SIGINT: fast, SIGQUIT: immediate, SIGKILL: as when the machine stops it. Returns when it is gone.
  void stop(int signal);
  /// The first row of the answer, its columns ended by '|', NULL as "NULL"; empty for commands. A session of
  /// its own.
  std::string sql(const std::string& query) const;

 private:
  std::filesystem::path log() const { return folder() / "server.log"; }

  TemporaryFolder folder_;
  std::vector<std::string> settings_;
  pid_t pid_ = 0;
};

}  // namespace musubi::testing
