// How to reach a server, as the options of the sink say it.
#pragma once

#include <chrono>
#include <filesystem>
#include <string>

namespace musubi::postgres_sink {

struct ConnectionSettings {
  std::string connection;               ///< libpq's "host=… dbname=…" or URI; without a password
  std::string service;                  ///< of pg_service.conf, instead
  std::filesystem::path password_file;  ///< as ~/.pgpass; empty: where libpq looks (PGPASSFILE, PGPASSWORD)
  std::string schema = "musubi";
  std::string application_name = "musubi";
  std::chrono::milliseconds statement_timeout{60'000};
  std::chrono::milliseconds connect_timeout{10'000};
};

}  // namespace musubi::postgres_sink
