// Bringing a schema up to the catalogue.
#pragma once

#include "connection.h"
#include "musubi/model/catalogue.h"

namespace musubi::postgres_sink {

/// Whether what is stored can be read with this catalogue. Errors: adapter.store_missing,
/// adapter.store_older, postgres.schema_newer, postgres.schema_foreign.
base::Status check_readable(Connection& connection, const model::Catalogue& catalogue);

/// Creates what is missing, in one transaction: the schema, tables, columns for fields that are new in the
/// catalogue. Nothing is ever dropped but the views, which are made anew. Hubs that start together wait for
/// each other. Where nothing is missing nothing is changed, so that a role that may only write is enough.
/// Errors: postgres.schema_newer, postgres.schema_foreign; postgres.not_permitted for a role that would have
/// to create.
base::Status bring_up_to_date(Connection& connection, const model::Catalogue& catalogue);

}  // namespace musubi::postgres_sink
