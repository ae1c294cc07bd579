#include "rereading.h"

#include <algorithm>
#include <limits>
#include <unordered_map>

#include "opened_part.h"

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

/// Takes out of `wanted` what the batch has of it. A record that has errors with this mapping stays there.
Outgoing gathered(const PreparedBatch& batch, std::int32_t as_of, Accepted& wanted) {
  Outgoing out;
  out.records = batch.records;
  for (const auto& entry : batch.entries) {
    const auto found = wanted.find(entry.origin.row);
    if (found == wanted.end() || entry.record == Entry::kNoRecord || has_error(batch, entry.record)) continue;
    const auto& accepted = found->second;
    const bool late = accepted.disposition == Disposition::late;
    out.chosen.push_back(entry.record);
    out.keys.push_back({accepted.case_number, accepted.version,
                        late ? model::Position::historical : model::Position::current, as_of});
    wanted.erase(found);
  }
  return out;
}

}  // namespace

/// A part being read, and how far.
struct Rereading::Open {
  std::int64_t part = 0;
  std::shared_ptr<const mapping::Mapping> mapping;
  OpenedPart opened;
  PartReader reader;
  std::uint64_t rows = 0;  ///< read so far
};

Rereading::Rereading(const Equipment& equipment, const Tuning& tuning)
    : equipment_(&equipment), tuning_(tuning) {
  tuning_.batch_bytes = std::numeric_limits<std::size_t>::max();  // the rows of one outbox row are one batch
}
Rereading::~Rereading() = default;

void Rereading::use(const Equipment& equipment) {
  equipment_ = &equipment;
  open_.reset();
}

base::Result<Rereading::Open*> Rereading::reader_for(const Submitted& submitted,
                                                     const std::shared_ptr<const mapping::Mapping>& mapping,
                                                     std::uint64_t first_row) {
  const bool goes_on =
      open_ && open_->part == submitted.part.id && open_->mapping == mapping && open_->rows < first_row;
  if (!goes_on) {
    open_.reset();
    MUSUBI_ASSIGN(auto opened, reopen(*equipment_, submitted.submission, submitted.part.name, {mapping}));
    const auto today = base::day_in_japan(equipment_->clock->now());
    MUSUBI_ASSIGN(auto reader, PartReader::open(*opened.source, opened.submission, opened.part, mapping,
                                                *equipment_->checks, today, tuning_));
    MUSUBI_ASSIGN(auto corrections, Corrections::of_part(*equipment_->ledger, submitted.part.id, *mapping));
    reader.lay_over(std::move(corrections));
    open_ = std::make_unique<Open>(Open{submitted.part.id, mapping, std::move(opened), std::move(reader)});
  }
  MUSUBI_TRY(open_->reader.skip_rows(first_row - 1 - open_->rows));
  open_->rows = first_row - 1;
  return open_.get();
}

base::Result<Reread> Rereading::read(const ledger::OutboxRow& row) {
  Reread reread;
  MUSUBI_ASSIGN(reread.submitted, submitted_part(*equipment_->ledger, row.part));
  const auto& part = reread.submitted.part;
  MUSUBI_ASSIGN(reread.mapping, equipment_->active->pinned(part.pin));
  const auto gather = [&](const std::shared_ptr<const mapping::Mapping>& mapping,
                          Accepted& wanted) -> base::Status {
    MUSUBI_ASSIGN(auto* open, reader_for(reread.submitted, mapping, row.first_row));
    const auto batch = open->reader.next(row.last_row - row.first_row + 1);
    open->rows = row.last_row;
    reread.batches.push_back(gathered(batch, part.as_of, wanted));
    return {};
  };
  Accepted left;
  for (auto& [pin, rows] : accepted_rows(*equipment_, part.pin, row)) {
    if (rows.empty()) continue;
    MUSUBI_ASSIGN(const auto pinned, equipment_->active->pinned(pin));
    MUSUBI_TRY(gather(pinned, rows));
    left.merge(rows);
  }
  const auto today = equipment_->in_force->mappings->find(part.pin.mapping);
  const bool same_rows = today && today->head().for_each == reread.mapping->head().for_each;
  if (!left.empty() && same_rows)  // they left quarantine before replays were pinned (format 1 of the ledger)
    MUSUBI_TRY(gather(today, left));
  if (left.empty()) return reread;
  return base::Error(base::ErrorKind::defect, "pipeline.row_missing",
                     {{"row", std::to_string(left.begin()->first)}});
}

}  // namespace musubi::pipeline
