#include "r4_rules.h"

#include <algorithm>

#include "musubi/fhir/r4_types.h"

namespace musubi::fhir {

namespace {

struct Code {
  std::uint16_t system = 0;  ///< in kSystems
  std::string_view code;
};

struct CodeList {
  std::uint16_t value_set = 0;  ///< in r4_types().value_sets
  std::uint16_t first = 0, count = 0;
};

// Defines kInvariants, kOfTypes, kOfElements, kSystems, kCodes and kCodeLists.
#include "r4_rules.inc"

}  // namespace

std::span<const Invariant> invariants() noexcept { return kInvariants; }

std::span<const OfType> invariants_of(fhirpath::TypeIndex type) noexcept {
  return {std::ranges::equal_range(kOfTypes, type, {}, &OfType::type)};
}

std::span<const OfElement> invariants_of(const fhirpath::ElementInfo& element) noexcept {
  const auto place = static_cast<std::uint16_t>(&element - r4_types().elements.data());
  return {std::ranges::equal_range(kOfElements, place, {}, &OfElement::element)};
}

namespace {

/// nullptr: it cannot be listed.
const CodeList* list_of(std::uint16_t value_set) noexcept {
  const auto* list = std::ranges::lower_bound(kCodeLists, value_set, {}, &CodeList::value_set);
  return list == std::end(kCodeLists) || list->value_set != value_set ? nullptr : list;
}

const CodeList* list_named(std::string_view url) noexcept {
  const auto& all = r4_types().value_sets;
  const auto found = std::ranges::find(all, url);
  return found == all.end() ? nullptr : list_of(static_cast<std::uint16_t>(found - all.begin()));
}

Membership membership(const CodeList* list, std::string_view system, std::string_view code) noexcept {
  if (list == nullptr) return Membership::unknown;
  const std::span codes(kCodes + list->first, list->count);
  const bool found = std::ranges::any_of(codes, [&](const Code& each) {
    return each.code == code && (system.empty() || kSystems[each.system] == system);
  });
  return found ? Membership::member : Membership::other;
}

}  // namespace

Membership membership(const fhirpath::ElementInfo& element, std::string_view system,
                      std::string_view code) noexcept {
  if (element.strength != fhirpath::BindingStrength::required) return Membership::unknown;
  return membership(list_of(element.value_set), system, code);
}

Membership membership_in(std::string_view value_set, std::string_view system,
                         std::string_view code) noexcept {
  return membership(list_named(value_set), system, code);
}

bool is_listed(std::string_view value_set) noexcept { return list_named(value_set) != nullptr; }

}  // namespace musubi::fhir
