// What a batch has in hand before it is written: the cases it read and changed, and its record rows. Kept in
// memory, so that a case is read once and written once per batch, and rows are inserted by one statement.
#pragma once

#include <array>
#include <cstdint>
#include <memory_resource>
#include <optional>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "musubi/ledger/ledger.h"

namespace musubi::ledger {

inline constexpr std::size_t kDispositions = 6;
constexpr std::size_t index_of(Disposition disposition) { return static_cast<std::size_t>(disposition); }
constexpr bool goes_out(Disposition disposition) {
  return disposition == Disposition::deliver || disposition == Disposition::late;
}
constexpr bool is_held(Disposition disposition) {
  return disposition == Disposition::in_review || disposition == Disposition::rejected ||
         disposition == Disposition::dead_letter;
}

/// Changes to the counters of a part and of its source and day.
struct Movement {
  std::int64_t received = 0;
  std::array<std::int64_t, kDispositions> records{};
};

inline constexpr std::uint64_t kMostRows = 0xFFFFFFFF;
constexpr std::int64_t record_id(std::int64_t part, std::uint64_t row) {
  return (part << 32) | static_cast<std::int64_t>(row);
}
constexpr std::int64_t part_of(std::int64_t record) { return record >> 32; }
constexpr std::uint64_t row_of(std::int64_t record) { return static_cast<std::uint64_t>(record) & kMostRows; }

/// A plain decimal number without sign and leading zeros, of up to 18 digits: stored as a number.
std::optional<std::int64_t> plain_number(std::string_view local_id) noexcept;

struct CaseKey {
  std::int64_t source = 0;
  std::string_view local_id;
  friend bool operator==(const CaseKey&, const CaseKey&) = default;
};
struct CaseKeyHash {
  std::size_t operator()(const CaseKey& key) const noexcept {
    return std::hash<std::string_view>{}(key.local_id) ^
           static_cast<std::size_t>(key.source) * 0x9E3779B97F4A7C15;
  }
};

struct CaseEntry {
  KnownCase now;
  std::int64_t newest_record = 0;  ///< 0: none yet
  bool stored = false;             ///< there is a row of it in the file
  bool touched = false;            ///< differs from that row
};

struct PendingRecord {
  std::int64_t id = 0, line = 0, byte = 0, length = 0, case_number = 0, version = 0, reason = 0, findings = 0,
               previous = 0;  ///< 0: none
  Disposition disposition = Disposition::in_review;
};

struct RecordOfCase {
  std::int64_t record = 0, case_number = 0;
};

struct RowRange {
  std::int64_t part = 0;
  std::uint64_t first = 0, last = 0;
  friend auto operator<=>(const RowRange&, const RowRange&) = default;
};
/// Sorted, overlapping and adjoining ranges made one.
std::vector<RowRange> merged(std::vector<RowRange> ranges);
bool covers(const std::vector<RowRange>& merged_ranges, std::int64_t record);

class Batch {
 public:
  using Cases = std::pmr::unordered_map<CaseKey, CaseEntry, CaseKeyHash>;
  using TouchedCase = Cases::value_type*;

  Batch();
  void begin(std::int64_t part);
  void clear();
  bool open() const { return part_ != 0; }
  std::int64_t part() const { return part_; }

  /// nullptr: not looked up in this batch yet.
  Cases::value_type* find(CaseKey key);
  Cases::value_type& add(CaseKey key, const CaseEntry& entry);
  /// Merges what is said now into what is known: content, as_of and submission only move forward.
  void put(Cases::value_type& of, const KnownCase& now);
  void add(const PendingRecord& record);

  /// Links each record that goes out to the earlier one of its case; those whose case was not put in this
  /// batch join the strays.
  void chain();

  const std::vector<PendingRecord>& records() const { return records_; }
  /// Cases to insert or update; after chain(), in order of their number.
  const std::vector<TouchedCase>& touched() const { return touched_; }

  Movement movement;
  std::vector<RowRange> outbox;      ///< opened in this batch
  std::vector<RecordOfCase> strays;  ///< records that go out and still have to be linked to their case

 private:
  TouchedCase touched_case(std::int64_t number);

  std::int64_t part_ = 0;
  std::size_t usual_ = 64;  ///< records expected of the next batch
  static constexpr std::size_t kMemory = 1U << 20;
  std::unique_ptr<std::byte[]> memory_;  ///< what arena_ begins with, batch after batch
  std::pmr::monotonic_buffer_resource arena_;
  std::optional<Cases> cases_;
  std::vector<PendingRecord> records_;
  std::vector<TouchedCase> touched_;
  std::size_t hint_ = 0;
};

}  // namespace musubi::ledger
