#include "inheritance.h"

#include <algorithm>
#include <array>

namespace musubi::mapping {
namespace {

constexpr std::size_t kMostBases = 8;
/// Of the file they stand in, and of no other.
constexpr auto kOwnKeys = std::to_array<std::string_view>({"mapping", "version", "extends"});
/// Maps that are laid over each other key by key.
constexpr auto kLayeredKeys =
    std::to_array<std::string_view>({"fields", "columns", "constants", "value_sets"});

using Entry = std::pair<Located, YamlNode>;

bool is_layered(std::string_view key) { return std::ranges::find(kLayeredKeys, key) != kLayeredKeys.end(); }

Entry* entry_of(YamlNode& map, std::string_view key) {
  const auto found =
      std::ranges::find_if(map.entries, [&](const Entry& each) { return each.first.text == key; });
  return found == map.entries.end() ? nullptr : &*found;
}

void lay_over(YamlNode& below, Entry&& entry, Problems& problems);

/// Entries of `above` replace those of `below`; nulls take them away.
void lay_map_over(YamlNode& below, YamlNode&& above, Problems& problems) {
  for (auto& entry : above.entries) {
    const bool removes = entry.second.kind == YamlKind::null;
    auto* known = entry_of(below, entry.first.text);
    if (removes && known == nullptr) {
      problems.error(entry.first.mark, "mapping.extends_removes_nothing", {{"rule", entry.first.text}});
    } else if (removes) {
      below.entries.erase(below.entries.begin() + (known - below.entries.data()));
    } else {
      lay_over(below, std::move(entry), problems);
    }
  }
}

/// A group's fields are laid over each other as well.
void lay_over(YamlNode& below, Entry&& entry, Problems& problems) {
  auto* known = entry_of(below, entry.first.text);
  if (known == nullptr) {
    below.entries.push_back(std::move(entry));
    return;
  }
  known->first = entry.first;
  auto* inner = entry_of(entry.second, "fields");
  auto* inner_below = entry_of(known->second, "fields");
  if (inner != nullptr && inner_below != nullptr && inner->second.kind == YamlKind::map) {
    lay_map_over(inner_below->second, std::move(inner->second), problems);
    if (const auto* items = entry.second.find("for_each"))
      if (auto* items_below = entry_of(known->second, "for_each")) items_below->second = *items;
    return;
  }
  known->second = std::move(entry.second);
}

/// What `below` says and `above` does not.
void inherit(YamlNode& above, YamlNode&& below, Problems& problems) {
  for (auto& entry : below.entries) {
    const auto& key = entry.first.text;
    if (std::ranges::find(kOwnKeys, key) != kOwnKeys.end()) continue;
    auto* own = entry_of(above, key);
    if (own == nullptr) {
      above.entries.push_back(std::move(entry));
    } else if (is_layered(key) && own->second.kind == YamlKind::map && entry.second.kind == YamlKind::map) {
      lay_map_over(entry.second, std::move(own->second), problems);
      own->second = std::move(entry.second);
    }
  }
}

std::string word_at(const YamlNode& root, std::string_view key) {
  const auto* node = root.find(key);
  return node == nullptr ? std::string() : node->text;
}

/// Reads along the chain.
class Reading {
 public:
  Reading(MappingFiles& others, Problems& problems) : others_(others), problems_(problems) {}

  std::optional<Inherited> run(const MappingFile& own) {
    inherited_.files.own = own;
    auto root = read(own);
    if (!root) return std::nullopt;
    if (root->kind == YamlKind::map) add_bases(*root);
    inherited_.root = std::move(*root);
    return std::move(inherited_);
  }

 private:
  std::optional<YamlNode> read(const MappingFile& file) {
    auto root = base::read_yaml(file.text, file.name, problems_);
    inherited_.texts.push_back(file.text);
    inherited_.mappings.push_back(root ? word_at(*root, "mapping") + "@" + word_at(*root, "version")
                                       : std::string());
    return root;
  }

  void add_bases(YamlNode& root) {
    const auto* extends = root.find("extends");
    const auto named = extends == nullptr ? std::nullopt : base::text_of(*extends, "extends", problems_);
    if (extends == nullptr) return;
    inherited_.complete = false;  // until all bases are read
    if (!named || !may_extend(*named)) return;
    auto file = others_.find(named->text);
    if (!file) {
      problems_.error_near(named->mark, "mapping.extends_unknown", others_.suggest(named->text),
                           {{"word", named->text}});
      return;
    }
    auto base_root = read(*file);
    inherited_.files.bases.emplace_back(named->text, std::move(*file));
    if (!base_root) return;
    if (is_in_chain(*named)) return;
    inherited_.complete = true;
    add_bases(*base_root);
    inherit(root, std::move(*base_root), problems_);
  }

  bool may_extend(const Located& named) {
    if (inherited_.files.bases.size() < kMostBases) return true;
    problems_.error(named.mark, "mapping.extends_too_deep", {{"limit", std::to_string(kMostBases)}});
    return false;
  }

  /// The mapping read last is one that was read before: told with the whole chain.
  bool is_in_chain(const Located& named) {
    const auto& last = inherited_.mappings.back();
    const auto first = std::ranges::find(inherited_.mappings, last);
    if (first + 1 == inherited_.mappings.end()) return false;
    std::string chain;
    for (auto each = first; each != inherited_.mappings.end(); ++each)
      chain += (chain.empty() ? "" : " → ") + *each;
    problems_.error(named.mark, "mapping.extends_cycle", {{"chain", chain}});
    return true;
  }

  MappingFiles& others_;
  Problems& problems_;
  Inherited inherited_;
};

}  // namespace

std::optional<Inherited> read_inherited(const MappingFile& own, MappingFiles& others, Problems& problems) {
  return Reading(others, problems).run(own);
}

}  // namespace musubi::mapping
