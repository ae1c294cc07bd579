// YAML read strictly: every key is known, every problem has file, line and column, and all problems of a file
// are told at once. yaml-cpp stays behind this header and the sources of this room.
#pragma once

#include <yaml-cpp/yaml.h>

#include <chrono>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "musubi/base/result.h"
#include "rule.h"

namespace musubi::privacy {

/// Collects what is wrong, to tell it all at once.
class Problems {
 public:
  void add(base::Error error) { errors_.push_back(std::move(error)); }
  bool empty() const noexcept { return errors_.empty(); }
  /// The first, with the others as its chain of causes. Requires !empty().
  base::Error chained() const;

 private:
  std::vector<base::Error> errors_;
};

base::Error configuration_error(std::string_view code,
                                std::initializer_list<base::MessageArgument> arguments = {});
/// The one of `known` nearest to a misspelt `word`; empty when none is near.
std::string nearest(std::string_view word, std::span<const std::string_view> known);

/// A mapping node whose keys are all known.
class YamlMap {
 public:
  /// Adds a problem for a node that is no mapping, an unknown key or a key given twice.
  YamlMap(const YAML::Node& node, std::string file, std::initializer_list<std::string_view> keys,
          Problems& problems);

  /// Adds privacy.key_missing and returns an empty text when there is none.
  std::string text(std::string_view key) const;
  std::string text_or(std::string_view key, std::string otherwise) const;
  /// A list of texts, or one text standing alone.
  std::vector<std::string> texts(std::string_view key) const;
  /// {ja: …, en: …}; both are required.
  model::Label label(std::string_view key) const;
  /// The day a key names, "2023-04-01".
  std::optional<Day> day(std::string_view key) const;
  YAML::Node child(std::string_view key) const;
  bool has(std::string_view key) const;

  base::Place place() const { return place_of(node_); }
  base::Place place_of(std::string_view key) const;
  void problem(std::string_view key, std::string_view code,
               std::initializer_list<base::MessageArgument> arguments = {}) const;
  const std::string& file() const noexcept { return file_; }
  Problems& problems() const noexcept { return *problems_; }

 private:
  base::Place place_of(const YAML::Node& node) const;
  std::string scalar(const YAML::Node& node, std::string_view key) const;

  YAML::Node node_;
  std::string file_;
  Problems* problems_;
};

/// Nullopt, with a problem added, when the text is no YAML mapping.
std::optional<YAML::Node> parse_yaml(const std::string& text, const std::string& file, Problems& problems);
/// The items of a list; adds a problem when the node is something else.
std::vector<YAML::Node> items_of(const YamlMap& map, std::string_view key);

}  // namespace musubi::privacy
