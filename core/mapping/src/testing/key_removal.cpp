#include "key_removal.h"

#include <algorithm>
#include <array>

namespace musubi::mapping {
namespace {

/// From the root: numbers of entries and items.
using Steps = std::vector<std::size_t>;

constexpr auto kSourceKeys = std::to_array<std::string_view>({"from", "join", "expr", "value"});
/// Keys of the head that decide what becomes of a row.
constexpr auto kHeadKeys =
    std::to_array<std::string_view>({"when", "hold", "reject", "skip_rows_where", "required", "value_sets",
                                     "for_each", "fields", "columns", "template"});

bool is_one_of(std::string_view word, base::Names words) {
  return std::ranges::find(words, word) != words.end();
}

bool has_source(const YamlNode& node) {
  return std::ranges::any_of(kSourceKeys, [&](std::string_view key) { return node.find(key) != nullptr; });
}

YamlNode& child(YamlNode& node, std::size_t step) {
  return node.kind == YamlKind::map ? node.entries[step].second : node.items[step];
}

void remove(YamlNode& root, const Steps& steps) {
  auto* node = &root;
  for (std::size_t index = 0; index + 1 < steps.size(); ++index) node = &child(*node, steps[index]);
  const auto last = static_cast<std::ptrdiff_t>(steps.back());
  if (node->kind == YamlKind::map)
    node->entries.erase(node->entries.begin() + last);
  else
    node->items.erase(node->items.begin() + last);
}

class KeyParts {
 public:
  explicit KeyParts(std::shared_ptr<const Source> source) : source_(std::move(source)) {}

  std::vector<Part> run() {
    const auto& root = source_->inherited->root;
    const bool writes = root.find("writes") != nullptr;
    for (std::size_t index = 0; index < root.entries.size(); ++index) {
      const auto& [key, node] = root.entries[index];
      if (!is_one_of(key.text, kHeadKeys) || (key.text == "columns" && !writes)) continue;
      enter(index, key.text, [&] { take_head(key, node); });
    }
    return std::move(parts_);
  }

 private:
  template <class Inside>
  void enter(std::size_t step, const std::string& name, Inside inside) {
    steps_.push_back(step);
    const auto before = name_;
    name_ += (name_.empty() ? "" : ".") + name;
    inside();
    name_ = before;
    steps_.pop_back();
  }

  void take_head(const Located& key, const YamlNode& node) {
    if (key.text == "when") return add(key.mark);
    if (key.text == "template") return take_template(node);
    if (key.text == "fields" || key.text == "columns") return take_rules(node);
    take_words(key, node);
  }

  void take_rules(const YamlNode& rules) {
    for (std::size_t index = 0; index < rules.entries.size(); ++index) {
      const auto& [field, node] = rules.entries[index];
      enter(index, field.text, [&] {
        add(field.mark);
        take_rule(node);
      });
    }
  }

  /// A rule's keys; of a group, its items and its rules.
  void take_rule(const YamlNode& rule) {
    for (std::size_t index = 0; index < rule.entries.size(); ++index) {
      const auto& [key, node] = rule.entries[index];
      const bool source = is_one_of(key.text, kSourceKeys);
      enter(index, key.text, [&] {
        if (key.text == "fields") return take_rules(node);
        if (source && node.items.size() < 2) return;
        take_words(key, node);
      });
    }
  }

  /// Each of several words, or the key that has one.
  void take_words(const Located& key, const YamlNode& node) {
    const auto size = node.items.size() + node.entries.size();
    if (size == 0) return add(key.mark);
    for (std::size_t index = 0; index < node.items.size(); ++index) take_item(node.items[index], index);
    for (std::size_t index = 0; index < node.entries.size(); ++index) {
      const auto& [word, below] = node.entries[index];
      enter(index, word.text,
            [&] { below.items.empty() && below.entries.empty() ? add(word.mark) : take_words(word, below); });
    }
  }

  void take_item(const YamlNode& item, std::size_t index) {
    const auto name = item.text.empty() ? std::to_string(index + 1) : item.text;
    enter(index, name, [&] {
      add(item.mark);
      if (item.kind == YamlKind::map && item.entries.size() > 1 && item.find("is") != nullptr)
        for (std::size_t key = 0; key < item.entries.size(); ++key)
          if (item.entries[key].first.text == "is" && item.entries[key].second.items.size() > 1)
            enter(key, "is", [&] { take_words(item.entries[key].first, item.entries[key].second); });
    });
  }

  /// Every piece of the document that is written.
  void take_template(const YamlNode& node) {
    if (node.kind == YamlKind::map && has_source(node) && !is_plain_value(node)) return take_rule(node);
    for (std::size_t index = 0; index < node.entries.size(); ++index) {
      const auto& [key, below] = node.entries[index];
      enter(index, key.text, [&] {
        add(key.mark);
        take_template(below);
      });
    }
    for (std::size_t index = 0; index < node.items.size(); ++index)
      enter(index, std::to_string(index + 1), [&] {
        add(node.items[index].mark);
        take_template(node.items[index]);
      });
  }

  /// `value` alone is a name that documents have too.
  static bool is_plain_value(const YamlNode& node) {
    return node.find("from") == nullptr && node.find("expr") == nullptr && node.find("as") == nullptr;
  }

  void add(Mark mark) {
    const auto without = [source = source_, steps = steps_] {
      Inherited changed = *source->inherited;
      remove(changed.root, steps);
      return source->compiled(changed, source->context, false);
    };
    parts_.push_back({source_->place(mark), name_, without});
  }

  std::shared_ptr<const Source> source_;
  std::vector<Part> parts_;
  Steps steps_;
  std::string name_;
};

}  // namespace

std::vector<Part> removable_keys(const std::shared_ptr<const Source>& source) {
  return KeyParts(source).run();
}

}  // namespace musubi::mapping
