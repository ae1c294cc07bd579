#include "musubi/base/nearest.h"

#include <algorithm>

#include "musubi/base/text.h"

namespace musubi::base {
namespace {

std::size_t tolerance(std::string_view word) { return std::clamp<std::size_t>(characters(word) / 3, 1, 4); }

template <class Text>
std::string nearest_of(std::string_view word, std::span<const Text> known) {
  if (malformed_utf8_at(word)) return {};
  std::size_t least = tolerance(word) + 1;
  std::string_view best;
  for (const Text& each : known) {
    const auto distance = edit_distance(word, each, least - 1);
    if (distance >= least || distance >= characters(each)) continue;
    least = distance;
    best = each;
    if (least == 0) break;
  }
  return std::string(best);
}

}  // namespace

std::string nearest(std::string_view word, std::span<const std::string_view> known) {
  return nearest_of(word, known);
}

std::string nearest(std::string_view word, std::span<const std::string> known) {
  return nearest_of(word, known);
}

std::string nearest_or_all(std::string_view word, std::span<const std::string_view> known) {
  auto near = nearest(word, known);
  return near.empty() ? joined(known) : near;
}

std::string joined(std::span<const std::string_view> words) {
  std::string all;
  for (const auto word : words) {
    if (!all.empty()) all += ", ";
    all += word;
  }
  return all;
}

}  // namespace musubi::base
