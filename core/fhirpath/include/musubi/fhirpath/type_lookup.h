// Elements by the names they have in documents, and what reading a document needs to know of types: tables
// made of a TypeTable once.
#pragma once

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <span>
#include <string_view>
#include <vector>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include "musubi/document/name_hash.h"
#include "musubi/document/text_arena.h"
#include "musubi/fhirpath/type_table.h"
#include "musubi/fhirpath/value.h"

namespace musubi::fhirpath {

struct TypeTraits {
  ValueKind system = ValueKind::node;  ///< the System value that its elements stand for; node: none
  bool is_primitive = false;           ///< of the model or of System
  bool is_resource = false;
  bool is_xhtml = false;
};

/// Names of a type have places from 0 on; where it has more than document::kPlacesOfNames, those behind have
/// none.
inline constexpr std::uint8_t kNoPlaceOfName = 0xFF;

/// A name that an element of a type has in documents: "birthDate", "valueQuantity". Of one cache line: what
/// reading a member needs of its element.
struct alignas(64) KnownName {
  static constexpr std::size_t kBegin = 16;

  char begin[kBegin] = {};     ///< of the text
  const char* text = nullptr;  ///< the name and the quotation mark that ends it in JSON
  const ElementInfo* element = nullptr;
  std::uint64_t hash = 0;              ///< hash_of_name of the element's name
  const char* element_text = nullptr;  ///< the element's name
  std::uint32_t index = 0;             ///< in TypeLookup::names()
  std::uint16_t size = 0;              ///< of the name
  std::uint16_t element_size = 0;
  TypeIndex type = kNoType;  ///< of the choice in the name, else the first of the element
  std::uint8_t place = kNoPlaceOfName;
  bool many = false;  ///< of the element

  std::string_view name() const noexcept { return {text, size}; }
  std::string_view element_name() const noexcept { return {element_text, element_size}; }
  /// Whether the name and a quotation mark stand at `at`; false where `end` is too near to look.
  bool stands_at(const char* at, const char* end) const noexcept {
    const std::size_t length = size + std::size_t{1};
    if (end - at < static_cast<std::ptrdiff_t>(kBegin)) return false;
#ifdef __SSE2__
    const auto same = _mm_cmpeq_epi8(_mm_loadu_si128(reinterpret_cast<const __m128i*>(at)),
                                     _mm_load_si128(reinterpret_cast<const __m128i*>(begin)));
    const auto differing = ~static_cast<unsigned>(_mm_movemask_epi8(same)) & 0xFFFFU;
    const auto looked_at = (std::uint64_t{1} << std::min<std::size_t>(length, kBegin)) - 1;
    if ((differing & looked_at) != 0) return false;
    if (length <= kBegin) return true;
#endif
    return static_cast<std::size_t>(end - at) >= length && std::memcmp(at, text, length) == 0;
  }
};

static_assert(sizeof(KnownName) == 64);

/// Threads: constant once made. Refers to the table.
class TypeLookup {
 public:
  explicit TypeLookup(const TypeTable& table);
  TypeLookup(const TypeLookup&) = delete;
  TypeLookup& operator=(const TypeLookup&) = delete;

  /// As TypeTable::find_in_document; nullptr: none. `hash`: hash_of_name of the name.
  const KnownName* find(TypeIndex type, std::string_view name, std::uint64_t hash) const noexcept {
    const auto words = document::words_of_name(name);
    for (auto at = place_of(type, hash) & mask_; slots_.data()[at].owner != kNoType; at = (at + 1) & mask_) {
      const auto& slot = slots_.data()[at];
      if (slot.first == words.first && slot.last == words.last && slot.owner == type &&
          slot.size == name.size() && (name.size() <= kWhole || names_.data()[slot.name].name() == name))
        return names_.data() + slot.name;
    }
    return nullptr;
  }
  /// As TypeTable::find: a type of the model. kNoType: none.
  TypeIndex type_named(std::string_view name) const noexcept {
    for (auto at = document::hash_of_name(name) & types_mask_;; at = (at + 1) & types_mask_) {
      const auto type = types_by_name_.data()[at];
      if (type == kNoType || table_.types[type].name == name) return type;
    }
  }
  /// Of each type side by side, in the order of the definition, those of choices last.
  std::span<const KnownName> names() const noexcept { return names_; }
  /// No other lookup has had it.
  std::uint64_t number() const noexcept { return number_; }
  const TypeTraits& traits(TypeIndex type) const noexcept { return traits_.data()[type]; }
  std::size_t types() const noexcept { return traits_.size(); }

 private:
  static constexpr std::size_t kWhole = 2 * sizeof(std::uint64_t);  ///< names that their words are all of

  struct Slot {
    std::uint64_t first = 0, last = 0;  ///< words of the name
    std::uint16_t size = 0;
    TypeIndex owner = kNoType;
    std::uint32_t name = 0;  ///< in names_
  };

  void add_type(TypeIndex type);
  void add_type_name(TypeIndex type);
  void add(TypeIndex owner, std::string_view name, std::uint16_t element, TypeIndex type);
  void add_choices(TypeIndex owner, std::uint16_t element);
  const char* kept(std::string_view name);
  static std::uint64_t place_of(TypeIndex owner, std::uint64_t hash) noexcept {
    return hash + owner * 0x9E3779B97F4A7C15U;
  }

  const TypeTable& table_;
  const std::uint64_t number_;
  std::vector<Slot> slots_;
  std::uint64_t mask_ = 0;
  std::vector<KnownName> names_;
  document::TextArena texts_;
  std::vector<TypeIndex> types_by_name_;  ///< by the hash
  std::uint64_t types_mask_ = 0;
  std::vector<TypeTraits> traits_;
};

}  // namespace musubi::fhirpath
