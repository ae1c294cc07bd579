#include "yaml_fields.h"

#include <algorithm>

#include "nearest.h"

namespace musubi::mapping {
namespace {

std::optional<Located> scalar(const YamlNode& node, std::string_view key, Problems& problems) {
  if (node.kind == YamlKind::scalar) return Located{node.text, node.mark};
  problems.error(node.mark, node.kind == YamlKind::null ? "mapping.value_empty" : "mapping.value_not_text",
                 {{"key", std::string(key)}});
  return std::nullopt;
}

}  // namespace

void refuse_unknown_keys(const YamlNode& map, std::span<const std::string_view> known, Problems& problems) {
  for (const auto& [key, value] : map.entries) {
    if (std::ranges::find(known, key.text) != known.end()) continue;
    problems.error_near(key.mark, "mapping.unknown_key", nearest(key.text, known),
                        {{"key", key.text}, {"known", joined(known)}});
  }
}

std::optional<Located> text_at(const YamlNode& map, std::string_view key, Problems& problems) {
  const YamlNode* node = map.find(key);
  return node == nullptr ? std::nullopt : scalar(*node, key, problems);
}

std::optional<Located> required_text_at(const YamlNode& map, std::string_view key, Problems& problems) {
  if (map.find(key) == nullptr) problems.error(map.mark, "mapping.key_missing", {{"key", std::string(key)}});
  return text_at(map, key, problems);
}

std::vector<Located> texts_of(const YamlNode& node, std::string_view key, Problems& problems) {
  std::vector<Located> texts;
  const auto add = [&](const YamlNode& each) {
    if (auto text = scalar(each, key, problems)) texts.push_back(std::move(*text));
  };
  if (node.kind != YamlKind::list) {
    add(node);
    return texts;
  }
  for (const YamlNode& item : node.items) add(item);
  return texts;
}

std::vector<Located> texts_at(const YamlNode& map, std::string_view key, Problems& problems) {
  const YamlNode* node = map.find(key);
  return node == nullptr ? std::vector<Located>{} : texts_of(*node, key, problems);
}

std::vector<std::pair<Located, Located>> pairs_of(const YamlNode& node, std::string_view key,
                                                  Problems& problems) {
  std::vector<std::pair<Located, Located>> pairs;
  if (node.kind != YamlKind::map) {
    problems.error(node.mark, "mapping.value_not_map", {{"key", std::string(key)}});
    return pairs;
  }
  for (const auto& [name, value] : node.entries)
    if (auto text = scalar(value, name.text, problems)) pairs.emplace_back(name, std::move(*text));
  return pairs;
}

std::vector<std::string> plain(const std::vector<Located>& texts) {
  std::vector<std::string> all;
  for (const auto& each : texts) all.push_back(each.text);
  return all;
}

}  // namespace musubi::mapping
