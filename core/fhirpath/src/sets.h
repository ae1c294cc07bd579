// Collections as sets: what distinct(), |, intersect() and their kin share.
#pragma once

#include <span>

#include "run.h"

namespace musubi::fhirpath {

/// Removes from the stack what is equal to something before it, from `mark` on.
bool keep_distinct(Run& run, std::uint32_t mark);

/// Finds equal items fast: simple values by hash, the rest one by one.
class ValueSet {
 public:
  explicit ValueSet(Run& run) : run_(run) {}
  /// True: it was not in yet, and now is.
  bool add(const Value& value);
  bool contains(const Value& value) const;

 private:
  bool in_bucket(std::size_t hash, const Value& value) const;
  Run& run_;
  std::vector<std::uint32_t> buckets_;  ///< place in entries_ plus one
  struct Entry {
    std::size_t hash = 0;
    Value value;
    std::uint32_t next = 0;
  };
  std::vector<Entry> entries_;
  void grow();
};

}  // namespace musubi::fhirpath
