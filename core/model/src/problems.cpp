#include "problems.h"

#include <algorithm>

#include "musubi/base/text.h"

namespace musubi::model {
namespace {

/// A third of the letters may be wrong, at least one, at most four.
std::size_t tolerance(std::string_view given) {
  return std::clamp<std::size_t>(base::characters(given) / 3, 1, 4);
}

std::string joined(const std::vector<std::string_view>& names) {
  std::string all;
  for (const auto name : names) {
    if (!all.empty()) all += ", ";
    all += name;
  }
  return all;
}

}  // namespace

base::Error Problems::chained() const {
  base::Error all = found_.back();
  for (auto each = found_.rbegin() + 1; each != found_.rend(); ++each) all = each->because(all);
  return all;
}

std::string nearest(std::string_view given, const std::vector<std::string_view>& known) {
  if (base::malformed_utf8_at(given)) return {};
  std::size_t least = tolerance(given) + 1;
  std::string_view best;
  for (const auto name : known) {
    const auto distance = base::edit_distance(given, name, least - 1);
    if (distance >= least) continue;
    least = distance;
    best = name;
    if (least == 0) break;
  }
  return std::string(best);
}

std::string nearest_or_all(std::string_view given, const std::vector<std::string_view>& known) {
  auto near = nearest(given, known);
  return near.empty() ? joined(known) : near;
}

}  // namespace musubi::model
