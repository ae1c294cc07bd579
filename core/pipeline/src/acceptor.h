// Second stage: links each record to its case, decides its disposition, and writes batch, cases and outbox
// into the ledger in one transaction.
#pragma once

#include <chrono>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "musubi/base/result.h"
#include "musubi/ledger/ledger.h"
#include "musubi/linkage/linkage.h"
#include "musubi/pipeline/road.h"
#include "musubi/privacy/routes.h"
#include "prepared_batch.h"

namespace musubi::pipeline {

/// What is the same for every batch of a part.
struct DeliveryTerms {
  std::string source;
  std::string jurisdiction;
  std::int64_t submission = 0;
  model::FieldNumber event_date = model::kNoField;
  model::FieldNumber withdrawn = model::kNoField;  ///< says that the case is taken back
  std::chrono::sys_days received_day;
};

/// Threads: one at a time (the ledger's writer).
class Acceptor {
 public:
  /// `gates`, one per route, say beforehand whether a recipient may see anything of a record: one of which
  /// nobody may is held, not counted as delivered to nobody.
  Acceptor(ledger::Ledger& ledger, ledger::PartInfo part, model::FieldNumber local_id,
           std::span<const privacy::Route> routes, std::vector<privacy::Protector> gates,
           const DeliveryTerms& terms, PartReport& report);

  /// One ledger transaction; what is to be delivered comes back. Retires `receipts` in the same transaction.
  base::Result<Outgoing> accept(const PreparedBatch& batch, std::span<const ledger::Delivered> receipts);
  /// The rest of a part that could not be read: one entry in review, so that no byte is lost from the books.
  base::Status accept_damage(const base::Error& damage, const model::RecordOrigin& rest);
  /// A batch of the one record that was held under `held`: it leaves quarantine, and stays pinned to what it
  /// was read with. Empty: it contradicts what its own submission said of the case, and stays.
  base::Result<std::optional<Outgoing>> resolve(const PreparedBatch& batch, std::int64_t held,
                                                std::string_view by, const ledger::Pin& read_with);
  std::uint64_t rows_done() const noexcept { return part_.rows_done; }

 private:
  void accept_entry(const PreparedBatch& batch, const Entry& entry, std::size_t& finding, Outgoing& out);
  /// Fills in case, version and disposition; false: held, with row.reason.
  bool link(const PreparedBatch& batch, const Entry& entry, ledger::RecordRow& row, Outgoing& out);
  void hold(ledger::RecordRow row, ledger::Disposition disposition, std::string_view reason);
  void open_outbox(Outgoing& out, std::uint64_t first_row, std::uint64_t last_row);
  void count(ledger::Disposition disposition, std::string_view reason);
  void count_quality(const model::RecordBatch& records);

  /// Whether the record withdraws its case (取下げ).
  bool takes_back(const model::RecordBatch& records, std::uint32_t record) const;
  bool anybody_may_see(const model::RecordBatch& records, std::uint32_t record);

  ledger::Ledger& ledger_;
  ledger::PartInfo part_;
  model::FieldNumber local_id_;
  std::span<const privacy::Route> routes_;
  std::vector<privacy::Protector> gates_;  ///< by index of route
  DeliveryTerms terms_;
  PartReport& report_;
  std::string findings_json_;
};

/// Findings of one record as compact JSON: [{"code":"...","severity":"...","field":"...","column":"..."}].
void append_findings_json(std::string& out, const model::RecordLayout& layout,
                          std::span<const model::Finding> findings);

}  // namespace musubi::pipeline
