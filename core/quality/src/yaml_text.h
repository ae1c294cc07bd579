// A YAML file of rules with the places of its nodes, and the faults found in it. The only user of yaml-cpp in
// this room.
#pragma once

#include <yaml-cpp/yaml.h>

#include <filesystem>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "musubi/base/result.h"

namespace musubi::quality {

/// Gathers the faults of all files, so that a person sees them at once.
class Problems {
 public:
  void add(base::Error problem);
  bool none() const noexcept { return found_.empty(); }
  /// The first, which has the second as its cause, and so on. There must be one.
  base::Error chained() const;

 private:
  std::vector<base::Error> found_;
};

class YamlText {
 public:
  /// Errors: those of base::read_file; yaml.malformed, yaml.not_utf8.
  static base::Result<YamlText> read(const std::filesystem::path& path);

  const YAML::Node& root() const noexcept { return root_; }
  base::Place place(const YAML::Node& node) const { return place(node.Mark()); }
  base::Error problem(const YAML::Node& node, std::string_view code,
                      std::initializer_list<base::MessageArgument> arguments = {}) const;

 private:
  base::Place place(const YAML::Mark& mark) const;
  std::string name_, bytes_;
  YAML::Node root_;
};

/// The text of a scalar; nullopt for maps, lists and nothing.
std::optional<std::string> scalar(const YAML::Node& node);
/// Undefined when it is no map or has no such key; never changes the node.
YAML::Node child(const YAML::Node& node, std::string_view key);
/// The known name nearest to `given`; where none is near, all of them.
std::string suggest(std::string_view given, const std::vector<std::string_view>& known);
/// Adds yaml.not_a_map, yaml.repeated_key, yaml.unknown_key. False when it is no map.
bool check_keys(const YamlText& file, const YAML::Node& node, const std::vector<std::string_view>& known,
                Problems& problems);

}  // namespace musubi::quality
