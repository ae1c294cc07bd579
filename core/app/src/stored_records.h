// Stored records as a role may see them: read from a sink, protected by the same policies that guard
// delivery.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "musubi/base/result.h"
#include "musubi/model/disclosure.h"
#include "workshop.h"

namespace musubi::app {

struct StoredQuery {
  std::string sink = "central";
  std::string role;
  model::RecordKind kind = model::RecordKind::case_report;
  std::vector<model::FieldNumber> fields;  ///< empty: all
  bool history = false;
  bool withdrawn = false;  ///< cases that were taken back too; with history they always are
};

/// Error: app.query.role_unknown for a role that no route and no policy rule names.
base::Status check_role(Workshop& workshop, const std::string& role);

/// Called with one protected record after the other.
using DisclosedVisitor = std::function<void(const model::Disclosure& disclosure, std::size_t index)>;

/// Returns how many records were left out because they were taken back.
base::Result<std::uint64_t> visit_stored(Workshop& workshop, const StoredQuery& query,
                                         const DisclosedVisitor& visit);

}  // namespace musubi::app
