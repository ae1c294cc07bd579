#include "case_reader.h"

#include <algorithm>

namespace musubi::ledger {
namespace {

constexpr std::size_t kWindow = 512;
constexpr int kRun = 16;            ///< ascending ids before reading ahead
constexpr int kDiscouraged = 4096;  ///< ids to wait after a window that was of little use
constexpr std::int64_t kLargestNumber = 999'999'999'999'999'999;

CaseEntry entry_in(const sqlite::Statement& row) {
  CaseEntry entry;
  entry.now = {row.integer(0),
               {row.natural(1), row.natural(2)},
               row.small(3),
               row.integer(4),
               static_cast<std::uint32_t>(row.integer(5))};
  entry.newest_record = row.integer(6);
  entry.stored = true;
  return entry;
}

constexpr std::string_view kColumns = "number, high, low, as_of, submission, version, newest_record";

}  // namespace

CaseReader::CaseReader(sqlite::Database& database)
    : find_(database.prepare("SELECT " + std::string(kColumns) +
                             " FROM cases WHERE source = ?1 AND local_id = ?2")),
      find_from_(database.prepare("SELECT " + std::string(kColumns) +
                                  ", local_id FROM cases WHERE source = ?1 AND local_id BETWEEN ?2 AND ?3"
                                  " ORDER BY local_id LIMIT ?4")) {}

CaseEntry CaseReader::read(CaseKey key) {
  const auto number = plain_number(key.local_id);
  if (number && !in_window(key.source, *number) && worth_reading_ahead(key.source, *number)) {
    read_ahead(key.source, *number);
  }
  if (number && in_window(key.source, *number)) return from_window(*number);
  if (number) {
    find_.with(key.source, *number);
  } else {
    find_.with(key.source, sqlite::Borrowed{key.local_id});
  }
  if (!find_.next()) return {};
  const auto entry = entry_in(find_);
  find_.rewind();
  return entry;
}

void CaseReader::forget() {
  window_.clear();
  to_ = -1;
  from_ = 0;
}

bool CaseReader::in_window(std::int64_t source, std::int64_t local_id) const {
  return source == source_ && local_id >= from_ && local_id <= to_;
}

CaseEntry CaseReader::from_window(std::int64_t local_id) {
  ++used_;
  const auto before = [](const Ahead& each, std::int64_t sought) { return each.local_id < sought; };
  if (next_ >= window_.size() || window_[next_].local_id != local_id) {
    next_ = static_cast<std::size_t>(std::lower_bound(window_.begin(), window_.end(), local_id, before) -
                                     window_.begin());
  }
  if (next_ >= window_.size() || window_[next_].local_id != local_id) return {};
  return window_[next_++].entry;
}

bool CaseReader::worth_reading_ahead(std::int64_t source, std::int64_t local_id) {
  const bool ascending = source == last_source_ && local_id > last_local_;
  last_source_ = source;
  last_local_ = local_id;
  run_ = ascending || run_ < 0 ? run_ + 1 : 0;
  return run_ >= kRun;
}

void CaseReader::read_ahead(std::int64_t source, std::int64_t local_id) {
  if (window_.size() == kWindow && used_ < kWindow / 8) run_ = -kDiscouraged;
  window_.clear();
  next_ = used_ = 0;
  source_ = source;
  from_ = local_id;
  find_from_.with(source, local_id, kLargestNumber, kWindow);
  while (find_from_.next()) window_.push_back({find_from_.integer(7), entry_in(find_from_)});
  to_ = window_.size() < kWindow ? kLargestNumber : window_.back().local_id;
}

}  // namespace musubi::ledger
