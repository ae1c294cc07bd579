// Configuration written in YAML as a small tree with places. Bounded in size, depth and expanded references;
// the exceptions of the library behind it stop here. Text stays text: nothing is turned into numbers or
// booleans. How the keys of a map are read: yaml_map.h.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "musubi/base/export.h"
#include "musubi/base/problems.h"

namespace musubi::base {

enum class YamlKind : std::uint8_t { null, scalar, list, map };

struct YamlNode {
  YamlKind kind = YamlKind::null;
  Mark mark{};                    ///< where it begins; with a length when it is a text on one line
  std::string text{};             ///< of a scalar
  std::vector<YamlNode> items{};  ///< of a list
  std::vector<std::pair<Located, YamlNode>> entries{};  ///< of a map; keys are unique

  /// nullptr when there is none. Takes time in proportion to the entries.
  MUSUBI_SDK_API const YamlNode* find(std::string_view key) const noexcept;
};

struct YamlLimits {
  std::size_t bytes = std::size_t{1} << 20;
  std::size_t depth = 16;
  std::size_t nodes = 50'000;  ///< after expansion of references
};

/// The one document of `yaml`, a map, whose places are in a new file `name` of `problems`. nullopt: it could
/// not be read, and the problems say why. Of keys written twice (a problem) the first is kept.
MUSUBI_SDK_API std::optional<YamlNode> read_yaml(std::string_view yaml, std::string name, Problems& problems,
                                                 const YamlLimits& limits = {});

/// The same of a file. Problems as well: those of read_file().
MUSUBI_SDK_API std::optional<YamlNode> read_yaml_file(const std::filesystem::path& path, Problems& problems,
                                                      const YamlLimits& limits = {});

}  // namespace musubi::base
