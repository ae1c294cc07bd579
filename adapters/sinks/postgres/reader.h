// Streams stored records back as values, a page at a time.
#pragma once

#include <memory>

#include "connection.h"
#include "musubi/plugin/sink.h"

namespace musubi::postgres_sink {

/// As plugin::Sink::read. The records are those of one moment, whatever is delivered meanwhile; memory is
/// that of a page, however many there are.
base::Status read_records(Connection& connection, const std::shared_ptr<const model::Catalogue>& catalogue,
                          const plugin::ReadRequest& request, const plugin::RecordVisitor& visit);

}  // namespace musubi::postgres_sink
