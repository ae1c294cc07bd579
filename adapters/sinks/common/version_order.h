// In which order the versions of a case speak. Versions are numbered as the hub came to know them; one that
// was already older than the newest word when it came is marked late. They may reach the store in any order,
// and the same set always gives the same order.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace musubi::sinks {

struct KnownVersion {
  std::uint32_t version = 0;
  std::int32_t as_of = 0;  ///< days since 1970-01-01
  bool late = false;
  std::int64_t layout = 0;
};

/// From the oldest word to the newest. The newest is the highest version that was not late; late ones stand
/// before the version that was newest when they came, among the others by the day they speak of. With nothing
/// but late versions, by that day.
std::vector<KnownVersion> in_order(std::vector<KnownVersion> versions);

}  // namespace musubi::sinks
