#include "yaml_reader.h"

#include <algorithm>
#include <charconv>
#include <set>

#include "musubi/base/partial_date.h"
#include "musubi/base/text.h"

namespace musubi::privacy {
namespace {

std::optional<int> digits(std::string_view text) {
  int number = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
  if (text.empty() || read.ec != std::errc{} || read.ptr != text.data() + text.size()) return std::nullopt;
  return number;
}

std::optional<Day> day_named(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  const auto year = digits(text.substr(0, 4)), month = digits(text.substr(5, 2)),
             day = digits(text.substr(8));
  if (!year || !month || !day || *year < 1 || *month < 1 || *day < 1) return std::nullopt;
  const base::PartialDate date{static_cast<std::int16_t>(*year), static_cast<std::uint8_t>(*month),
                               static_cast<std::uint8_t>(*day)};
  const auto found = base::day_of(date);
  if (!found) return std::nullopt;
  return static_cast<Day>(found->time_since_epoch().count());
}

base::Place place_at(const YAML::Mark& mark, const std::string& file) {
  if (mark.is_null()) return {.file = file};
  return {.file = file,
          .line = static_cast<std::uint64_t>(mark.line) + 1,
          .column = static_cast<std::uint64_t>(mark.column) + 1};
}

}  // namespace

base::Error Problems::chained() const {
  base::Error chain = errors_.back();
  for (auto each = errors_.rbegin() + 1; each != errors_.rend(); ++each) {
    const base::Error* last = &*each;
    std::vector<base::Error> links;
    for (; last != nullptr; last = last->cause()) links.push_back(*last);
    for (auto link = links.rbegin(); link != links.rend(); ++link) chain = link->because(chain);
  }
  return chain;
}

base::Error configuration_error(std::string_view code,
                                std::initializer_list<base::MessageArgument> arguments) {
  return base::Error(base::ErrorKind::bad_configuration, code, arguments);
}

std::string nearest(std::string_view word, std::span<const std::string_view> known) {
  std::string_view best;
  const std::size_t limit = std::max<std::size_t>(2, word.size() / 3);
  std::size_t best_distance = limit + 1;
  for (const auto each : known) {
    const auto distance = base::edit_distance(word, each, limit);
    if (distance < best_distance) {
      best = each;
      best_distance = distance;
    }
  }
  return std::string(best);
}

YamlMap::YamlMap(const YAML::Node& node, std::string file, std::initializer_list<std::string_view> keys,
                 Problems& problems)
    : node_(node), file_(std::move(file)), problems_(&problems) {
  if (!node_.IsMap()) {
    problems.add(configuration_error("privacy.not_a_mapping").at(place()));
    node_ = YAML::Node(YAML::NodeType::Map);
    return;
  }
  std::set<std::string> seen;
  for (const auto& entry : node_) {
    const auto key = entry.first.IsScalar() ? entry.first.Scalar() : std::string();
    const auto where = place_of(entry.first);
    if (std::ranges::find(keys, key) == keys.end()) {
      const auto near = nearest(key, std::span(keys.begin(), keys.size()));
      problems.add(
          configuration_error("privacy.unknown_key", {{"key", key}, {"suggestion", near}}).at(where));
    } else if (!seen.insert(key).second) {
      problems.add(configuration_error("privacy.key_twice", {{"key", key}}).at(where));
    }
  }
}

base::Place YamlMap::place_of(const YAML::Node& node) const { return place_at(node.Mark(), file_); }

base::Place YamlMap::place_of(std::string_view key) const {
  const auto node = child(key);
  return node.IsDefined() ? place_of(node) : place();
}

YAML::Node YamlMap::child(std::string_view key) const {
  const YAML::Node& node = node_;
  return node[std::string(key)];
}

bool YamlMap::has(std::string_view key) const {
  const auto node = child(key);
  return node.IsDefined() && !node.IsNull();
}

void YamlMap::problem(std::string_view key, std::string_view code,
                      std::initializer_list<base::MessageArgument> arguments) const {
  problems_->add(configuration_error(code, arguments).with("key", key).at(place_of(key)));
}

std::string YamlMap::scalar(const YAML::Node& node, std::string_view key) const {
  if (node.IsScalar()) return node.Scalar();
  problems_->add(configuration_error("privacy.not_a_text", {{"key", std::string(key)}}).at(place_of(node)));
  return {};
}

std::string YamlMap::text(std::string_view key) const {
  if (has(key)) return scalar(child(key), key);
  problem(key, "privacy.key_missing");
  return {};
}

std::string YamlMap::text_or(std::string_view key, std::string otherwise) const {
  return has(key) ? scalar(child(key), key) : std::move(otherwise);
}

std::vector<std::string> YamlMap::texts(std::string_view key) const {
  std::vector<std::string> found;
  if (!has(key)) return found;
  const auto node = child(key);
  if (!node.IsSequence()) return {scalar(node, key)};
  for (const auto& item : node) found.push_back(scalar(item, key));
  return found;
}

model::Label YamlMap::label(std::string_view key) const {
  if (!has(key)) {
    problem(key, "privacy.key_missing");
    return {};
  }
  const YamlMap both(child(key), file_, {"ja", "en"}, *problems_);
  return {both.text("ja"), both.text("en")};
}

std::optional<Day> YamlMap::day(std::string_view key) const {
  if (!has(key)) return std::nullopt;
  const auto found = day_named(text(key));
  if (!found) problem(key, "privacy.bad_date");
  return found;
}

std::optional<YAML::Node> parse_yaml(const std::string& text, const std::string& file, Problems& problems) {
  try {
    return YAML::Load(text);
  } catch (const YAML::Exception& broken) {
    problems.add(configuration_error("privacy.broken_yaml", {{"problem", broken.msg}})
                     .at(place_at(broken.mark, file)));
    return std::nullopt;
  }
}

std::vector<YAML::Node> items_of(const YamlMap& map, std::string_view key) {
  if (!map.has(key)) return {};
  const auto node = map.child(key);
  if (node.IsSequence()) return {node.begin(), node.end()};
  map.problem(key, "privacy.not_a_list");
  return {};
}

}  // namespace musubi::privacy
