#include "column_names.h"

#include <algorithm>
#include <array>

#include "musubi/base/nearest.h"
#include "musubi/base/shown_text.h"
#include "musubi/base/text.h"

namespace musubi::mapping {
namespace {

constexpr std::string_view kWideBlank = "\u3000";
/// Put in front of names or left out, by the habits of open-data lists.
constexpr auto kPrefixes = std::to_array<std::string_view>({"患者_", "陽性者_", "感染者_", "患者", "陽性者"});
constexpr auto kJoiners = std::to_array<std::string_view>({"_", "・", "-", "/", "の"});
constexpr std::size_t kLeastCharacters = 2;

void remove_all(std::string& text, std::string_view part) {
  for (auto at = text.find(part); at != text.npos; at = text.find(part, at)) text.erase(at, part.size());
}

/// 陽性者数(累計) → 陽性者数
void remove_brackets(std::string& text) {
  const auto open = text.find('(');
  if (open != text.npos && open != 0) text.erase(open);
}

/// What stays of a name without prefixes, joiners and remarks in brackets.
std::string core_of(std::string_view name) {
  auto text = column_key(name);
  for (const auto prefix : kPrefixes)
    if (text.starts_with(prefix) && text.size() > prefix.size()) {
      text.erase(0, prefix.size());
      break;
    }
  remove_brackets(text);
  for (const auto joiner : kJoiners) remove_all(text, joiner);
  return text;
}

bool one_contains_other(std::string_view left, std::string_view right) {
  if (base::characters(left) > base::characters(right)) std::swap(left, right);
  return base::characters(left) >= kLeastCharacters && right.find(left) != right.npos &&
         base::characters(left) * 3 >= base::characters(right);
}

/// 年代 and 年令: of two characters the second may differ; 入院 and 退院 are different things.
bool begin_alike(std::string_view left, std::string_view right) {
  constexpr std::size_t kOneKanji = 3;  // bytes
  return left.size() > kOneKanji && right.size() > kOneKanji &&
         left.substr(0, kOneKanji) == right.substr(0, kOneKanji);
}

}  // namespace

std::string column_key(std::string_view name) {
  std::string key = base::fold_width(name);
  remove_all(key, kWideBlank);
  remove_all(key, "\uFEFF");
  std::erase_if(key, [](char each) { return each == ' ' || (each >= '\t' && each <= '\r'); });
  std::ranges::transform(key, key.begin(), [](char each) {
    return each >= 'A' && each <= 'Z' ? static_cast<char>(each - 'A' + 'a') : each;
  });
  return key;
}

bool probably_renamed(std::string_view name, std::string_view other) {
  const auto left = core_of(name), right = core_of(other);
  if (left.empty() || right.empty()) return false;
  if (left == right || one_contains_other(left, right)) return true;
  const auto length = std::max(base::characters(left), base::characters(right));
  if (length <= kLeastCharacters) return begin_alike(left, right);
  const auto allowed = std::max<std::size_t>(length / 3, 1);
  return base::edit_distance(left, right, allowed) <= allowed;
}

std::string nearest_column(std::string_view name, std::span<const std::string> declared) {
  if (auto near = base::nearest(name, declared); !near.empty()) return near;
  const auto found =
      std::ranges::find_if(declared, [&](const auto& column) { return probably_renamed(column, name); });
  return found == declared.end() ? std::string() : *found;
}

Header::Header(std::span<const std::string> columns)
    : names_(columns.begin(), columns.end()), known_(columns.size(), false) {
  for (std::size_t index = 0; index < names_.size(); ++index)
    by_key_.emplace(column_key(names_[index]), static_cast<int>(index));
}

std::optional<int> Header::find(std::string_view name) const {
  const auto found = by_key_.find(column_key(name));
  if (found == by_key_.end()) return std::nullopt;
  return found->second;
}

void Header::know(std::string_view name) {
  if (const auto index = find(name)) known_[static_cast<std::size_t>(*index)] = true;
}

std::vector<UnknownColumn> Header::unknown() const {
  std::vector<UnknownColumn> columns;
  for (std::size_t index = 0; index < names_.size(); ++index) {
    if (known_[index]) continue;
    const auto& name = names_[index];
    auto shown = base::shown_column(name, index + 1);
    const bool repeated = by_key_.at(column_key(name)) != static_cast<int>(index);
    if (repeated && !shown.starts_with('[')) shown += " [" + std::to_string(index + 1) + "]";
    columns.push_back({repeated ? std::string() : name, std::move(shown)});
  }
  return columns;
}

void find_renames(Drift& drift, std::vector<UnknownColumn> unknown) {
  for (auto missing = drift.missing.begin(); missing != drift.missing.end();) {
    const auto other = std::ranges::find_if(
        unknown, [&](const UnknownColumn& column) { return probably_renamed(*missing, column.name); });
    if (other == unknown.end()) {
      ++missing;
      continue;
    }
    drift.renamed.emplace_back(std::move(*missing), std::move(other->shown));
    unknown.erase(other);
    missing = drift.missing.erase(missing);
  }
  for (auto& column : unknown) drift.unknown.push_back(std::move(column.shown));
}

}  // namespace musubi::mapping
