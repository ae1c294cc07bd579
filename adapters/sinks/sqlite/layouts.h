// The table record_layout.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "database.h"
#include "stored_layout.h"

namespace musubi::sqlite_sink {

using sinks::StoredLayout;

class Layouts {
 public:
  static base::Result<Layouts> load(const Database& database);

  /// The stored layout like `layout`; added, within the caller's transaction, when there is none yet.
  base::Result<std::int64_t> number_of(const model::RecordLayout& layout, const Database& database);
  /// Nullptr when there is none of this number.
  const StoredLayout* find(std::int64_t number) const noexcept;

 private:
  std::vector<StoredLayout> layouts_;
};

}  // namespace musubi::sqlite_sink
