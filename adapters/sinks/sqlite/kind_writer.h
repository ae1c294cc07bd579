// Writes the records of one kind: decides for each what the store already knows of its case.
//
// Every version's own words are kept: those of the newest in the current row, in the columns its layout
// speaks of, and those of all others in history. The current row is always what comes of laying all known
// versions over each other in their order (version_order.h), each with the fields its layout speaks of; so
// the order of arrival does not matter.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "case_book.h"
#include "layout_writer.h"

namespace musubi::sqlite_sink {

class KindWriter {
 public:
  /// Database and layouts outlive the writer.
  static base::Result<std::unique_ptr<KindWriter>> make(const Database& database, const Layouts& layouts,
                                                        const model::Catalogue& catalogue,
                                                        model::RecordKind kind);

  /// Call once per disclosure, before the first store().
  base::Status begin();
  /// False: the version is there already, and nothing was written. `layout` is that of `values`.
  base::Result<bool> store(std::int64_t layout, const DeliveryFrame& frame, const model::DisclosureKey& key,
                           std::span<const model::Value> values);

 private:
  struct Word {
    LayoutWriter& writer;
    const DeliveryFrame& frame;
    const model::DisclosureKey& key;
    std::span<const model::Value> values;
    bool late() const noexcept { return key.position == model::Position::historical; }
  };

  KindWriter(const Database& database, const Layouts& layouts, KindTables tables)
      : database_(&database), layouts_(&layouts), tables_(std::move(tables)) {}
  base::Result<LayoutWriter*> writer_for(std::int64_t layout);

  base::Status store_first(const Word& word);
  base::Result<bool> store_further(const Word& word);
  base::Status supersede(const Word& word);
  base::Status insert_among(const Word& word);
  base::Status archive_current(std::int64_t record);
  base::Status rebuild(std::int64_t record);
  base::Result<bool> says_nothing_more(const Word& word);

  const Database* database_;
  const Layouts* layouts_;
  KindTables tables_;
  CaseBook book_;
  std::map<std::int64_t, std::unique_ptr<LayoutWriter>> writers_;
  std::int64_t highest_ = 0;  ///< record number in the current table
  CurrentRow row_;            ///< of the case at hand
};

}  // namespace musubi::sqlite_sink
