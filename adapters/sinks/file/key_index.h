// The index beside a file of records: which versions it holds and how long it is as far as it was completed.
// A block per delivery is the delivery's commit:
//
//   v <record> <version>          one line per record
//   = <length> <check>            length of the file then, and a digest over the block
//
// A block that does not end in its line, or not rightly, was being written when the program ended: it does
// not count.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_set>

#include "musubi/model/disclosure.h"

namespace musubi::file_sink {

struct VersionKey {
  std::int64_t record = 0;
  std::uint32_t version = 0;
  friend bool operator==(const VersionKey&, const VersionKey&) = default;
};

struct VersionHash {
  std::size_t operator()(const VersionKey& key) const noexcept;
};
using VersionKeys = std::unordered_set<VersionKey, VersionHash>;

class KeyIndex {
 public:
  /// Reads the blocks of an index; `valid_bytes()` is how much of it counts.
  static KeyIndex read(std::string_view bytes);

  bool holds(VersionKey key) const { return keys_.contains(key); }
  std::uint64_t length() const noexcept { return length_; }  ///< of the file as far as it was completed
  std::uint64_t valid_bytes() const noexcept { return valid_bytes_; }

  /// What to write for a delivery after which the file has this length.
  static std::string block(const VersionKeys& keys, std::uint64_t length);
  /// The block has been written.
  void add(const VersionKeys& keys, std::uint64_t length, std::uint64_t block_bytes);

 private:
  VersionKeys keys_;
  std::uint64_t length_ = 0, valid_bytes_ = 0;
};

}  // namespace musubi::file_sink
