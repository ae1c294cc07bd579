// Typed reading of the keys of one map, with a problem for whatever is not as it should be.
#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "yaml_tree.h"

namespace musubi::mapping {

/// A problem for every key that is not among `known`, with the nearest known one.
void refuse_unknown_keys(const YamlNode& map, std::span<const std::string_view> known, Problems& problems);

/// The text of a key; nullopt when it is not there or (a problem) not a text.
std::optional<Located> text_at(const YamlNode& map, std::string_view key, Problems& problems);
/// As text_at, but its absence is a problem too.
std::optional<Located> required_text_at(const YamlNode& map, std::string_view key, Problems& problems);
/// A text or a list of texts.
std::vector<Located> texts_at(const YamlNode& map, std::string_view key, Problems& problems);
/// The texts of a node that is a text or a list of texts.
std::vector<Located> texts_of(const YamlNode& node, std::string_view key, Problems& problems);
/// A map of texts to texts.
std::vector<std::pair<Located, Located>> pairs_of(const YamlNode& node, std::string_view key,
                                                  Problems& problems);
std::vector<std::string> plain(const std::vector<Located>& texts);

}  // namespace musubi::mapping
