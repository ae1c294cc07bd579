#include "sets.h"

#include <functional>

#include "comparing.h"

namespace musubi::fhirpath {
namespace {

constexpr std::uint32_t kFewValues = 12;  ///< up to here, comparing each with each is faster

/// Equal items have equal hashes. Dates and times can be equal in many forms, and quantities in many units:
/// one hash for each of those kinds.
std::size_t hash_of(Run& run, const Value& item) {
  const auto value = run.system_value(item);
  switch (value.kind()) {
    case ValueKind::boolean:
      return value.boolean() ? 1 : 2;
    case ValueKind::integer:
    case ValueKind::decimal:
      return fhirpath::hash_of(decimal_of(value));
    case ValueKind::string:
      return std::hash<std::string_view>()(value.text());
    case ValueKind::node: {
      std::size_t hash = 5 + value.node().child_count;
      for (const auto& child : value.resource().children(value.node())) {
        hash = hash * 31 + value.resource().hash_of(child);
        if (value.node().child_count > 1 && child.leaf == LeafKind::text && child.type == kNoType) {
          hash ^= std::hash<std::string_view>()(child.text);
        }
      }
      return hash;
    }
    default:
      return 3;
  }
}

bool keep_distinct_few(Run& run, std::uint32_t mark, std::uint32_t count) {
  std::uint32_t kept = 0;
  for (std::uint32_t index = 0; index < count; ++index) {
    const auto value = *run.at(mark + index);
    if (holds(run, {run.at(mark), kept}, value)) continue;
    *run.at(mark + kept++) = value;
  }
  run.drop(mark + kept);
  return !run.failed();
}

}  // namespace

bool keep_distinct(Run& run, std::uint32_t mark) {
  const auto count = run.count_from(mark);
  if (count <= 1) return true;
  if (count <= kFewValues) return keep_distinct_few(run, mark, count);
  ValueSet seen(run);
  std::uint32_t kept = 0;
  for (std::uint32_t index = 0; index < count && !run.failed(); ++index) {
    const auto value = *run.at(mark + index);
    if (seen.add(value)) *run.at(mark + kept++) = value;
  }
  run.drop(mark + kept);
  return !run.failed();
}

bool ValueSet::in_bucket(std::size_t hash, const Value& value) const {
  if (run_.failed()) return true;  // whoever asked stops soon: nothing more is compared
  if (buckets_.empty()) return false;
  for (auto at = buckets_[hash % buckets_.size()]; at != 0; at = entries_[at - 1].next) {
    const auto& entry = entries_[at - 1];
    if (entry.hash == hash && equal_items(run_, entry.value, value) == Truth::yes) return true;
  }
  return false;
}

bool ValueSet::contains(const Value& value) const { return in_bucket(hash_of(run_, value), value); }

bool ValueSet::add(const Value& value) {
  const auto hash = hash_of(run_, value);
  if (in_bucket(hash, value)) return false;
  entries_.push_back({.hash = hash, .value = value});
  if (entries_.size() * 2 > buckets_.size()) {
    grow();
  } else {
    auto& bucket = buckets_[hash % buckets_.size()];
    entries_.back().next = std::exchange(bucket, static_cast<std::uint32_t>(entries_.size()));
  }
  return true;
}

void ValueSet::grow() {
  buckets_.assign(std::max<std::size_t>(16, buckets_.size() * 2), 0);
  for (std::uint32_t index = 0; index < entries_.size(); ++index) {
    auto& bucket = buckets_[entries_[index].hash % buckets_.size()];
    entries_[index].next = std::exchange(bucket, index + 1);
  }
}

}  // namespace musubi::fhirpath
