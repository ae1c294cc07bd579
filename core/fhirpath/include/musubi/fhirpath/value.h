// What an expression yields: System values (Boolean, Integer, String …) and nodes of the data it walks.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "musubi/fhirpath/decimal.h"
#include "musubi/fhirpath/quantity.h"
#include "musubi/fhirpath/temporal.h"
#include "musubi/fhirpath/type_table.h"

namespace musubi::fhirpath {

class Resource;
struct ResourceNode;

enum class ValueKind : std::uint8_t {
  boolean,
  integer,
  decimal,
  string,
  date,
  date_time,
  time,
  quantity,
  node,  ///< of a Resource: a FHIR element, or a node of untyped JSON or XML
  row,   ///< the row of a table itself
  type   ///< what type() answers; its children are namespace and name
};

/// Trivially copyable, 24 bytes. Texts, decimals and nodes belong to whoever made it: results of an
/// Evaluation live until its next run, and no longer than the data it walked and the expression.
class Value {
 public:
  constexpr Value() noexcept : integer_(0) {}
  static Value of_boolean(bool value) noexcept {
    Value made(ValueKind::boolean);
    made.boolean_ = value;
    return made;
  }
  static Value of_integer(std::int64_t value) noexcept {
    Value made(ValueKind::integer);
    made.integer_ = value;
    return made;
  }
  static Value of_text(std::string_view text) noexcept {
    Value made(ValueKind::string);
    made.characters_ = text.data();
    made.size_ = static_cast<std::uint32_t>(text.size());
    return made;
  }
  static Value of(const ResourceNode* node, const Resource* resource) noexcept {
    Value made(ValueKind::node);
    made.node_ = node;
    made.resource_ = resource;
    return made;
  }
  static Value of(const Decimal* value) noexcept;
  static Value of(Date value) noexcept;
  static Value of(const DateTime* value) noexcept;
  static Value of(const Time* value) noexcept;
  static Value of(const Quantity* value) noexcept;
  static Value of_row() noexcept { return Value(ValueKind::row); }
  static Value of_type(const TypeTable* table, TypeIndex type) noexcept;

  ValueKind kind() const noexcept { return kind_; }
  bool is(ValueKind kind) const noexcept { return kind_ == kind; }

  // Each may be asked only of its kind.
  bool boolean() const noexcept { return boolean_; }
  std::int64_t integer() const noexcept { return integer_; }
  std::string_view text() const noexcept { return {characters_, size_}; }
  const Decimal& decimal() const noexcept { return *decimal_; }
  Date date() const noexcept { return date_; }
  const DateTime& date_time() const noexcept { return *date_time_; }
  const Time& time() const noexcept { return *time_; }
  const Quantity& quantity() const noexcept { return *quantity_; }
  const ResourceNode& node() const noexcept { return *node_; }
  const Resource& resource() const noexcept { return *resource_; }
  const TypeTable* type_table() const noexcept { return table_; }
  TypeIndex type_index() const noexcept { return static_cast<TypeIndex>(size_); }

 private:
  explicit constexpr Value(ValueKind kind) noexcept : integer_(0), kind_(kind) {}

  union {
    bool boolean_;
    std::int64_t integer_;
    const char* characters_;
    const Decimal* decimal_;
    Date date_;
    const DateTime* date_time_;
    const Time* time_;
    const Quantity* quantity_;
    const ResourceNode* node_;
    const TypeTable* table_;
  };
  const Resource* resource_ = nullptr;
  std::uint32_t size_ = 0;
  ValueKind kind_ = ValueKind::boolean;
};

/// The name of its type as `musubi fhirpath` prints it: "string", "dateTime", "Quantity" for System values;
/// of a node its FHIR type ("code", "HumanName") or, untyped, "object", "string", "number", "boolean".
std::string type_name(const Value& value);
/// The value in one line: a text as it is, 1.50, 2020-04-01, 10 'mg'; a group of elements as JSON.
std::string to_text(const Value& value);
/// As JSON: texts and dates quoted, numbers as written, quantities and elements as objects.
std::string to_json(const Value& value);

}  // namespace musubi::fhirpath
