// The PostgreSQL server that the tests of one program share; each test has a schema of its own.
#pragma once

#include <string>

#include "connection_settings.h"
#include "postgres_server.h"

namespace musubi::test {

/// Started when first asked for.
testing::PostgresServer& shared_postgres();

/// To a schema that is not there yet.
postgres_sink::ConnectionSettings fresh_schema(const testing::PostgresServer& server = shared_postgres());

}  // namespace musubi::test
