#include "comparison.h"

#include <algorithm>
#include <set>

namespace musubi::mapping {
namespace {

constexpr std::string_view kWhole = "record";

/// The field or column that a path begins with, and whether `path` lies at or below `place`.
bool lies_at(std::string_view path, std::string_view place) {
  if (!path.starts_with(place)) return false;
  return path.size() == place.size() || path[place.size()] == '[' || path[place.size()] == '.';
}

std::string_view key_of(CameKind kind) {
  if (kind == CameKind::skipped) return "skipped";
  return kind == CameKind::fault ? "fault" : "refused";
}

/// "held patient.sex", or "held record".
std::string shown_finding(Ending ending, const std::string& path) {
  return std::string(name_of(ending)) + " " + (path.empty() ? std::string(kWhole) : path);
}

using Findings = std::multiset<std::pair<std::string, std::string>>;  ///< as shown → code

Findings findings_of(const Came& came) {
  Findings all;
  for (const auto& each : came.findings) all.emplace(shown_finding(each.ending, each.path), each.code);
  return all;
}

Findings findings_of(const std::vector<ExpectedFinding>& expected) {
  Findings all;
  for (const auto& each : expected) all.emplace(shown_finding(each.ending, each.path.text), each.code);
  return all;
}

void compare(const Findings& expected, const Findings& came, Mark mark, std::vector<FoundDifference>& into) {
  for (const auto& [what, code] : expected)
    if (came.count({what, code}) < expected.count({what, code}))
      into.push_back({.mark = mark, .path = what, .expected = code});
  for (const auto& [what, code] : came)
    if (expected.count({what, code}) < came.count({what, code}))
      into.push_back({.mark = mark, .path = what, .came = code});
}

bool is_held(const Expectation& expected) {
  return std::ranges::any_of(expected.findings,
                             [](const auto& each) { return each.ending != Ending::noted; });
}

/// What a word is to become beside findings of its own: {value: …}, {absent: …}, or unreadable.
void add_meaning(const std::string& path, const YamlNode& means, Leaves& into) {
  const bool finds =
      means.find("held") != nullptr || means.find("rejected") != nullptr || means.find("noted") != nullptr;
  if (!finds) return add_field(path, means, into);
  if (const auto* value = means.find("value")) return add_field(path, *value, into);
  const auto* reason = means.find("absent");
  into[path] = {
      reason == nullptr ? std::string(model::name_of(model::AbsentReason::unreadable)) : reason->text, true};
}

Findings findings_of(const YamlNode& means, const std::string& path) {
  Findings all;
  for (const auto ending : {Ending::noted, Ending::held, Ending::rejected})
    if (const auto* code = means.find(name_of(ending))) all.emplace(shown_finding(ending, path), code->text);
  return all;
}

std::string text_at(const Leaves& leaves, const std::string& path) {
  const auto found = leaves.find(path);
  return found == leaves.end() ? std::string() : shown(found->second);
}

}  // namespace

Comparison::Comparison(const TestFile& file, const Mapping& mapping)
    : file_(file), catalogue_(*mapping.context().catalogue), writes_(mapping.head().writes) {}

void Comparison::add(const Entries& entries, Leaves& into) const {
  for (const auto& [name, node] : entries.entries) {
    remove(name.text, writes_ == Writes::json, into);
    if (writes_ == Writes::json)
      add_json(name.text, node, into);
    else if (writes_ == Writes::csv && node.kind == YamlKind::null)
      into[name.text] = {};
    else
      add_field(name.text, node, into);
  }
  if (writes_ != Writes::csv) std::erase_if(into, [](const auto& leaf) { return leaf.second.text.empty(); });
}

Leaves Comparison::leaves_of(const Expectation& expected, bool from_base) const {
  Leaves leaves;
  if (writes_ != Writes::nothing && is_held(expected)) return leaves;
  if (from_base) add(file_.base_result, leaves);
  if (expected.result) add(*expected.result, leaves);
  return leaves;
}

/// A field that has a finding and no value of its own in the case may be anything.
bool Comparison::is_compared(const std::string& path, const Expectation& expected, bool only_named) const {
  const auto named = [&](const auto& entry) { return lies_at(path, entry.first.text); };
  const bool is_named = expected.result && std::ranges::any_of(expected.result->entries, named);
  if (is_named || only_named) return is_named;
  return std::ranges::none_of(expected.findings, [&](const ExpectedFinding& finding) {
    return path.ends_with(finding.path.text) || lies_at(path, finding.path.text);
  });
}

void Comparison::compare(const Expectation& expected, const TestCase& of, const Came& came,
                         std::vector<FoundDifference>& into) const {
  const auto because = expected.skipped ? expected.skipped->text : expected.fault ? expected.fault->text : "";
  const auto kind = expected.skipped ? CameKind::skipped
                    : expected.fault ? CameKind::fault
                                     : CameKind::result;
  if (kind != came.kind || because != came.because) {
    if (kind != CameKind::result)
      into.push_back({.mark = expected.mark, .path = std::string(key_of(kind)), .expected = because});
    if (came.kind != CameKind::result)
      into.push_back({.mark = expected.mark, .path = std::string(key_of(came.kind)), .came = came.because});
    return;
  }
  if (kind != CameKind::result) return;
  const auto wanted = leaves_of(expected, of.from_base);
  Leaves all = wanted;
  all.insert(came.leaves.begin(), came.leaves.end());
  const bool columns_count = writes_ == Writes::csv && of.from_base;
  const auto differ = [&](const std::string& path) {
    return text_at(wanted, path) != text_at(came.leaves, path) ||
           (columns_count && wanted.contains(path) != came.leaves.contains(path));
  };
  for (const auto& [path, leaf] : all)
    if (differ(path) && is_compared(path, expected, of.only_named))
      into.push_back({.mark = expected.mark,
                      .path = path,
                      .expected = text_at(wanted, path),
                      .came = text_at(came.leaves, path)});
  mapping::compare(findings_of(expected.findings), findings_of(came), expected.mark, into);
}

std::vector<FoundDifference> Comparison::of_case(std::size_t index, const std::vector<Came>& came) const {
  const auto& each = file_.cases[index];
  std::vector<FoundDifference> found;
  const bool refused = came.size() == 1 && came.front().kind == CameKind::refused;
  if (each.refused || refused) {
    const auto wanted = each.refused ? each.refused->text : std::string();
    const auto got = refused ? came.front().because : std::string();
    if (wanted != got)
      found.push_back({.mark = each.name.mark, .path = "refused", .expected = wanted, .came = got});
    return found;
  }
  if (each.expected.size() != came.size()) {
    found.push_back({.mark = each.name.mark,
                     .path = "gives",
                     .expected = std::to_string(each.expected.size()),
                     .came = std::to_string(came.size())});
    return found;
  }
  for (std::size_t row = 0; row < came.size(); ++row) {
    const auto before = found.size();
    compare(each.expected[row], each, came[row], found);
    for (auto difference = before; difference < found.size(); ++difference) found[difference].row = row;
  }
  return found;
}

/// A member of a group is looked for in its first item.
std::string Comparison::path_of(const std::string& target) const {
  const auto* field = writes_ == Writes::nothing ? catalogue_.find(target) : nullptr;
  if (field == nullptr || field->group == model::kNoField) return target;
  return catalogue_.at(field->group).id + "[0]." + target;
}

std::vector<FoundDifference> Comparison::of_word(const WordChecks& checks, const WordCheck& word,
                                                 const Came& came) const {
  const auto& mark = word.word.mark;
  std::vector<FoundDifference> found;
  if (came.kind != CameKind::result) {
    found.push_back({.mark = mark, .path = std::string(key_of(came.kind)), .came = came.because});
    return found;
  }
  const auto path = path_of(checks.target.text);
  Leaves wanted, got;
  add_meaning(path, word.means, wanted);
  std::erase_if(wanted, [](const auto& leaf) { return leaf.second.text.empty(); });
  for (const auto& leaf : came.leaves)
    if (lies_at(leaf.first, path) && !leaf.second.text.empty()) got.insert(leaf);
  Leaves all = wanted;
  all.insert(got.begin(), got.end());
  for (const auto& [at, leaf] : all)
    if (text_at(wanted, at) != text_at(got, at))
      found.push_back({.mark = mark, .path = at, .expected = text_at(wanted, at), .came = text_at(got, at)});
  auto findings = findings_of(came);
  std::erase_if(findings, [&](const auto& each) { return !each.first.ends_with(" " + checks.target.text); });
  mapping::compare(findings_of(word.means, checks.target.text), findings, mark, found);
  return found;
}

bool Comparison::holds(const std::vector<Came>& words) const {
  auto came = words.begin();
  for (const auto& checks : file_.words)
    for (const auto& word : checks.words)
      if (!of_word(checks, word, *came++).empty()) return false;
  return true;
}

}  // namespace musubi::mapping
