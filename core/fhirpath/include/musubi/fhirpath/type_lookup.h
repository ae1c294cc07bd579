// Elements by the names they have in documents, and what reading a document needs to know of types: tables
// made of a TypeTable once.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "musubi/document/name_hash.h"
#include "musubi/fhirpath/type_table.h"
#include "musubi/fhirpath/value.h"

namespace musubi::fhirpath {

struct TypeTraits {
  ValueKind system = ValueKind::node;  ///< the System value that its elements stand for; node: none
  bool is_primitive = false;           ///< of the model or of System
  bool is_resource = false;
  bool is_xhtml = false;
};

/// Threads: constant once made. Refers to the table.
class TypeLookup {
 public:
  explicit TypeLookup(const TypeTable& table);

  struct Found {
    const ElementInfo* element = nullptr;  ///< nullptr: the type has none of this name
    TypeIndex type = kNoType;              ///< of the choice in the name, else the first of the element
  };
  /// As TypeTable::find_in_document. `hash`: hash_of_name of the name.
  Found find(TypeIndex type, std::string_view name, std::uint64_t hash) const noexcept {
    const auto words = document::words_of_name(name);
    for (auto at = place_of(type, hash) & mask_; slots_.data()[at].owner != kNoType; at = (at + 1) & mask_) {
      const auto& slot = slots_.data()[at];
      if (slot.first == words.first && slot.last == words.last && slot.owner == type &&
          slot.size == name.size() && (name.size() <= kWhole || is_same(slot, name)))
        return {elements_ + slot.element, slot.type};
    }
    return {};
  }
  const TypeTraits& traits(TypeIndex type) const noexcept { return traits_.data()[type]; }

 private:
  static constexpr std::size_t kWhole = 2 * sizeof(std::uint64_t);  ///< names that their words are all of

  struct Slot {
    std::uint64_t first = 0, last = 0;  ///< words of the name
    std::uint16_t size = 0;
    TypeIndex owner = kNoType;
    std::uint16_t element = 0;
    TypeIndex type = kNoType;
    std::uint32_t long_name = 0;  ///< in long_names_, of what is longer than kWhole
  };

  void add_type(TypeIndex type);
  void add(TypeIndex owner, std::string_view name, std::uint16_t element, TypeIndex type);
  void add_choices(TypeIndex owner, std::uint16_t element);
  bool is_same(const Slot& slot, std::string_view name) const noexcept {
    return long_names_[slot.long_name] == name;
  }
  static std::uint64_t place_of(TypeIndex owner, std::uint64_t hash) noexcept {
    return hash + owner * 0x9E3779B97F4A7C15U;
  }

  const TypeTable& table_;
  const ElementInfo* elements_;
  std::vector<Slot> slots_;
  std::uint64_t mask_ = 0;
  std::vector<std::string> long_names_;
  std::vector<TypeTraits> traits_;
};

}  // namespace musubi::fhirpath
