#include "reason_text.h"

namespace musubi::app {
namespace {

/// Empty: neither a rule's code nor a mapping's.
std::string own_text(const ReasonSources& sources, std::string_view code, base::Language language) {
  const bool japanese = language == base::Language::japanese;
  if (const auto* rule = sources.checks == nullptr ? nullptr : sources.checks->find(code))
    return japanese ? rule->japanese : rule->english;
  const auto* label = sources.mapping == nullptr ? nullptr : sources.mapping->reason(code);
  if (label == nullptr && sources.mappings != nullptr) label = sources.mappings->reason(code);
  if (label != nullptr) return japanese ? label->japanese : label->english;
  return {};
}

}  // namespace

ReasonSources reason_sources(Workshop& workshop) {
  const auto checks = workshop.checks();
  const auto in_force = workshop.in_force();
  ReasonSources sources;
  if (!checks.has_error()) sources.checks = *checks;
  if (!in_force.has_error()) sources.mappings = (*in_force)->mappings;
  return sources;
}

std::string reason_text(const ReasonSources& sources, std::string_view code, base::Language language) {
  auto text = own_text(sources, code, language);
  return text.empty() ? base::summary(language, code) : text;
}

std::string finding_text(const ReasonSources& sources, std::string_view code, std::string_view field,
                         base::Language language) {
  if (field.empty()) return reason_text(sources, code, language);
  auto text = own_text(sources, code, language);
  return text.empty() ? base::say(language, code, {{"field", std::string(field)}}) : text;
}

}  // namespace musubi::app
