#include "version_order.h"

#include <algorithm>
#include <limits>
#include <tuple>

namespace musubi::sinks {
namespace {

/// Where a version stands: day, then place within the day.
struct Standing {
  std::int32_t day;
  std::int64_t place;  ///< twice the version; one less: just before that version
  std::int32_t own_day;
  std::uint32_t version;
  auto key() const { return std::tuple(day, place, own_day, version); }
};

/// Stands the versions one after the other as the hub came to know them.
class Sorter {
 public:
  Standing stand(const KnownVersion& known) {
    const auto place = std::int64_t{2} * known.version;
    if (known.late && head_ != 0 && known.as_of >= head_day_)
      return {head_day_, std::int64_t{2} * head_ - 1, known.as_of, known.version};
    if (known.late && head_ != 0) return {known.as_of, place, known.as_of, known.version};
    head_day_ = std::max(head_day_, known.as_of);
    if (known.late) return {known.as_of, place, known.as_of, known.version};
    head_ = known.version;
    return {head_day_, place, known.as_of, known.version};
  }

 private:
  std::uint32_t head_ = 0;                                            ///< the newest version so far; 0: none
  std::int32_t head_day_ = std::numeric_limits<std::int32_t>::min();  ///< nothing newer than it spoke before
};

}  // namespace

std::vector<KnownVersion> in_order(std::vector<KnownVersion> versions) {
  std::ranges::sort(versions, {}, &KnownVersion::version);
  Sorter sorter;
  std::vector<std::pair<Standing, KnownVersion>> standing;
  for (const auto& each : versions) standing.emplace_back(sorter.stand(each), each);
  std::ranges::sort(standing, {}, [](const auto& each) { return each.first.key(); });
  std::ranges::transform(standing, versions.begin(), [](const auto& each) { return each.second; });
  return versions;
}

}  // namespace musubi::sinks
