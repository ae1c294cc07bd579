// Streams stored records back as values.
#pragma once

#include <memory>

#include "database.h"
#include "musubi/plugin/sink.h"

namespace musubi::sqlite_sink {

/// As plugin::Sink::read. The records are those of one moment, whatever is delivered meanwhile.
base::Status read_records(Database& database, const std::shared_ptr<const model::Catalogue>& catalogue,
                          const plugin::ReadRequest& request, const plugin::RecordVisitor& visit);

}  // namespace musubi::sqlite_sink
