#include "batch.h"

#include <algorithm>
#include <cstring>

namespace musubi::ledger {
namespace {

/// Room made beforehand: for as many as the batch before had. A table for many takes longer to clear than one
/// record takes to write.
constexpr std::size_t kLeastBatch = 64, kMostBatch = 16'384;

std::int64_t number_of(Batch::TouchedCase each) { return each->second.now.number; }
bool by_number(Batch::TouchedCase left, Batch::TouchedCase right) {
  return number_of(left) < number_of(right);
}

}  // namespace

std::optional<std::int64_t> plain_number(std::string_view local_id) noexcept {
  if (local_id.empty() || local_id.size() > 18 || (local_id[0] == '0' && local_id.size() > 1)) return {};
  std::int64_t number = 0;
  for (const char each : local_id) {
    if (each < '0' || each > '9') return {};
    number = number * 10 + (each - '0');
  }
  return number;
}

std::vector<RowRange> merged(std::vector<RowRange> ranges) {
  std::sort(ranges.begin(), ranges.end());
  std::vector<RowRange> result;
  for (const auto& each : ranges) {
    if (!result.empty() && result.back().part == each.part && each.first <= result.back().last + 1) {
      result.back().last = std::max(result.back().last, each.last);
    } else {
      result.push_back(each);
    }
  }
  return result;
}

bool covers(const std::vector<RowRange>& merged_ranges, std::int64_t record) {
  const RowRange sought{part_of(record), row_of(record), kMostRows + 1};
  const auto after = std::upper_bound(merged_ranges.begin(), merged_ranges.end(), sought);
  if (after == merged_ranges.begin()) return false;
  const auto& before = *std::prev(after);
  return before.part == sought.part && before.last >= sought.first;
}

Batch::Batch()
    : memory_(std::make_unique_for_overwrite<std::byte[]>(kMemory)), arena_(memory_.get(), kMemory) {}

void Batch::begin(std::int64_t part) {
  clear();
  part_ = part;
  cases_.emplace(usual_, CaseKeyHash{}, std::equal_to<CaseKey>{}, &arena_);
  records_.reserve(usual_);
}

void Batch::clear() {
  part_ = 0;
  if (cases_) usual_ = std::clamp(records_.size(), kLeastBatch, kMostBatch);
  cases_.reset();
  arena_.release();
  records_.clear();
  touched_.clear();
  movement = {};
  outbox.clear();
  strays.clear();
}

Batch::Cases::value_type* Batch::find(CaseKey key) {
  const auto found = cases_->find(key);
  return found == cases_->end() ? nullptr : &*found;
}

Batch::Cases::value_type& Batch::add(CaseKey key, const CaseEntry& entry) {
  if (!key.local_id.empty()) {
    auto* copy = static_cast<char*>(arena_.allocate(key.local_id.size(), 1));
    std::memcpy(copy, key.local_id.data(), key.local_id.size());
    key.local_id = {copy, key.local_id.size()};
  }
  return *cases_->emplace(key, entry).first;
}

void Batch::put(Cases::value_type& of, const KnownCase& now) {
  auto& entry = of.second;
  if (!entry.touched) touched_.push_back(&of);
  const auto number = entry.now.number;
  const auto version = std::max(entry.now.version, now.version);
  const bool newer = (!entry.stored && !entry.touched) || now.as_of >= entry.now.as_of;
  if (newer) entry.now = now;
  entry.now.number = number;
  entry.now.version = version;
  entry.touched = true;
}

void Batch::add(const PendingRecord& record) {
  records_.push_back(record);
  ++movement.records[index_of(record.disposition)];
}

Batch::TouchedCase Batch::touched_case(std::int64_t number) {
  if (hint_ < touched_.size() && number_of(touched_[hint_]) == number) return touched_[hint_++];
  const auto found =
      std::lower_bound(touched_.begin(), touched_.end(), number,
                       [](TouchedCase each, std::int64_t sought) { return number_of(each) < sought; });
  if (found == touched_.end() || number_of(*found) != number) return nullptr;
  hint_ = static_cast<std::size_t>(found - touched_.begin()) + 1;
  return *found;
}

void Batch::chain() {
  if (!std::is_sorted(touched_.begin(), touched_.end(), by_number)) {
    std::sort(touched_.begin(), touched_.end(), by_number);
  }
  hint_ = 0;
  for (auto& record : records_) {
    if (!goes_out(record.disposition) || record.case_number == 0) continue;
    if (auto* const its_case = touched_case(record.case_number)) {
      record.previous = std::exchange(its_case->second.newest_record, record.id);
    } else {
      strays.push_back({record.id, record.case_number});
    }
  }
}

}  // namespace musubi::ledger
