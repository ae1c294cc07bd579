// Reading configuration written in YAML so strictly that every fault gets its file, line and column. The only
// user of yaml-cpp in this room.
#pragma once

#include <yaml-cpp/yaml.h>

#include <filesystem>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "musubi/base/result.h"
#include "musubi/model/catalogue.h"
#include "problems.h"

namespace musubi::model {

class YamlFile {
 public:
  /// Errors: those of base::read_file; yaml.malformed, yaml.not_utf8.
  static base::Result<YamlFile> read(const std::filesystem::path& path);
  /// Of bytes that were read before; `path` is where messages say they are from.
  static base::Result<YamlFile> parse(std::string bytes, const std::filesystem::path& path);

  const YAML::Node& root() const noexcept { return root_; }
  const std::string& name() const noexcept { return name_; }
  const std::string& bytes() const noexcept { return bytes_; }
  /// Where a node begins; the column counted in characters.
  base::Place place(const YAML::Node& node) const;
  base::Place place(const YAML::Mark& mark) const;

 private:
  std::string name_, bytes_;
  YAML::Node root_;
};

/// A map of a file whose keys are known beforehand. Wrong keys and kinds become problems; reading goes on.
class YamlMap {
 public:
  YamlMap(const YamlFile& file, YAML::Node node, Problems& problems);

  /// Problems: yaml.not_a_map, yaml.repeated_key, yaml.unknown_key. False when it is no map at all.
  bool allow(std::initializer_list<std::string_view> keys);
  /// As allow(), for maps with keys of the writer's choosing.
  bool allow_any();

  bool has(std::string_view key) const;
  YAML::Node node(std::string_view key) const;
  /// Empty when there is no such key. Problem: yaml.not_a_text.
  std::string text(std::string_view key);
  /// Problem as well when missing or blank: yaml.missing_key.
  std::string required_text(std::string_view key);
  bool yes(std::string_view key);  ///< Problem: yaml.not_yes_or_no
  /// A list of texts, or a single text as a list of one. Problem: yaml.not_a_list.
  std::vector<std::string> texts(std::string_view key);
  Label label();  ///< of `ja` and `en`, both required

  base::Place place() const { return file_->place(node_); }
  base::Place place(std::string_view key) const;

 private:
  const YamlFile* file_;
  YAML::Node node_;
  Problems* problems_;
};

/// A scalar as written; nullopt for maps, lists and null.
std::optional<std::string> scalar(const YAML::Node& node);

/// Regular files of `folder` with this extension, in order of name. Errors: yaml.no_folder.
base::Result<std::vector<std::filesystem::path>> files_of(const std::filesystem::path& folder,
                                                          std::string_view extension);

}  // namespace musubi::model
