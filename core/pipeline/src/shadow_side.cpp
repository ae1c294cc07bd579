#include "shadow_side.h"

namespace musubi::pipeline {
namespace {

constexpr std::size_t kRowsAtATime = 1000;

std::uint64_t table_row(const model::RecordOrigin& origin) {
  return origin.table_row == 0 ? origin.row : origin.table_row;
}

}  // namespace

ShadowSide::ShadowSide(const Equipment& equipment, const std::string& source, const OpenedPart& opened,
                       const quality::Checks& checks) {
  if (!opened.mapping) return;
  const auto& head = opened.mapping->head();
  mapping_ = head.id + "@" + head.version;
  for_each_ = head.for_each;
  local_id_ = equipment.catalogue->number_of(head.local_id_field);
  has_recipients_ = !equipment.routes->recipients_for(source, head.record).empty();
  const auto today = base::day_in_japan(equipment.clock->now());
  auto reader = PartReader::open(*opened.source, opened.submission, opened.part, opened.mapping, checks,
                                 today, Tuning{});
  if (reader.has_error()) {
    failure_ = reader.error();
    return;
  }
  reader_.emplace(std::move(*reader));
}

const model::RecordLayout* ShadowSide::layout() const noexcept {
  return reader_ ? reader_->bound().layout().get() : nullptr;
}

void ShadowSide::read_on() {
  if (!reader_ || next_ < batch_.entries.size()) return;
  batch_ = reader_->next(kRowsAtATime);
  next_ = finding_ = 0;
  if (reader_->damage()) failure_ = reader_->damage();
}

std::optional<std::uint64_t> ShadowSide::row() {
  read_on();
  if (next_ >= batch_.entries.size()) return std::nullopt;
  return table_row(batch_.entries[next_].origin);
}

model::Value ShadowSide::key(const ShadowRecord& record) const {
  const int slot = layout() == nullptr ? -1 : layout()->slot(local_id_);
  return slot < 0 || record.values.empty() ? model::Value() : record.values[static_cast<std::size_t>(slot)];
}

/// The order of reasons is the accepting stage's.
std::string_view ShadowSide::held(const Entry& entry) {
  if (entry.record == Entry::kNoRecord) return entry.fault;
  if (const auto* finding = holding(findings_of(*batch_.records, entry.record, finding_)))
    return finding->code;
  if (!has_recipients_) return kNoRecipient;
  return batch_.records->value(entry.record, local_id_).present() ? std::string_view() : kNoLocalId;
}

std::vector<ShadowRecord> ShadowSide::take_row() {
  std::vector<ShadowRecord> records;
  const auto wanted = row();
  while (wanted && next_ < batch_.entries.size() && table_row(batch_.entries[next_].origin) == *wanted) {
    const auto& entry = batch_.entries[next_++];
    ShadowRecord record;
    record.origin = entry.origin;
    record.held = held(entry);
    if (entry.record != Entry::kNoRecord) record.values = batch_.records->values(entry.record);
    records.push_back(record);
  }
  return records;
}

}  // namespace musubi::pipeline
