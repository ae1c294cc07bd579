#include "musubi/base/yaml_map.h"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "musubi/base/japanese_date.h"
#include "musubi/base/text.h"

namespace musubi::base {
namespace {

char small(char letter) {
  return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
}

bool same_word(std::string_view left, std::string_view right) {
  return std::ranges::equal(left, right, {}, small, small);
}

/// The message of a key that no map has: of YAML's merging, or after blanks of full width.
std::string_view code_of_strange(std::string_view key) {
  if (key == "<<") return "yaml.merge_key";
  return key.starts_with("\u3000") ? "yaml.wide_blank" : "";
}

void refuse_unknown_keys(const YamlNode& map, Names known, Problems& problems) {
  for (const auto& [key, value] : map.entries) {
    if (std::ranges::find(known, key.text) != known.end()) continue;
    if (const auto code = code_of_strange(key.text); !code.empty()) {
      problems.error(key.mark, code);
      continue;
    }
    problems.error_near(key.mark, "yaml.unknown_key", nearest(key.text, known),
                        {{"key", key.text}, {"known", joined(known)}});
  }
}

/// A text, or a problem: `code`, when it is a list or a map.
std::optional<Located> scalar(const YamlNode& node, std::string_view key, std::string_view code,
                              Problems& problems) {
  if (node.kind == YamlKind::scalar) return Located{node.text, node.mark};
  problems.error(node.mark, node.kind == YamlKind::null ? "yaml.empty_value" : code,
                 {{"key", std::string(key)}});
  return std::nullopt;
}

/// Whether a key of the map was refused already with `key` as what is meant.
bool is_misspelt(const YamlNode& map, std::string_view key, const Problems& problems) {
  const auto is_of_map = [&](const Place& place) {
    return std::ranges::any_of(map.entries, [&](const auto& entry) {
      const auto here = problems.place(entry.first.mark);
      return here.file == place.file && here.line == place.line && here.column == place.column;
    });
  };
  const auto found = problems.sorted();
  return std::ranges::any_of(found, [&](const Problem& problem) {
    return problem.error.code() == "yaml.unknown_key_near" && is_of_map(problem.error.place()) &&
           std::ranges::find(problem.error.arguments(), MessageArgument("suggestion", key)) !=
               problem.error.arguments().end();
  });
}

}  // namespace

YamlMap::YamlMap(const YamlNode& node, Problems& problems) : node_(&node), problems_(&problems) {
  if (node.kind != YamlKind::map) problems.error(node.mark, "yaml.not_a_map");
}

YamlMap::YamlMap(const YamlNode& node, Names known, Problems& problems) : YamlMap(node, problems) {
  refuse_unknown_keys(node, known, problems);
}

YamlMap::YamlMap(const YamlNode& node, std::initializer_list<std::string_view> known, Problems& problems)
    : YamlMap(node, Names(known.begin(), known.size()), problems) {}

Mark YamlMap::mark(std::string_view key) const noexcept {
  const YamlNode* value = find(key);
  return value == nullptr ? mark() : value->mark;
}

void YamlMap::problem(std::string_view key, std::string_view code, Problems::Arguments arguments) const {
  problems_->add(
      Error(ErrorKind::bad_configuration, code, arguments).with("key", key).at(problems_->place(mark(key))));
}

const YamlNode* YamlMap::required(std::string_view key) const {
  const YamlNode* value = find(key);
  if (value == nullptr && *this && !is_misspelt(*node_, key, *problems_)) problem(key, "yaml.missing_key");
  return value;
}

std::optional<Located> YamlMap::text(std::string_view key) const {
  const YamlNode* value = find(key);
  return value == nullptr ? std::nullopt : text_of(*value, key, *problems_);
}

std::optional<Located> YamlMap::required_text(std::string_view key) const {
  required(key);
  return text(key);
}

std::string YamlMap::word(std::string_view key, std::string otherwise) const {
  auto found = text(key);
  return found ? std::move(found->text) : std::move(otherwise);
}

std::string YamlMap::required_word(std::string_view key) const {
  auto found = required_text(key);
  if (!found) return {};
  if (trim(found->text).empty()) problem(key, "yaml.missing_key");
  return std::move(found->text);
}

std::vector<Located> YamlMap::texts(std::string_view key) const {
  const YamlNode* value = find(key);
  return value == nullptr ? std::vector<Located>{} : texts_of(*value, key, *problems_);
}

std::vector<std::string> YamlMap::words(std::string_view key) const { return plain(texts(key)); }

std::span<const YamlNode> YamlMap::items(std::string_view key) const {
  const YamlNode* value = find(key);
  if (value == nullptr) return {};
  if (value->kind != YamlKind::list) problem(key, "yaml.not_a_list");
  return value->items;
}

Label YamlMap::label(std::string_view key) const {
  const YamlNode* value = required(key);
  return value == nullptr ? Label{} : YamlMap(*value, {"ja", "en"}, *problems_).label();
}

Label YamlMap::label() const {
  auto japanese = required_word("ja");
  return {std::move(japanese), required_word("en")};
}

std::optional<std::chrono::sys_days> YamlMap::day(std::string_view key) const {
  const auto written = text(key);
  if (!written) return std::nullopt;
  const auto date = parse_iso_date(written->text);
  const auto found = date ? day_of(*date) : std::nullopt;
  if (!found) problem(key, "yaml.not_a_day");
  return found;
}

std::optional<double> YamlMap::number(std::string_view key) const {
  const auto written = text(key);
  if (!written) return std::nullopt;
  double found = 0;
  const char* end = written->text.data() + written->text.size();
  const auto [stop, failure] = std::from_chars(written->text.data(), end, found, std::chars_format::fixed);
  if (failure == std::errc{} && stop == end && std::isfinite(found)) return found;
  problem(key, "yaml.not_a_number");
  return std::nullopt;
}

bool YamlMap::yes(std::string_view key) const {
  const auto written = text(key);
  if (!written) return false;
  const bool yes = written->text == "true" || written->text == "yes";
  if (!yes && written->text != "false" && written->text != "no") problem(key, "yaml.not_yes_or_no");
  return yes;
}

std::optional<Located> text_of(const YamlNode& node, std::string_view key, Problems& problems) {
  return scalar(node, key, "yaml.not_a_text", problems);
}

std::vector<Located> texts_of(const YamlNode& node, std::string_view key, Problems& problems) {
  std::vector<Located> texts;
  const auto add = [&](const YamlNode& each) {
    if (auto text = scalar(each, key, "yaml.not_texts", problems)) texts.push_back(std::move(*text));
  };
  if (node.kind != YamlKind::list) {
    add(node);
    return texts;
  }
  for (const YamlNode& item : node.items) add(item);
  return texts;
}

std::vector<std::pair<Located, Located>> pairs_of(const YamlNode& node, std::string_view key,
                                                  Problems& problems) {
  std::vector<std::pair<Located, Located>> pairs;
  if (node.kind != YamlKind::map) {
    problems.error(node.mark, "yaml.not_pairs", {{"key", std::string(key)}});
    return pairs;
  }
  for (const auto& [name, value] : node.entries)
    if (auto text = text_of(value, name.text, problems)) pairs.emplace_back(name, std::move(*text));
  return pairs;
}

std::vector<std::string> plain(const std::vector<Located>& texts) {
  std::vector<std::string> all;
  for (const auto& each : texts) all.push_back(each.text);
  return all;
}

std::optional<std::size_t> choose(const Located& word, std::string_view key, Names names,
                                  Problems& problems) {
  const auto found = std::ranges::find_if(names, [&](auto name) { return same_word(name, word.text); });
  if (found != names.end()) return static_cast<std::size_t>(found - names.begin());
  refuse_word(word, key, names, problems);
  return std::nullopt;
}

void refuse_word(const Located& word, std::string_view key, Names names, Problems& problems) {
  problems.error_near(word.mark, "yaml.unknown_word", nearest(word.text, names),
                      {{"key", std::string(key)}, {"word", word.text}, {"known", joined(names)}});
}

}  // namespace musubi::base
