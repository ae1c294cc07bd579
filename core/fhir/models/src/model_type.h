// The models as data: what reads, writes and compares them walks these tables. The members of a type are
// beside its elements in r4_types(), in the same order.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "musubi/fhir/models/members.h"
#include "musubi/fhir/r4/forward.h"
#include "musubi/fhirpath/type_table.h"

namespace musubi::fhir::r4 {

using ModelFunction = const ModelType& (*)() noexcept;

enum class Shape : std::uint8_t { single, list, choice, any_value, any_resource, any_resources };

/// The values of a member lie side by side.
struct Values {
  const void* first = nullptr;
  std::size_t count = 0;
  std::size_t alternative = 0;  ///< of a choice
};

/// How a member of a C++ type is looked at and filled; one for all members of that type.
struct Access {
  Shape shape = Shape::single;
  std::size_t size = 0;                         ///< of a value
  std::span<const ModelFunction> alternatives;  ///< one, but of a choice
  Values (*look)(const void* member) = nullptr;
  void* (*add)(void* member, std::size_t alternative) = nullptr;
};

struct Member {
  std::size_t offset = 0;
  const Access* access = nullptr;
};

enum class ModelKind : std::uint8_t { text, number, boolean, group, resource, other_resource };

struct ModelType {
  std::string_view name;
  ModelKind kind = ModelKind::group;
  fhirpath::TypeIndex type = fhirpath::kNoType;  ///< in r4_types()
  std::span<const Member> members;
  std::size_t unknown = 0;  ///< where UnknownElements are
  void* (*create)() = nullptr;
  void* (*copy)(const void*) = nullptr;
  void (*destroy)(void*) = nullptr;
};

inline bool is_primitive(const ModelType& type) noexcept { return type.kind <= ModelKind::boolean; }

/// nullptr: a type without a model that can stand alone.
const ModelType* model_numbered(fhirpath::TypeIndex type) noexcept;

inline const void* at(const void* object, std::size_t offset) noexcept {
  return static_cast<const std::byte*>(object) + offset;
}
inline void* at(void* object, std::size_t offset) noexcept {
  return static_cast<std::byte*>(object) + offset;
}
inline const UnknownElements& unknown_of(const ModelType& type, const void* object) noexcept {
  return *static_cast<const UnknownElements*>(at(object, type.unknown));
}
inline UnknownElements& unknown_of(const ModelType& type, void* object) noexcept {
  return *static_cast<UnknownElements*>(at(object, type.unknown));
}

struct PrimitiveExtras {
  std::string id;
  std::vector<Extension> extensions;
  UnknownElements unknown;
};

/// Of a Primitive, what its users do not see.
struct PrimitiveAccess {
  using Written = Primitive::Written;
  static Written& written(Primitive& primitive) noexcept { return primitive.written_; }
  static Written written(const Primitive& primitive) noexcept { return primitive.written_; }
  static const PrimitiveExtras* extras(const Primitive& primitive) noexcept {
    return primitive.extras_ ? &*primitive.extras_ : nullptr;
  }
  static PrimitiveExtras& make_extras(Primitive& primitive);
};

struct AnyAccess {
  static const ModelType* type(const AnyModel& any) noexcept { return any.type_; }
  static const void* value(const AnyModel& any) noexcept { return any.value_; }
  /// A new value in place of the old one.
  static void* emplace(AnyModel& any, const ModelType& type) {
    any.reset();
    any.value_ = type.create();
    any.type_ = &type;
    return any.value_;
  }
};

}  // namespace musubi::fhir::r4
