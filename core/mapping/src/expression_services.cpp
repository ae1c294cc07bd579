#include "musubi/mapping/expression_services.h"

#include <algorithm>

namespace musubi::mapping {
namespace {

constexpr std::size_t kPrefectureDigits = 2;

bool is_number(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char each) { return each >= '0' && each <= '9'; });
}

}  // namespace

std::string_view Places::municipality(std::string_view text, std::string_view prefecture) const noexcept {
  const auto& places = value_sets_->municipalities();
  const auto digits = prefecture.empty() ? prefecture : this->prefecture(prefecture);
  if (!prefecture.empty() && digits.empty()) return {};
  if (const auto* known = is_number(text) ? places.by_code(text) : nullptr) return known->code;
  return places.find(text, digits);
}

std::string_view Places::prefecture(std::string_view text) const noexcept {
  const auto& places = value_sets_->municipalities();
  if (is_number(text))
    return places.prefecture_name(text).empty() ? std::string_view() : text.substr(0, kPrefectureDigits);
  return places.find(text).substr(0, kPrefectureDigits);
}

std::optional<bool> Terminology::contains(std::string_view value_set, fhirpath::Code code) const noexcept {
  const auto* set = value_sets_->find(value_set);
  if (set == nullptr) return std::nullopt;
  return set->with_code(code.code) != nullptr;
}

std::optional<bool> Terminology::subsumes(fhirpath::Code general, fhirpath::Code special) const noexcept {
  const auto* set = value_sets_->find(special.system.empty() ? general.system : special.system);
  if (set == nullptr) return std::nullopt;
  const auto* each = set->with_code(special.code);
  for (auto steps = set->concepts().size(); each != nullptr && steps > 0; --steps) {
    if (each->code == general.code) return true;
    each = set->with_code(each->parent);
  }
  return false;
}

}  // namespace musubi::mapping
