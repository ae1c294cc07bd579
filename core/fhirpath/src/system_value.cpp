// FHIR elements as System values: the implicit conversions of FHIR R4, section "Use of FHIRPath".
#include <array>
#include <utility>

#include "run.h"

namespace musubi::fhirpath {
namespace {

constexpr std::string_view kUcum = "http://unitsofmeasure.org";

/// The codes of time in a FHIR Quantity mean calendar durations (FHIR R4, "Use of FHIRPath", Quantity).
void take_ucum(Quantity& quantity, std::string_view code) {
  constexpr std::array<std::pair<std::string_view, TimeUnit>, 7> kDurations = {
      {{"a", TimeUnit::year},
       {"mo", TimeUnit::month},
       {"d", TimeUnit::day},
       {"h", TimeUnit::hour},
       {"min", TimeUnit::minute},
       {"s", TimeUnit::second},
       {"ms", TimeUnit::millisecond}}};
  quantity.unit = code;
  for (const auto& [ucum, unit] : kDurations) {
    if (ucum != code) continue;
    quantity.unit = calendar_keyword(unit);
    quantity.calendar = true;
  }
}

}  // namespace

Value Run::value_of_node(const Value& value) {
  const auto& node = value.node();
  return node.system == ValueKind::quantity ? quantity_of(value) : value_of_leaf(node, node.system);
}

/// Without a type a number that is written as a whole one is an Integer.
Value Run::value_of_number(const ResourceNode& node, ValueKind kind) {
  const auto number = parse_fhir_decimal(node.text);
  if (!number) return Value::of_text(node.text);
  if (const auto integer = to_integer(*number);
      integer && number->scale() == 0 && (kind == ValueKind::integer || node.type == kNoType)) {
    return Value::of_integer(*integer);
  }
  const auto* kept = keep(*number);
  return kept == nullptr ? Value::of_text(node.text) : Value::of(kept);
}

/// A text that is not what its type promises stays a String.
Value Run::value_of_leaf(const ResourceNode& node, ValueKind kind) {
  const auto as_text = Value::of_text(node.text);
  switch (kind) {
    case ValueKind::boolean:
      return node.text == "true" || node.text == "false" ? Value::of_boolean(node.text == "true") : as_text;
    case ValueKind::integer:
    case ValueKind::decimal:
      return value_of_number(node, kind);
    case ValueKind::date: {
      const auto date = parse_date(node.text);
      return date ? Value::of(*date) : as_text;
    }
    case ValueKind::date_time: {
      const auto date_time = parse_date_time(node.text);
      const auto* kept = date_time ? keep(*date_time) : nullptr;
      return kept == nullptr ? as_text : Value::of(kept);
    }
    case ValueKind::time: {
      const auto time = parse_time(node.text);
      const auto* kept = time ? keep(*time) : nullptr;
      return kept == nullptr ? as_text : Value::of(kept);
    }
    default:
      return as_text;
  }
}

/// A FHIR Quantity with a value and no comparator; its UCUM code is the unit, or the unit as written.
Value Run::quantity_of(const Value& value) {
  const auto& resource = value.resource();
  const auto& node = value.node();
  const auto* amount = resource.child(node, "value");
  if (amount == nullptr || resource.child(node, "comparator") != nullptr) return value;
  const auto number = parse_fhir_decimal(amount->text);
  if (!number) return value;
  Quantity quantity{.value = *number};
  const auto* system = resource.child(node, "system");
  const auto* code = resource.child(node, "code");
  const auto* unit = resource.child(node, "unit");
  if (code != nullptr && (system == nullptr || system->text == kUcum)) {
    take_ucum(quantity, code->text);
  } else if (unit != nullptr) {
    quantity.unit = unit->text;
  }
  const auto* kept = keep(quantity);
  return kept == nullptr ? value : Value::of(kept);
}

}  // namespace musubi::fhirpath
