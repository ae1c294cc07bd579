// The table record_layout: which fields the version of a record speaks of, and which mapping made it. Rows
// are only ever added.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "database.h"
#include "musubi/model/record_batch.h"

namespace musubi::sqlite_sink {

struct StoredLayout {
  std::int64_t number = 0;
  std::string kind, mapping, mapping_version, mapping_digest;
  std::string fields;  ///< ids joined with commas, in order of the catalogue that wrote them

  std::vector<std::string> field_ids() const;
  bool speaks_of(std::string_view field) const;
};

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
