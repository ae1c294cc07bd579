// A code of a required binding: an enumerator where R4 knows the code, and its text in any case.
//
//   patient.gender = AdministrativeGender::female;
//   if (patient.gender == AdministrativeGender::female) …
//   patient.gender->value();   // nothing where the code is one that R4 does not know
//   patient.gender->text();    // that code
#pragma once

#include <algorithm>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>

#include "musubi/fhir/models/primitive.h"

namespace musubi::fhir::r4 {

/// Of all codes of required bindings.
const ModelType& model_of_required_code() noexcept;

/// codes_of(Enum) names the codes in the order of the enumerators.
template <class Enum>
class CodeOf : public TextPrimitive {
 public:
  using TextPrimitive::TextPrimitive;
  CodeOf() noexcept = default;
  CodeOf(Enum code)  // NOLINT(google-explicit-constructor)
      : TextPrimitive(codes_of(code)[static_cast<std::size_t>(code)]) {}

  std::optional<Enum> value() const noexcept {
    const auto codes = codes_of(Enum{});
    const auto found = std::ranges::find(codes, std::string_view(text()));
    if (!has_value() || found == codes.end()) return std::nullopt;
    return static_cast<Enum>(found - codes.begin());
  }
  friend bool operator==(const CodeOf& left, Enum right) { return left.value() == right; }
};

template <class Enum>
const ModelType& model_of(const CodeOf<Enum>*) noexcept {
  return model_of_required_code();
}

}  // namespace musubi::fhir::r4
