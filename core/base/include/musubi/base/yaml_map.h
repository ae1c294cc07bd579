// Strict reading of the keys of a map: what is not as it should be becomes a problem with its place, and
// reading goes on.
#pragma once

#include <array>
#include <chrono>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "musubi/base/label.h"
#include "musubi/base/nearest.h"
#include "musubi/base/yaml.h"

namespace musubi::base {

using Names = std::span<const std::string_view>;

/// A view of a map of a file. The node and the problems must outlive it.
class MUSUBI_SDK_API YamlMap {
 public:
  /// For keys of the writer's choosing. A node that is no map is a problem (yaml.not_a_map) and then as good
  /// as an empty one.
  YamlMap(const YamlNode& node, Problems& problems);
  /// Keys that are not among `known` are problems as well: yaml.unknown_key, with the nearest known one.
  YamlMap(const YamlNode& node, Names known, Problems& problems);
  YamlMap(const YamlNode& node, std::initializer_list<std::string_view> known, Problems& problems);

  /// False: the node is no map.
  explicit operator bool() const noexcept { return node_->kind == YamlKind::map; }
  const std::vector<std::pair<Located, YamlNode>>& entries() const noexcept { return node_->entries; }
  Mark mark() const noexcept { return node_->mark; }
  /// Of the value of a key; of the map where there is no such key.
  Mark mark(std::string_view key) const noexcept;
  Problems& problems() const noexcept { return *problems_; }
  /// `code`, with {key}, at mark(key).
  void problem(std::string_view key, std::string_view code, Problems::Arguments arguments = {}) const;

  /// nullptr when there is no such key.
  const YamlNode* find(std::string_view key) const noexcept { return node_->find(key); }
  bool has(std::string_view key) const noexcept { return find(key) != nullptr; }
  /// As find(), but absence is a problem: yaml.missing_key.
  const YamlNode* required(std::string_view key) const;

  // A text with its place, or the text itself; nullopt or `otherwise` when there is none. That a required one
  // is missing, or a required word blank, is a problem: yaml.missing_key.
  std::optional<Located> text(std::string_view key) const;
  std::optional<Located> required_text(std::string_view key) const;
  std::string word(std::string_view key, std::string otherwise = {}) const;
  std::string required_word(std::string_view key) const;

  // A list of texts, or one text standing alone; empty when there is no such key.
  std::vector<Located> texts(std::string_view key) const;
  std::vector<std::string> words(std::string_view key) const;

  /// The items of a list; a problem, yaml.not_a_list, when it is none. Empty when there is no such key.
  std::span<const YamlNode> items(std::string_view key) const;
  /// {ja: …, en: …}, required like its two texts.
  Label label(std::string_view key) const;
  /// Of the keys ja and en of this map.
  Label label() const;
  /// "2023-04-01". Problem: yaml.not_a_day.
  std::optional<std::chrono::sys_days> day(std::string_view key) const;
  /// "37.5". Problem: yaml.not_a_number.
  std::optional<double> number(std::string_view key) const;
  /// true or false, yes or no; false when there is no such key. Problem: yaml.not_yes_or_no.
  bool yes(std::string_view key) const;

 private:
  const YamlNode* node_;
  Problems* problems_;
};

// The same of a node; `key` is what problems call it.
MUSUBI_SDK_API std::optional<Located> text_of(const YamlNode& node, std::string_view key, Problems& problems);
MUSUBI_SDK_API std::vector<Located> texts_of(const YamlNode& node, std::string_view key, Problems& problems);
/// A map of texts to texts. Problem: yaml.not_pairs.
MUSUBI_SDK_API std::vector<std::pair<Located, Located>> pairs_of(const YamlNode& node, std::string_view key,
                                                                 Problems& problems);
/// The texts without their places.
MUSUBI_SDK_API std::vector<std::string> plain(const std::vector<Located>& texts);

/// Which of `names` the word is (capital letters count as small ones). Problem: yaml.unknown_word, with the
/// nearest one.
MUSUBI_SDK_API std::optional<std::size_t> choose(const Located& word, std::string_view key, Names names,
                                                 Problems& problems);

/// The problem of a word that is none of `names`.
MUSUBI_SDK_API void refuse_word(const Located& word, std::string_view key, Names names, Problems& problems);

/// Which of `choices`, by what name_of() calls them.
template <class Choice, std::size_t Size>
  requires std::is_enum_v<Choice>
std::optional<Choice> choose(const Located& word, std::string_view key,
                             const std::array<Choice, Size>& choices, Problems& problems) {
  std::array<std::string_view, Size> names;
  for (std::size_t index = 0; index < Size; ++index) names[index] = name_of(choices[index]);
  const auto chosen = choose(word, key, Names(names), problems);
  return chosen ? std::optional(choices[*chosen]) : std::nullopt;
}

}  // namespace musubi::base
