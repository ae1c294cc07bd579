#include "musubi/fhirpath/type_lookup.h"

#include <algorithm>
#include <atomic>
#include <bit>
#include <string>

#include "musubi/document/json_walk.h"
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

std::uint64_t next_number() {
  static std::atomic<std::uint64_t> last{0};
  return ++last;
}

}  // namespace

TypeLookup::TypeLookup(const TypeTable& table) : table_(table), number_(next_number()) {
  const auto count = names_in(table);
  slots_.resize(std::bit_ceil(2 * count + 2));
  mask_ = slots_.size() - 1;
  names_.reserve(count);
  traits_.reserve(table.types.size());
  types_by_name_.resize(std::bit_ceil(2 * table.types.size() + 2), kNoType);
  types_mask_ = types_by_name_.size() - 1;
  for (std::size_t index = 0; index < table.types.size(); ++index) {
    const auto type = static_cast<TypeIndex>(index);
    traits_.push_back(traits_of(table, type));
    add_type(type);
    if (index >= table.system_types) add_type_name(type);
  }
}

void TypeLookup::add_type_name(TypeIndex type) {
  const auto& name = table_.type(type).name;
  if (type_named(name) != kNoType) return;
  auto at = hash_of_name(name) & types_mask_;
  while (types_by_name_[at] != kNoType) at = (at + 1) & types_mask_;
  types_by_name_[at] = type;
}

/// A name of its own comes before one that is made of a choice.
void TypeLookup::add_type(TypeIndex type) {
  const auto& info = table_.type(type);
  const auto first = names_.size();
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
  for (auto at = first; at < std::min(names_.size(), first + document::kPlacesOfNames); ++at)
    names_[at].place = static_cast<std::uint8_t>(at - first);
}

void TypeLookup::add_choices(TypeIndex owner, std::uint16_t element) {
  const auto& info = table_.elements[element];
  for (const auto& choice : table_.types_of(info)) {
    std::string name(info.name);
    const auto begin = name.size();
    name += table_.type(choice.type).name;
    if (begin < name.size()) name[begin] = capital(name[begin]);
    if (find(owner, name, hash_of_name(name)) == nullptr) add(owner, name, element, choice.type);
  }
}

void TypeLookup::add(TypeIndex owner, std::string_view name, std::uint16_t element, TypeIndex type) {
  auto at = place_of(owner, hash_of_name(name)) & mask_;
  while (slots_[at].owner != kNoType) at = (at + 1) & mask_;
  const auto words = document::words_of_name(name);
  const auto size = static_cast<std::uint16_t>(name.size());
  slots_[at] = {words.first, words.last, size, owner, static_cast<std::uint32_t>(names_.size())};
  const auto& info = table_.elements[element];
  auto& known = names_.emplace_back();
  known.text = kept(name);
  std::memcpy(known.begin, known.text, std::min(name.size() + 1, KnownName::kBegin));
  known.element = &info;
  known.hash = hash_of_name(info.name);
  known.element_text = info.name.data();
  known.element_size = static_cast<std::uint16_t>(info.name.size());
  known.index = slots_[at].name;
  known.size = size;
  known.type = type;
  known.many = info.many;
}

const char* TypeLookup::kept(std::string_view name) { return texts_.copy(std::string(name) + '"').data(); }

}  // namespace musubi::fhirpath
