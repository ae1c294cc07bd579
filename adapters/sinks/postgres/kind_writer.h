// Writes the records of one kind: decides for each what the store already knows of its case, and then writes
// together all that share a fate.
//
// Every version's own words are kept: those of the newest in the current row, in the columns its layout
// speaks of, and those of all others in history. The current row is always what comes of laying all known
// versions over each other in their order (version_order.h), each with the fields its layout speaks of; so
// the order of arrival does not matter.
#pragma once

#include "fates.h"
#include "musubi/plugin/sink.h"

namespace musubi::postgres_sink {

class KindWriter {
 public:
  /// Connection and layouts outlive the writer.
  KindWriter(Connection& connection, Layouts& layouts, sinks::KindTables tables);
  KindWriter(const KindWriter&) = delete;
  KindWriter& operator=(const KindWriter&) = delete;

  /// Within the caller's transaction, the store being locked. `layout` is the number of the disclosure's; the
  /// receipt is added to.
  base::Status store(const model::Disclosure& disclosure, std::int64_t layout, const DeliveryFrame& frame,
                     plugin::Receipt& receipt);

 private:
  struct Delivery {
    const model::Disclosure& disclosure;
    const DeliveryFrame& frame;
    LayoutPlan& plan;
  };
  base::Status write(const Delivery& delivery, const Fates& fates);
  base::Status copy(const Delivery& delivery, const Words& words, const std::string& sql);
  base::Status supersede(const Delivery& delivery, std::span<const Superseding> words);
  base::Status stage(const Delivery& delivery, std::span<const Superseding> words);
  base::Status copy_groups(const Delivery& delivery, const Words& words);
  base::Status copy_group(const Delivery& delivery, const Words& words, GroupPlan& group);

  Connection* connection_;
  Layouts* layouts_;
  const sinks::KindTables tables_;
  CaseBook book_;
  Plans plans_;
  bool has_staging_ = false;  ///< this session has made its staging table
};

}  // namespace musubi::postgres_sink
