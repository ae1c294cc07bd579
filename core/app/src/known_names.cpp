#include "known_names.h"

#include <set>
#include <vector>

#include "musubi/base/nearest.h"

namespace musubi::app {
namespace {

using Names = std::set<std::string>;

base::Error unknown(std::string_view code, const std::string& word, const Names& names) {
  const std::vector<std::string_view> known(names.begin(), names.end());
  const auto near = base::nearest(word, known);
  if (!near.empty())
    return base::Error(base::ErrorKind::usage, std::string(code) + "_near",
                       {{"word", word}, {"suggestion", near}});
  return base::Error(base::ErrorKind::usage, code, {{"word", word}, {"known", base::joined(known)}});
}

}  // namespace

base::Status check_source(Workshop& workshop, const ledger::Ledger& ledger, const std::string& source) {
  if (source.empty()) return {};
  Names names;
  for (const auto& each : ledger.submissions()) names.insert(each.source);
  if (names.contains(source)) return {};
  MUSUBI_ASSIGN(const auto* settings, workshop.settings());
  for (const auto& [name, use] : settings->sources) names.insert(name);
  if (names.contains(source)) return {};
  return unknown("app.usage.source_unknown", source, names);
}

base::Status check_reason(Workshop& workshop, const ledger::Ledger& ledger, const std::string& reason) {
  if (reason.empty() || base::find_message(reason) != nullptr) return {};
  MUSUBI_ASSIGN(const auto checks, workshop.checks());
  if (checks->find(reason) != nullptr) return {};
  Names names;
  for (const auto& each : ledger.quarantine()) names.insert(each.reason);
  if (names.contains(reason)) return {};
  for (const auto& rule : checks->rules()) names.insert(rule.code);
  return unknown("app.usage.reason_unknown", reason, names);
}

}  // namespace musubi::app
