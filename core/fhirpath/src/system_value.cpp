// FHIR elements as System values: the implicit conversions of FHIR R4, section "Use of FHIRPath".
#include <array>
#include <utility>

#include "run.h"

namespace musubi::fhirpath {
namespace {

constexpr std::string_view kUcum = "http://unitsofmeasure.org";

ValueKind kind_of_system(std::string_view name) {
  if (name == "Boolean") return ValueKind::boolean;
  if (name == "Integer") return ValueKind::integer;
  if (name == "Decimal") return ValueKind::decimal;
  if (name == "Date") return ValueKind::date;
  if (name == "DateTime") return ValueKind::date_time;
  if (name == "Time") return ValueKind::time;
  if (name == "Quantity") return ValueKind::quantity;
  return ValueKind::string;
}

/// The codes of time in a FHIR Quantity mean calendar durations (FHIR R4, "Use of FHIRPath", Quantity).
void take_ucum(Quantity& quantity, std::string_view code) {
  constexpr std::array<std::pair<std::string_view, TimeUnit>, 7> kDurations = {
      {{"a", TimeUnit::year}, {"mo", TimeUnit::month}, {"d", TimeUnit::day}, {"h", TimeUnit::hour},
       {"min", TimeUnit::minute}, {"s", TimeUnit::second}, {"ms", TimeUnit::millisecond}}};
  quantity.unit = code;
  for (const auto& [ucum, unit] : kDurations) {
    if (ucum != code) continue;
    quantity.unit = calendar_keyword(unit);
    quantity.calendar = true;
  }
}

}  // namespace

ValueKind Run::system_kind(const TypeTable& model, TypeIndex type) {
  if (&model != known_model_) {
    known_model_ = &model;
    for (std::size_t index = 0; index < std::min<std::size_t>(model.system_types, std::size(system_kinds_)); ++index) {
      system_kinds_[index] = kind_of_system(model.types[index].name);
    }
  }
  const auto system = type < model.system_types ? type : model.type(type).system_type;
  return system < std::size(system_kinds_) ? system_kinds_[system] : ValueKind::node;
}

Value Run::system_value(const Value& value) {
  if (!value.is(ValueKind::node)) return value;
  const auto& node = value.node();
  if (node.type == kNoType) {
    switch (node.leaf) {
      case LeafKind::none: return value;
      case LeafKind::text: return Value::of_text(node.text);
      case LeafKind::boolean: return Value::of_boolean(node.text == "true");
      case LeafKind::number: return value_of_leaf(node, ValueKind::decimal);
    }
  }
  const auto kind = system_kind(*value.resource().model(), node.type);
  if (kind == ValueKind::quantity) return quantity_of(value);
  if (!node.has_value() || kind == ValueKind::node) return value;
  return value_of_leaf(node, kind);
}

/// A text that is not what its type promises stays a String.
Value Run::value_of_leaf(const ResourceNode& node, ValueKind kind) {
  const auto as_text = Value::of_text(node.text);
  switch (kind) {
    case ValueKind::boolean:
      return node.text == "true" || node.text == "false" ? Value::of_boolean(node.text == "true") : as_text;
    case ValueKind::integer:
    case ValueKind::decimal: {
      const auto number = parse_fhir_decimal(node.text);
      if (!number) return as_text;
      if (const auto integer = to_integer(*number); integer && number->scale() == 0 && (kind == ValueKind::integer || node.type == kNoType)) {
        return Value::of_integer(*integer);
      }
      const auto* kept = keep(*number);
      return kept == nullptr ? as_text : Value::of(kept);
    }
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
    default: return as_text;
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
