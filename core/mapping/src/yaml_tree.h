// A mapping file as a small tree with places. Bounded in size, depth and expanded aliases; yaml-cpp's
// exceptions stop here. Text stays text: nothing is turned into numbers or booleans.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "problems.h"

namespace musubi::mapping {

enum class YamlKind : std::uint8_t { null, scalar, list, map };

struct YamlNode {
  YamlKind kind = YamlKind::null;
  Mark mark{};
  std::string text{};                                         ///< of a scalar
  std::vector<YamlNode> items{};                              ///< of a list
  std::vector<std::pair<Located, YamlNode>> entries{};        ///< of a map; keys are scalars and unique
  const YamlNode* find(std::string_view key) const noexcept;  ///< nullptr when there is none
};

inline constexpr std::size_t kYamlBytes = std::size_t{1} << 20;
inline constexpr std::size_t kYamlDepth = 16;
inline constexpr std::size_t kYamlNodes = 50'000;  ///< after expansion of aliases

/// The one document of `yaml`, which must be a map. nullopt: it could not be read, and `problems` says why.
/// Duplicate keys are a problem too, but the first of them is kept and reading goes on.
std::optional<YamlNode> read_yaml(std::string_view yaml, Problems& problems);

}  // namespace musubi::mapping
