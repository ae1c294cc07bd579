#include "rule.h"

namespace musubi::privacy {
namespace {

bool matches(const std::string& ruled, const std::string& asked) noexcept {
  return ruled == "*" || ruled == asked;
}

}  // namespace

bool Generalisation::can(model::FieldType type) const noexcept {
  switch (type) {
    case model::FieldType::date:
      return date != DatePrecision::unchanged;
    case model::FieldType::municipality_code:
      return municipality_to_prefecture;
    case model::FieldType::age:
      return age_to_band;
    default:
      return false;
  }
}

bool Rule::answers(const Request& request) const noexcept {
  return matches(recipient, request.recipient) && matches(purpose, request.purpose) &&
         matches(basis, request.basis);
}

int AppliedRule::precedence() const noexcept {
  if (rule->effect == Effect::forbid) return 100;
  return (own ? 10 : 0) + static_cast<int>(rule->specificity);
}

Treatment treatment_of(Effect effect) noexcept {
  switch (effect) {
    case Effect::release:
      return Treatment::release;
    case Effect::mask:
      return Treatment::mask;
    case Effect::generalise:
      return Treatment::generalise;
    case Effect::forbid:
      return Treatment::withhold;
  }
  return Treatment::withhold;
}

std::string_view name_of(Effect effect) noexcept {
  switch (effect) {
    case Effect::release:
      return "release";
    case Effect::mask:
      return "mask";
    case Effect::generalise:
      return "generalise";
    case Effect::forbid:
      return "forbid";
  }
  return "forbid";
}

std::string_view name_of(Treatment treatment) noexcept {
  switch (treatment) {
    case Treatment::withhold:
      return "withhold";
    case Treatment::mask:
      return "mask";
    case Treatment::generalise:
      return "generalise";
    case Treatment::release:
      return "release";
  }
  return "withhold";
}

}  // namespace musubi::privacy
