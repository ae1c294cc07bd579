#include "musubi/mapping/difference.h"

#include <algorithm>
#include <map>
#include <optional>

#include "inheritance.h"
#include "musubi/base/yaml.h"

namespace musubi::mapping {
namespace {

using base::YamlKind;
using base::YamlNode;
using Path = std::vector<std::string>;

bool same(const YamlNode& left, const YamlNode& right) {
  return left.kind == right.kind && left.text == right.text &&
         std::ranges::equal(left.items, right.items, same) &&
         std::ranges::equal(left.entries, right.entries, [](const auto& one, const auto& other) {
           return one.first.text == other.first.text && same(one.second, other.second);
         });
}

/// A text as it would be written within a line of YAML.
std::string in_quotes_if_needed(const std::string& text) {
  const bool plain = !text.empty() && text.find_first_of(",:#{}[]&*!|>'\"%@`\n") == text.npos &&
                     text.front() != '-' && text.front() != ' ' && text.back() != ' ';
  return plain ? text : '\'' + text + '\'';
}

std::string in_one_line(const YamlNode& node);

template <class Items, class Show>
std::string enclosed(std::string_view open, const Items& items, std::string_view close, const Show& show) {
  std::string line(open);
  for (const auto& item : items) line += (line.size() > open.size() ? ", " : "") + show(item);
  return line += close;
}

std::string in_one_line(const YamlNode& node) {
  switch (node.kind) {
    case YamlKind::null:
      return "null";
    case YamlKind::scalar:
      return in_quotes_if_needed(node.text);
    case YamlKind::list:
      return enclosed("[", node.items, "]", in_one_line);
    case YamlKind::map:
      break;
  }
  return enclosed("{ ", node.entries, " }", [](const auto& entry) {
    return in_quotes_if_needed(entry.first.text) + ": " + in_one_line(entry.second);
  });
}

bool holds_only_texts(const YamlNode& node) {
  return node.kind == YamlKind::list &&
         std::ranges::all_of(node.items, [](const YamlNode& item) { return item.kind == YamlKind::scalar; });
}

const YamlNode kNothing{.kind = YamlKind::map};

/// A text as it is compared: with what it takes over from the mappings it extends, where it holds those as
/// well.
struct Side {
  YamlNode root = kNothing;
  std::vector<std::string> mappings{};  ///< "id@version", by the numbers that marks have

  /// Empty: the text's own.
  std::string inherited_from(const YamlNode& node) const {
    return node.mark.file == 0 || node.mark.file >= mappings.size() ? std::string()
                                                                    : mappings[node.mark.file];
  }
};

Side side_of(std::string_view text) {
  base::Problems ignored;
  const auto files = unbundle(text, {});
  if (!files) return {};
  BundledFiles bases({files->bases.begin(), files->bases.end()});
  auto inherited = read_inherited(files->own, bases, ignored);
  if (!inherited) return {};
  return {std::move(inherited->root), std::move(inherited->mappings)};
}

class Comparison {
 public:
  Comparison(const Side& before, const Side& after) : before_(before), after_(after) {}

  void compare(const YamlNode& before, const YamlNode& after) {
    if (same(before, after)) return;
    if (before.kind == YamlKind::map && after.kind == YamlKind::map) return compare_maps(before, after);
    if (holds_only_texts(before) && holds_only_texts(after) && compare_texts(before, after)) return;
    add(ChangeKind::changed, &before, &after);
  }

  std::vector<Change> take() { return std::move(changes_); }

 private:
  void add(ChangeKind kind, const YamlNode* before, const YamlNode* after) {
    Change& change = changes_.emplace_back();
    change.kind = kind;
    change.path = path_;
    if (before != nullptr) {
      change.before = in_one_line(*before);
      change.line_before = before->mark.line;
      change.mapping_before = before_.inherited_from(*before);
    }
    if (after != nullptr) {
      change.after = in_one_line(*after);
      change.line_after = after->mark.line;
      change.mapping_after = after_.inherited_from(*after);
    }
  }

  void compare_entry(const std::string& key, const YamlNode* before, const YamlNode* after) {
    path_.push_back(key);
    const auto& there = before == nullptr ? *after : *before;
    if (before != nullptr && after != nullptr)
      compare(*before, *after);
    else if (path_.size() == 1 && there.kind == YamlKind::map)  // all fields, all codes: one by one
      compare_maps(before == nullptr ? kNothing : *before, after == nullptr ? kNothing : *after);
    else
      add(before == nullptr ? ChangeKind::added : ChangeKind::removed, before, after);
    path_.pop_back();
  }

  void compare_maps(const YamlNode& before, const YamlNode& after) {
    for (const auto& [key, node] : before.entries)
      if (after.find(key.text) == nullptr) compare_entry(key.text, &node, nullptr);
    for (const auto& [key, node] : after.entries) compare_entry(key.text, before.find(key.text), &node);
  }

  /// Items that came and went; false when only their order or number differs.
  bool compare_texts(const YamlNode& before, const YamlNode& after) {
    const auto count = changes_.size();
    const auto lacks = [](const YamlNode& list, const YamlNode& item) {
      return std::ranges::find(list.items, item.text, &YamlNode::text) == list.items.end();
    };
    for (const auto& item : before.items)
      if (lacks(after, item)) add(ChangeKind::removed, &item, nullptr);
    for (const auto& item : after.items)
      if (lacks(before, item)) add(ChangeKind::added, nullptr, &item);
    return changes_.size() > count;
  }

  const Side &before_, &after_;
  Path path_;
  std::vector<Change> changes_;
};

struct TableLine {
  std::string_view text;
  std::uint32_t number = 0;
};

/// Lines by their first cell and, where it comes again, by how often it came before.
std::map<std::pair<std::string_view, int>, TableLine> lines_of(std::string_view table) {
  std::map<std::pair<std::string_view, int>, TableLine> lines;
  for (std::uint32_t number = 1; !table.empty(); ++number) {
    const auto line = table.substr(0, table.find('\n'));
    table.remove_prefix(std::min(table.size(), line.size() + 1));
    const auto key = line.substr(0, line.find(','));
    int before = 0;
    while (!lines.try_emplace({key, before}, TableLine{line, number}).second) ++before;
  }
  return lines;
}

}  // namespace

std::string_view name_of(ChangeKind kind) noexcept {
  constexpr std::string_view kNames[] = {"added", "removed", "changed"};
  return kNames[static_cast<std::size_t>(kind)];
}

std::vector<Change> differences(std::string_view before, std::string_view after) {
  const Side old_side = side_of(before), new_side = side_of(after);
  Comparison comparison(old_side, new_side);
  comparison.compare(old_side.root, new_side.root);
  return comparison.take();
}

std::vector<Change> table_differences(std::string_view before, std::string_view after) {
  const auto old_lines = lines_of(before), new_lines = lines_of(after);
  std::vector<Change> changes;
  for (const auto& [key, line] : old_lines) {
    const auto now = new_lines.find(key);
    if (now != new_lines.end() && now->second.text == line.text) continue;
    const bool gone = now == new_lines.end();
    changes.push_back({gone ? ChangeKind::removed : ChangeKind::changed,
                       {std::string(key.first)},
                       std::string(line.text),
                       gone ? std::string() : std::string(now->second.text),
                       line.number,
                       gone ? 0 : now->second.number});
  }
  for (const auto& [key, line] : new_lines)
    if (!old_lines.contains(key))
      changes.push_back(
          {ChangeKind::added, {std::string(key.first)}, {}, std::string(line.text), 0, line.number});
  return changes;
}

}  // namespace musubi::mapping
