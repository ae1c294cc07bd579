// Making a connection: step by step, so that the time limit is ours and the server's refusal has a SQLSTATE.
#pragma once

#include "connection.h"

namespace musubi::postgres_sink {

class Connecting {
 public:
  /// What cannot be right whatever the server says. Errors: as Connection::open, bad_configuration.
  static base::Status check(const ConnectionSettings& settings);
  /// Connects `connection`, which is new.
  static base::Status run(Connection& connection);

 private:
  static base::Status start(Connection& connection);
};

}  // namespace musubi::postgres_sink
