// The table record_layout.
#pragma once

#include <vector>

#include "connection.h"
#include "stored_layout.h"

namespace musubi::postgres_sink {

class Layouts {
 public:
  base::Status load(Connection& connection);

  /// The stored layout like `layout`; added, within the caller's transaction, when there is none yet. Another
  /// hub may have added it meanwhile, so an unknown one is looked for again first.
  base::Result<std::int64_t> number_of(const model::RecordLayout& layout, Connection& connection);
  /// Nullptr when there is none of this number.
  const sinks::StoredLayout* find(std::int64_t number) const noexcept {
    return sinks::find_layout(layouts_, number);
  }

 private:
  std::int64_t known(const sinks::StoredLayout& wanted) const noexcept;

  std::vector<sinks::StoredLayout> layouts_;
};

}  // namespace musubi::postgres_sink
