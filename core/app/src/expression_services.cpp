#include "expression_services.h"

#include <exception>

namespace musubi::app {

namespace {

constexpr std::size_t kPrefectureDigits = 2;

/// The 6-digit code of a prefecture given by two digits, a code or a name; empty: none.
std::string_view prefecture_code(const model::Municipalities& municipalities,
                                 std::string_view text) noexcept {
  const std::string_view name = municipalities.prefecture_name(text);
  return municipalities.find(name.empty() ? text : name);
}

}  // namespace

std::optional<bool> LocalValueSets::contains(std::string_view value_set, fhirpath::Code code) const noexcept {
  const model::ValueSet* found = value_sets_->find(value_set);
  if (found == nullptr) return std::nullopt;
  return found->with_code(code.code) != nullptr;
}

std::optional<bool> LocalValueSets::subsumes(fhirpath::Code, fhirpath::Code) const noexcept {
  return std::nullopt;
}

std::string_view LocalValueSets::municipality(std::string_view text,
                                              std::string_view prefecture) const noexcept {
  const model::Municipalities& municipalities = value_sets_->municipalities();
  if (const model::Municipality* known = municipalities.by_code(text)) return known->code;
  return municipalities.find(text,
                             prefecture.empty() ? prefecture : prefecture_code(municipalities, prefecture));
}

std::string_view LocalValueSets::prefecture(std::string_view text) const noexcept {
  const std::string_view code = prefecture_code(value_sets_->municipalities(), text);
  return code.substr(0, kPrefectureDigits);
}

void TraceToStream::trace(std::string_view name, std::span<const fhirpath::Value> values) noexcept {
  try {
    for (const fhirpath::Value& value : values) {
      out_ << name << '\t' << fhirpath::type_name(value) << '\t' << fhirpath::to_text(value) << '\n';
    }
  } catch (const std::exception&) {
    out_.setstate(std::ios::failbit);
  }
}

}  // namespace musubi::app
