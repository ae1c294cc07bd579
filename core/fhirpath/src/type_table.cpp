#include "musubi/fhirpath/type_table.h"

#include <algorithm>

#include "musubi/base/text.h"
#include "musubi/fhirpath/type_lookup.h"

namespace musubi::fhirpath {

namespace {

constexpr std::string_view kSystem = "System";

/// Binary search by name among types [first, last).
TypeIndex find_between(const TypeTable& table, std::size_t first, std::size_t last,
                       std::string_view name) noexcept {
  const auto types = table.types.subspan(first, last - first);
  const auto found = std::ranges::lower_bound(types, name, {}, &TypeInfo::name);
  if (found == types.end() || found->name != name) return kNoType;
  return static_cast<TypeIndex>(first + static_cast<std::size_t>(found - types.begin()));
}

/// The places of a type's elements, in the order of their names.
std::span<const std::uint16_t> order_by_name(const TypeTable& table, TypeIndex type) noexcept {
  const TypeInfo& info = table.type(type);
  return table.elements_by_name.subspan(info.first_element, info.element_count);
}

/// valueQuantity → Quantity among the types of value[x]; a primitive's first letter is a capital there.
TypeIndex chosen_type(const TypeTable& table, const ElementInfo& element, std::string_view suffix) noexcept {
  const auto to_capital = [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; };
  for (const ElementType& candidate : table.types_of(element)) {
    const std::string_view name = table.type(candidate.type).name;
    if (name.size() == suffix.size() && to_capital(name[0]) == suffix[0] &&
        name.substr(1) == suffix.substr(1)) {
      return candidate.type;
    }
  }
  return kNoType;
}

}  // namespace

TypeIndex TypeTable::find(std::string_view name) const noexcept {
  return lookup != nullptr ? lookup->type_named(name) : find_between(*this, system_types, types.size(), name);
}

TypeIndex TypeTable::find_system(std::string_view name) const noexcept {
  return find_between(*this, 0, system_types, name);
}

TypeIndex TypeTable::find_qualified(std::string_view name) const noexcept {
  const std::size_t dot = name.find('.');
  const std::string_view space = name.substr(0, dot == std::string_view::npos ? 0 : dot);
  if (!space.empty() && space == kSystem) return find_system(name.substr(dot + 1));
  if (!space.empty() && space == model_namespace) return find(name.substr(dot + 1));
  const TypeIndex in_model = find(name);
  return in_model != kNoType ? in_model : find_system(name);
}

bool TypeTable::is_a(TypeIndex type, TypeIndex ancestor) const noexcept {
  while (type != kNoType && type != ancestor) type = types[type].base;
  return type != kNoType;
}

std::span<const ElementInfo> TypeTable::elements_of(TypeIndex type) const noexcept {
  return elements.subspan(types[type].first_element, types[type].element_count);
}

std::span<const ElementType> TypeTable::types_of(const ElementInfo& element) const noexcept {
  return element_types.subspan(element.first_type, element.type_count);
}

std::span<const TypeIndex> TypeTable::targets_of(const ElementType& type) const noexcept {
  return targets.subspan(type.first_target, type.target_count);
}

std::string_view TypeTable::value_set_of(const ElementInfo& element) const noexcept {
  return element.strength == BindingStrength::none ? std::string_view() : value_sets[element.value_set];
}

const ElementInfo* TypeTable::find_element(TypeIndex type, std::string_view name) const noexcept {
  const auto order = order_by_name(*this, type);
  const auto name_at = [this](std::uint16_t place) { return elements[place].name; };
  const auto found = std::ranges::lower_bound(order, name, {}, name_at);
  return found != order.end() && name_at(*found) == name ? &elements[*found] : nullptr;
}

std::optional<FoundElement> TypeTable::find_in_document(TypeIndex type,
                                                        std::string_view name) const noexcept {
  const ElementInfo* exact = find_element(type, name);
  if (exact != nullptr && !exact->is_choice) return FoundElement{exact, kNoType};
  for (const ElementInfo& element : elements_of(type)) {
    if (!element.is_choice || name.size() <= element.name.size() || !name.starts_with(element.name)) continue;
    const TypeIndex chosen = chosen_type(*this, element, name.substr(element.name.size()));
    if (chosen != kNoType) return FoundElement{&element, chosen};
  }
  return std::nullopt;
}

std::string_view TypeTable::nearest_element(TypeIndex type, std::string_view name) const {
  constexpr std::size_t kFarthest = 3;
  std::string_view nearest;
  std::size_t distance = std::min(kFarthest, name.size() / 2) + 1;
  for (const ElementInfo& element : elements_of(type)) {
    const std::size_t here = base::edit_distance(name, element.name, kFarthest);
    if (here >= distance) continue;
    distance = here;
    nearest = element.name;
  }
  return nearest;
}

}  // namespace musubi::fhirpath
