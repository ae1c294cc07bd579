#include "musubi/fhirpath/type_lookup.h"

#include <bit>
#include <string>

#include "musubi/document/name_hash.h"
#include "system_kinds.h"

namespace musubi::fhirpath {
namespace {

using document::hash_of_name;

std::size_t names_in(const TypeTable& table) {
  std::size_t count = 0;
  for (std::size_t type = 0; type < table.types.size(); ++type)
    for (const auto& element : table.elements_of(static_cast<TypeIndex>(type)))
      count += element.is_choice ? element.type_count : 1U;
  return count;
}

char capital(char letter) {
  return letter >= 'a' && letter <= 'z' ? static_cast<char>(letter - 'a' + 'A') : letter;
}

TypeTraits traits_of(const TypeTable& table, TypeIndex index) {
  const auto& type = table.type(index);
  const auto system = index < table.system_types ? index : type.system_type;
  TypeTraits traits;
  if (system != kNoType) traits.system = system_kind_named(table.type(system).name);
  traits.is_primitive = type.kind == TypeKind::primitive || type.kind == TypeKind::system;
  traits.is_resource = type.kind == TypeKind::resource;
  traits.is_xhtml = type.name == "xhtml";
  return traits;
}

}  // namespace

TypeLookup::TypeLookup(const TypeTable& table) : table_(table), elements_(table.elements.data()) {
  slots_.resize(std::bit_ceil(2 * names_in(table) + 2));
  mask_ = slots_.size() - 1;
  traits_.reserve(table.types.size());
  for (std::size_t index = 0; index < table.types.size(); ++index) {
    const auto type = static_cast<TypeIndex>(index);
    traits_.push_back(traits_of(table, type));
    add_type(type);
  }
}

/// A name of its own comes before one that is made of a choice.
void TypeLookup::add_type(TypeIndex type) {
  const auto& info = table_.type(type);
  for (const bool choices : {false, true}) {
    for (std::uint16_t count = 0; count < info.element_count; ++count) {
      const auto place = static_cast<std::uint16_t>(info.first_element + count);
      const auto& element = table_.elements[place];
      if (element.is_choice != choices) continue;
      const auto types = table_.types_of(element);
      if (choices)
        add_choices(type, place);
      else
        add(type, element.name, place, types.empty() ? kNoType : types.front().type);
    }
  }
}

void TypeLookup::add_choices(TypeIndex owner, std::uint16_t element) {
  const auto& info = table_.elements[element];
  for (const auto& choice : table_.types_of(info)) {
    std::string name(info.name);
    const auto begin = name.size();
    name += table_.type(choice.type).name;
    if (begin < name.size()) name[begin] = capital(name[begin]);
    if (find(owner, name, hash_of_name(name)).element == nullptr) add(owner, name, element, choice.type);
  }
}

void TypeLookup::add(TypeIndex owner, std::string_view name, std::uint16_t element, TypeIndex type) {
  auto at = place_of(owner, hash_of_name(name)) & mask_;
  while (slots_[at].owner != kNoType) at = (at + 1) & mask_;
  const auto words = document::words_of_name(name);
  slots_[at] = {words.first, words.last, static_cast<std::uint16_t>(name.size()), owner, element, type, 0};
  if (name.size() <= kWhole) return;
  slots_[at].long_name = static_cast<std::uint32_t>(long_names_.size());
  long_names_.emplace_back(name);
}

}  // namespace musubi::fhirpath
