#include "musubi/fhir/models/primitive.h"

#include <array>
#include <charconv>

#include "box_definitions.h"
#include "member_access.h"
#include "musubi/fhir/r4/extension.h"

namespace musubi::fhir::r4 {

template class Box<PrimitiveExtras>;
template class Box<std::vector<UnknownElement>>;

namespace {

/// The whole text as a number.
template <class T>
std::optional<T> number(const std::string& text) {
  T value{};
  const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
  if (read.ec != std::errc() || read.ptr != text.data() + text.size()) return std::nullopt;
  return value;
}

}  // namespace

PrimitiveExtras& PrimitiveAccess::make_extras(Primitive& primitive) {
  return primitive.extras_ ? *primitive.extras_ : primitive.extras_.emplace();
}

const std::string& Primitive::id() const noexcept {
  static const std::string kNone;
  return extras_ ? extras_->id : kNone;
}

void Primitive::set_id(std::string id) { PrimitiveAccess::make_extras(*this).id = std::move(id); }

const std::vector<Extension>& Primitive::extensions() const noexcept {
  static const std::vector<Extension> kNone;
  return extras_ ? extras_->extensions : kNone;
}

std::vector<Extension>& Primitive::extensions() { return PrimitiveAccess::make_extras(*this).extensions; }

bool operator==(const Primitive& left, const Primitive& right) {
  const auto unknown = [](const Primitive& primitive) {
    const auto* extras = PrimitiveAccess::extras(primitive);
    return extras != nullptr && extras->unknown ? &*extras->unknown : nullptr;
  };
  const auto *left_unknown = unknown(left), *right_unknown = unknown(right);
  const bool same_unknown =
      left_unknown == right_unknown ||
      (left_unknown != nullptr && right_unknown != nullptr && *left_unknown == *right_unknown);
  return left.has_value() == right.has_value() && left.text() == right.text() && left.id() == right.id() &&
         left.extensions() == right.extensions() && same_unknown;
}

std::optional<bool> Boolean::value() const noexcept {
  if (text() == "true") return true;
  if (text() == "false") return false;
  return std::nullopt;
}

std::optional<std::int32_t> IntegerPrimitive::value() const noexcept { return number<std::int32_t>(text()); }

Decimal::Decimal(double value) {
  constexpr std::size_t kLongest = 32;
  std::array<char, kLongest> digits{};
  set_text({digits.data(), std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr});
}

std::optional<double> Decimal::value() const noexcept { return number<double>(text()); }

// The numbers of the types are those of r4_types().
#define MUSUBI_PRIMITIVE(model, name, kind, number)                                     \
  const ModelType& model_of(const model*) noexcept {                                    \
    static constexpr auto kType = alone<model>({name, ModelKind::kind, number, {}, 0}); \
    return kType;                                                                       \
  }
#include "r4_primitives.inc"

}  // namespace musubi::fhir::r4
