#include "nearest.h"

#include <algorithm>

#include "musubi/base/text.h"

namespace musubi::mapping {
namespace {

template <class Text>
std::string nearest_of(std::string_view word, std::span<const Text> known) {
  auto allowed = std::max<std::size_t>(1, base::characters(word) / 3);
  std::string best;
  for (const Text& each : known) {
    const auto distance = base::edit_distance(word, each, allowed);
    if (distance > allowed || distance >= base::characters(each)) continue;
    if (!best.empty() && distance == allowed) continue;
    best = each;
    allowed = distance;
  }
  return best;
}

}  // namespace

std::string nearest(std::string_view word, std::span<const std::string_view> known) {
  return nearest_of(word, known);
}
std::string nearest(std::string_view word, std::span<const std::string> known) {
  return nearest_of(word, known);
}

std::string joined(std::span<const std::string_view> words) {
  std::string all;
  for (const auto word : words) {
    if (!all.empty()) all += ", ";
    all += word;
  }
  return all;
}

}  // namespace musubi::mapping
