#include "functions.h"

#include <algorithm>

#include "musubi/base/text.h"

namespace musubi::fhirpath {
namespace {

constexpr FunctionEntry kFunctions[] = {
#include "function_table.inc"
};

}  // namespace

std::span<const FunctionEntry> function_entries() noexcept { return kFunctions; }

const FunctionEntry* find_function(std::string_view name) noexcept {
  const auto found =
      std::ranges::find(kFunctions, name, [](const FunctionEntry& entry) { return entry.info.name; });
  return found == std::end(kFunctions) ? nullptr : found;
}

Shape argument_shape(const FunctionEntry& function, std::size_t index) noexcept {
  return function.arguments[function.most == kAnyNumber ? 0 : std::min(index, function.arguments.size() - 1)];
}

std::string_view nearest_function(std::string_view name) {
  constexpr std::size_t kFar = 3;
  std::string_view nearest;
  auto least = std::min(kFar, name.size() / 2 + 1);
  for (const auto& entry : kFunctions) {
    const auto distance = base::edit_distance(name, entry.info.name, least);
    if (distance >= least) continue;
    least = distance;
    nearest = entry.info.name;
  }
  return nearest;
}

std::vector<FunctionInfo> functions() {
  std::vector<FunctionInfo> all;
  for (const auto& entry : kFunctions) all.push_back(entry.info);
  return all;
}

}  // namespace musubi::fhirpath
