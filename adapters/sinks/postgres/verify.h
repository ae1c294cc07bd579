// Whether what is stored agrees with itself.
#pragma once

#include "connection.h"
#include "musubi/model/catalogue.h"

namespace musubi::postgres_sink {

/// Reads every table once, as of one moment. Error: environment postgres.damaged, with the table and the
/// check that failed: a word in the current table and in history; history, items or late words of a case or
/// word that is not there; a row whose layout is not there; more or fewer words than the receipts
/// acknowledge.
base::Status verify_store(Connection& connection, const model::Catalogue& catalogue);

}  // namespace musubi::postgres_sink
