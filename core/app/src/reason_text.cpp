#include "reason_text.h"

namespace musubi::app {
namespace {

/// Empty: not a rule's code.
std::string rule_text(const quality::Checks* checks, std::string_view code, base::Language language) {
  const auto* rule = checks == nullptr ? nullptr : checks->find(code);
  if (rule == nullptr) return {};
  return language == base::Language::japanese ? rule->japanese : rule->english;
}

}  // namespace

std::string reason_text(const quality::Checks* checks, std::string_view code, base::Language language) {
  auto text = rule_text(checks, code, language);
  return text.empty() ? base::summary(language, code) : text;
}

std::string finding_text(const quality::Checks* checks, std::string_view code, std::string_view field,
                         base::Language language) {
  if (field.empty()) return reason_text(checks, code, language);
  auto text = rule_text(checks, code, language);
  return text.empty() ? base::say(language, code, {{"field", std::string(field)}}) : text;
}

}  // namespace musubi::app
