#include "redelivery.h"

#include <algorithm>
#include <limits>
#include <unordered_map>

#include "books.h"
#include "deliverer.h"
#include "opened_part.h"
#include "part_reader.h"

namespace musubi::pipeline {
namespace {

using ledger::Disposition;

/// Row number → what the ledger accepted of it.
using Accepted = std::unordered_map<std::uint64_t, ledger::Replayed>;

/// Rows that were read with the same mapping. A row that was held first has a pin of its own.
struct ReadAlike {
  ledger::Pin pin;
  Accepted rows;
};

std::vector<ReadAlike> accepted_rows(const Equipment& equipment, const ledger::Pin& of_part,
                                     const ledger::OutboxRow& row) {
  std::vector<ReadAlike> groups{{of_part, {}}};
  for (const auto& each : equipment.ledger->records_between(row.part, row.first_row, row.last_row)) {
    const bool goes_out = each.disposition == Disposition::deliver || each.disposition == Disposition::late;
    if (!goes_out) continue;
    const auto& pin = each.pin ? *each.pin : of_part;
    auto group = std::ranges::find(groups, pin, &ReadAlike::pin);
    if (group == groups.end()) group = groups.insert(group, ReadAlike{pin, {}});
    group->rows.emplace(each.row, each);
  }
  return groups;
}

bool has_error(const PreparedBatch& batch, std::uint32_t record) {
  return std::ranges::any_of(batch.records->findings(), [record](const model::Finding& finding) {
    return finding.record == record && finding.severity == model::Severity::error;
  });
}

/// Reads the rows of an outbox row with one mapping and gathers those that were accepted.
class Gathering {
 public:
  Gathering(const Equipment& equipment, const Tuning& tuning, const Submitted& submitted)
      : equipment_(equipment), tuning_(tuning), submitted_(submitted) {
    tuning_.batch_bytes =
        std::numeric_limits<std::size_t>::max();  // the rows of one outbox row are one batch
  }

  /// Takes out of `wanted` what it finds. A record that has errors with this mapping stays there.
  base::Result<Outgoing> gather(const std::shared_ptr<const mapping::Mapping>& mapping,
                                const ledger::OutboxRow& row, Accepted& wanted) const {
    MUSUBI_ASSIGN(const auto opened,
                  reopen(equipment_, submitted_.submission, submitted_.part.name, {mapping}));
    const auto today = base::day_in_japan(equipment_.clock->now());
    MUSUBI_ASSIGN(auto reader, PartReader::open(*opened.source, opened.submission, opened.part, mapping,
                                                *equipment_.checks, today, tuning_));
    MUSUBI_TRY(reader.skip_rows(row.first_row - 1));
    const auto batch = reader.next(row.last_row - row.first_row + 1);
    Outgoing out;
    out.records = batch.records;
    for (const auto& entry : batch.entries) take(batch, entry, wanted, out);
    return out;
  }

 private:
  void take(const PreparedBatch& batch, const Entry& entry, Accepted& wanted, Outgoing& out) const {
    const auto found = wanted.find(entry.origin.row);
    if (found == wanted.end() || entry.record == Entry::kNoRecord || has_error(batch, entry.record)) return;
    const auto& accepted = found->second;
    const auto position =
        accepted.disposition == Disposition::late ? model::Position::historical : model::Position::current;
    out.chosen.push_back(entry.record);
    out.keys.push_back({accepted.case_number, accepted.version, position, submitted_.part.as_of});
    wanted.erase(found);
  }

  const Equipment& equipment_;
  Tuning tuning_;
  const Submitted& submitted_;
};

base::Error route_missing(const ledger::OutboxRow& row) {
  return base::Error(base::ErrorKind::bad_configuration, "pipeline.route_missing", {{"route", row.route}});
}

base::Result<std::string> deliver_all(const Equipment& equipment, const Submitted& submitted,
                                      const mapping::Mapping& mapping, const ledger::OutboxRow& row,
                                      std::vector<Outgoing>& batches) {
  const auto& head = mapping.head();
  const auto routes = equipment.routes->recipients_for(submitted.submission.source, head.record);
  const auto route = std::ranges::find(routes, row.route, &privacy::Route::id);
  if (route == routes.end()) return route_missing(row);
  MUSUBI_ASSIGN(auto deliverer,
                Deliverer::make(equipment, routes, terms_of(equipment, submitted.submission, head)));
  std::string receipt;
  for (auto& outgoing : batches) {
    outgoing.recipients = {{row.id, static_cast<std::size_t>(route - routes.begin())}};
    MUSUBI_ASSIGN(const auto delivered, deliverer.deliver(outgoing));
    for (const auto& each : delivered) receipt += (receipt.empty() ? "" : " ") + each.receipt;
  }
  return receipt;
}

}  // namespace

base::Status redeliver(const Equipment& equipment, const Tuning& tuning, const ledger::OutboxRow& row) {
  MUSUBI_ASSIGN(const auto submitted, submitted_part(*equipment.ledger, row.part));
  MUSUBI_ASSIGN(const auto of_part, equipment.active->pinned(submitted.part.pin));
  const Gathering gathering(equipment, tuning, submitted);
  std::vector<Outgoing> batches;
  Accepted left;
  for (auto& [pin, rows] : accepted_rows(equipment, submitted.part.pin, row)) {
    if (rows.empty()) continue;
    MUSUBI_ASSIGN(const auto pinned, equipment.active->pinned(pin));
    MUSUBI_ASSIGN(auto outgoing, gathering.gather(pinned, row, rows));
    batches.push_back(std::move(outgoing));
    left.merge(rows);
  }
  const auto today = equipment.in_force->mappings->find(submitted.part.pin.mapping);
  const bool same_rows = today && today->head().for_each == of_part->head().for_each;
  if (!left.empty() &&
      same_rows) {  // they left quarantine before replays were pinned (format 1 of the ledger)
    MUSUBI_ASSIGN(auto replayed, gathering.gather(today, row, left));
    batches.push_back(std::move(replayed));
  }
  if (!left.empty())
    return base::Error(base::ErrorKind::defect, "pipeline.row_missing",
                       {{"row", std::to_string(left.begin()->first)}});
  MUSUBI_ASSIGN(const auto receipt, deliver_all(equipment, submitted, *of_part, row, batches));
  return equipment.ledger->retire_now(row.id, receipt);
}

}  // namespace musubi::pipeline
