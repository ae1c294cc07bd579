// The primitive types of FHIR R4 (hl7.org/fhir/R4/datatypes.html#primitive): a value, kept as it was written
// (1.50 stays 1.50), and where there are any an id and extensions. A primitive may have extensions and no
// value: std::optional<Date> says whether the element is there, Date::has_value() whether it has a value.
//
//   patient.birth_date = "1980-02-03";
//   patient.birth_date->text();                            // "1980-02-03"
//   observation.issued.emplace().extensions().push_back({.url = "http://…", .value = Code{"unknown"}});
//
// Nothing is checked here: fhir::Validator does that. Threads: as a std::string.
#pragma once

#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "musubi/fhir/models/box.h"
#include "musubi/fhir/models/unknown_elements.h"

namespace musubi::fhir::r4 {

struct Extension;
struct ModelType;

/// What a primitive may have beside its value.
struct PrimitiveExtras;
extern template class Box<PrimitiveExtras>;

/// What all primitives share. Two are equal where text, id and extensions are.
class Primitive {
 public:
  bool has_value() const noexcept { return has_value_; }
  /// As it is written; empty where there is no value.
  const std::string& text() const noexcept { return text_; }
  void set_text(std::string text) {
    text_ = std::move(text);
    has_value_ = true;
    written_ = Written::by_type;
  }
  void reset_value() noexcept {
    text_.clear();
    has_value_ = false;
  }

  /// Element.id; empty: none.
  const std::string& id() const noexcept;
  void set_id(std::string id);
  const std::vector<Extension>& extensions() const noexcept;
  /// To add some and to change them.
  std::vector<Extension>& extensions();

  friend bool operator==(const Primitive& left, const Primitive& right);

 protected:
  Primitive() noexcept = default;
  explicit Primitive(std::string text) : text_(std::move(text)), has_value_(true) {}

 private:
  friend struct PrimitiveAccess;
  /// In JSON; by its type where nobody wrote it otherwise.
  enum class Written : std::uint8_t { by_type, quoted, bare };

  std::string text_;
  Box<PrimitiveExtras> extras_;
  bool has_value_ = false;
  Written written_ = Written::by_type;
};

/// A primitive whose value is text.
class TextPrimitive : public Primitive {
 public:
  TextPrimitive() noexcept = default;
  TextPrimitive(std::string text) : Primitive(std::move(text)) {}  // NOLINT(google-explicit-constructor)
  TextPrimitive(std::string_view text)
      : Primitive(std::string(text)) {}                              // NOLINT(google-explicit-constructor)
  TextPrimitive(const char* text) : Primitive(std::string(text)) {}  // NOLINT(google-explicit-constructor)

  friend bool operator==(const TextPrimitive& left, std::string_view right) {
    return left.has_value() && left.text() == right;
  }
};

class Base64Binary : public TextPrimitive {
  using TextPrimitive::TextPrimitive;
};
class Canonical : public TextPrimitive {
  using TextPrimitive::TextPrimitive;
};
class Code : public TextPrimitive {
  using TextPrimitive::TextPrimitive;
};
/// 2020, 2020-04 or 2020-04-01.
class Date : public TextPrimitive {
  using TextPrimitive::TextPrimitive;
};
/// As a date, or 2020-04-01T09:30:00+09:00.
class DateTime : public TextPrimitive {
  using TextPrimitive::TextPrimitive;
};
class Id : public TextPrimitive {
  using TextPrimitive::TextPrimitive;
};
/// 2020-04-01T09:30:00.000+09:00.
class Instant : public TextPrimitive {
  using TextPrimitive::TextPrimitive;
};
class Markdown : public TextPrimitive {
  using TextPrimitive::TextPrimitive;
};
class Oid : public TextPrimitive {
  using TextPrimitive::TextPrimitive;
};
class String : public TextPrimitive {
  using TextPrimitive::TextPrimitive;
};
/// 09:30:00.
class Time : public TextPrimitive {
  using TextPrimitive::TextPrimitive;
};
class Uri : public TextPrimitive {
  using TextPrimitive::TextPrimitive;
};
class Url : public TextPrimitive {
  using TextPrimitive::TextPrimitive;
};
class Uuid : public TextPrimitive {
  using TextPrimitive::TextPrimitive;
};
/// A div with its markup: <div xmlns="http://www.w3.org/1999/xhtml">…</div>.
class Xhtml : public TextPrimitive {
  using TextPrimitive::TextPrimitive;
};

class Boolean : public Primitive {
 public:
  Boolean() noexcept = default;
  template <std::same_as<bool> T>
  Boolean(T value) : Primitive(value ? "true" : "false") {}  // NOLINT(google-explicit-constructor)

  /// Nothing where there is no value, or none that is true or false.
  std::optional<bool> value() const noexcept;
  friend bool operator==(const Boolean& left, bool right) { return left.value() == right; }
};

class IntegerPrimitive : public Primitive {
 public:
  IntegerPrimitive() noexcept = default;
  template <std::integral T>
    requires(!std::same_as<T, bool>)
  IntegerPrimitive(T value) : Primitive(std::to_string(value)) {}  // NOLINT(google-explicit-constructor)

  /// Nothing where there is no value, or none that an int32 can say.
  std::optional<std::int32_t> value() const noexcept;
  friend bool operator==(const IntegerPrimitive& left, std::int32_t right) { return left.value() == right; }
};

class Integer : public IntegerPrimitive {
  using IntegerPrimitive::IntegerPrimitive;
};
class PositiveInt : public IntegerPrimitive {
  using IntegerPrimitive::IntegerPrimitive;
};
class UnsignedInt : public IntegerPrimitive {
  using IntegerPrimitive::IntegerPrimitive;
};

/// Its digits are kept: 1.50 is more precise than 1.5.
class Decimal : public Primitive {
 public:
  Decimal() noexcept = default;
  Decimal(const char* text) : Primitive(std::string(text)) {}  // NOLINT(google-explicit-constructor)
  explicit Decimal(std::string text) : Primitive(std::move(text)) {}
  template <std::integral T>
    requires(!std::same_as<T, bool>)
  Decimal(T value) : Primitive(std::to_string(value)) {}  // NOLINT(google-explicit-constructor)
  /// With as many digits as tell it from its neighbours. Must be finite.
  Decimal(double value);  // NOLINT(google-explicit-constructor)

  /// The nearest double; nothing where there is no value, or none that is a number.
  std::optional<double> value() const noexcept;
};

const ModelType& model_of(const Base64Binary*) noexcept;
const ModelType& model_of(const Boolean*) noexcept;
const ModelType& model_of(const Canonical*) noexcept;
const ModelType& model_of(const Code*) noexcept;
const ModelType& model_of(const Date*) noexcept;
const ModelType& model_of(const DateTime*) noexcept;
const ModelType& model_of(const Decimal*) noexcept;
const ModelType& model_of(const Id*) noexcept;
const ModelType& model_of(const Instant*) noexcept;
const ModelType& model_of(const Integer*) noexcept;
const ModelType& model_of(const Markdown*) noexcept;
const ModelType& model_of(const Oid*) noexcept;
const ModelType& model_of(const PositiveInt*) noexcept;
const ModelType& model_of(const String*) noexcept;
const ModelType& model_of(const Time*) noexcept;
const ModelType& model_of(const UnsignedInt*) noexcept;
const ModelType& model_of(const Uri*) noexcept;
const ModelType& model_of(const Url*) noexcept;
const ModelType& model_of(const Uuid*) noexcept;
const ModelType& model_of(const Xhtml*) noexcept;

}  // namespace musubi::fhir::r4
