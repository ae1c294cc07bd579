// What a server must be like before anything is entrusted to it.
#pragma once

#include "connection.h"

namespace musubi::postgres_sink {

struct ServerNature {
  bool fsync = true;  ///< false: a power cut may lose what was committed
};

/// Errors: postgres.server_too_old, postgres.not_utf8; for writing also postgres.read_only. Where the server
/// commits without waiting for its disk (synchronous_commit = off), this session is made to wait.
base::Result<ServerNature> check_server(Connection& connection, Connection::Purpose purpose);

}  // namespace musubi::postgres_sink
