#include "record_types.h"

#include <algorithm>
#include <array>

namespace musubi::mapping {
namespace {

using fhirpath::TypeIndex;
using fhirpath::TypeInfo;
using fhirpath::TypeKind;
using model::FieldType;

constexpr auto kSystemTypes = std::to_array<std::string_view>(
    {"Any", "Boolean", "Date", "DateTime", "Decimal", "Integer", "Quantity", "String", "Time"});
/// What every field has beside its value.
constexpr std::string_view kReason = "absent", kReasonType = "absent_reason", kMonths = "months";

TypeIndex system_type(std::string_view name) {
  return static_cast<TypeIndex>(std::ranges::find(kSystemTypes, name) - kSystemTypes.begin());
}

/// The System type of a field's value, by the name of its own type.
std::string_view system_name_of(std::string_view type) {
  if (type == "date") return "Date";
  if (type == "time") return "DateTime";
  if (type == "integer" || type == "age") return "Integer";
  if (type == "decimal" || type == "quantity") return "Decimal";
  return type == "boolean" ? "Boolean" : "String";
}

}  // namespace

RecordTypes::RecordTypes(const model::Catalogue& catalogue, model::RecordKind kind)
    : root_(model::name_of(kind)) {
  Elements elements;
  elements[root_];
  elements[std::string(kReasonType)];
  for (const auto number : catalogue.fields_of(kind)) add_field(catalogue.at(number), elements);
  add_types(elements);
  add_elements(elements);
  table_ = {.model_namespace = "Musubi",
            .types = types_,
            .system_types = kSystemTypes.size(),
            .elements = elements_,
            .elements_by_name = elements_by_name_,
            .element_types = element_types_};
  lookup_.emplace(table_);
  table_.lookup = &*lookup_;
  for (const auto number : catalogue.fields_of(kind)) {
    const auto& field = catalogue.at(number);
    paths_[field.id] = field.type == FieldType::group ? root_ + "." + field.id : model::name_of(field.type);
  }
}

std::string RecordTypes::type_of(const std::string& path) const {
  const auto found = paths_.find(path);
  return found == paths_.end() ? std::string() : found->second;
}

void RecordTypes::add_element(const std::string& type, const Element& element, Elements& elements) const {
  auto& known = elements[type];
  if (std::ranges::find(known, element.name, &Element::name) == known.end()) known.push_back(element);
}

/// patient.name.kanji: case has patient, case.patient has name, case.patient.name has kanji.
void RecordTypes::add_field(const model::Field& field, Elements& elements) const {
  std::string type = root_;
  std::string_view rest = field.id;
  for (auto dot = rest.find('.'); dot != rest.npos; dot = rest.find('.')) {
    const std::string step(rest.substr(0, dot));
    add_element(type, {step, type + "." + step}, elements);
    type += "." + step;
    rest.remove_prefix(dot + 1);
  }
  const std::string name(rest);
  if (field.type == FieldType::group) {
    auto& known = elements[type];
    const auto found = std::ranges::find(known, name, &Element::name);
    if (found == known.end())
      known.push_back({name, type + "." + name, true});
    else
      found->many = true;
    elements[type + "." + name];
    return;
  }
  const std::string own(model::name_of(field.type));
  add_element(type, {name, own, field.repeats}, elements);
  add_element(own, {std::string(kReason), std::string(kReasonType)}, elements);
  if (field.type == FieldType::age) add_element(own, {std::string(kMonths), "integer"}, elements);
  elements["integer"];
}

void RecordTypes::add_types(const Elements& elements) {
  for (const auto name : kSystemTypes) types_.push_back({.name = name, .kind = TypeKind::system});
  for (const auto& [name, own] : elements) {
    TypeInfo type{.name = kept(name)};
    const bool is_group = name.starts_with(root_ + ".");
    if (name == root_) {
      type.kind = TypeKind::resource;
    } else if (is_group) {
      type.kind = TypeKind::backbone;
    } else {
      type.kind = TypeKind::primitive;
      type.system_type = system_type(system_name_of(name));
    }
    types_.push_back(type);
  }
}

/// Types and elements refer to each other by their places.
void RecordTypes::add_elements(const Elements& elements) {
  const auto place = [&](std::string_view name) {
    const auto found =
        std::ranges::find(types_.begin() + kSystemTypes.size(), types_.end(), name, &TypeInfo::name);
    return static_cast<TypeIndex>(found - types_.begin());
  };
  for (const auto& [type, own] : elements) {
    auto& info = types_[place(type)];
    info.first_element = static_cast<std::uint16_t>(elements_.size());
    info.element_count = static_cast<std::uint16_t>(own.size());
    for (const auto& each : own) {
      elements_.push_back({.name = kept(each.name),
                           .first_type = static_cast<std::uint16_t>(element_types_.size()),
                           .type_count = 1,
                           .many = each.many});
      element_types_.push_back({.type = place(each.type)});
    }
    const auto begin = static_cast<std::ptrdiff_t>(elements_by_name_.size());
    for (std::size_t index = info.first_element; index < elements_.size(); ++index)
      elements_by_name_.push_back(static_cast<std::uint16_t>(index));
    std::ranges::sort(elements_by_name_.begin() + begin, elements_by_name_.end(), {},
                      [&](std::uint16_t index) { return elements_[index].name; });
  }
}

}  // namespace musubi::mapping
