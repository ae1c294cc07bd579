// How each type of member is looked at and filled; instantiated by the generated tables.
#pragma once

#include "model_type.h"

namespace musubi::fhir::r4 {

template <class... Types>
inline constexpr std::array<ModelFunction, sizeof...(Types)> kModels{&model_type<Types>...};

template <class Type>
struct AccessTo;

template <class T>
struct AccessTo<std::optional<T>> {
  static Values look(const void* member) {
    const auto& value = *static_cast<const std::optional<T>*>(member);
    return value ? Values{&*value, 1} : Values{};
  }
  static void* add(void* member, std::size_t) { return &static_cast<std::optional<T>*>(member)->emplace(); }
  static constexpr Access kAccess{Shape::single, sizeof(T), kModels<T>, look, add};
};

template <class T>
struct AccessTo<Box<T>> {
  static Values look(const void* member) {
    const auto& value = *static_cast<const Box<T>*>(member);
    return value ? Values{&*value, 1} : Values{};
  }
  static void* add(void* member, std::size_t) { return &static_cast<Box<T>*>(member)->emplace(); }
  static constexpr Access kAccess{Shape::single, sizeof(T), kModels<T>, look, add};
};

template <class T>
struct AccessTo<std::vector<T>> {
  static Values look(const void* member) {
    const auto& values = *static_cast<const std::vector<T>*>(member);
    return {values.data(), values.size()};
  }
  static void* add(void* member, std::size_t) {
    return &static_cast<std::vector<T>*>(member)->emplace_back();
  }
  static constexpr Access kAccess{Shape::list, sizeof(T), kModels<T>, look, add};
};

template <class... Types>
struct AccessTo<Choice<Types...>> {
  static Values look(const void* member) {
    const auto& chosen = *static_cast<const Choice<Types...>*>(member);
    if (!chosen) return {};
    const void* value = nullptr;
    ((value = value == nullptr ? std::get_if<Types>(&*chosen) : value), ...);
    return {value, 1, chosen->index()};
  }
  template <class T>
  static void* choose(void* member) {
    return &std::get<T>(static_cast<Choice<Types...>*>(member)->emplace(std::in_place_type<T>));
  }
  static void* add(void* member, std::size_t alternative) {
    constexpr std::array<void* (*)(void*), sizeof...(Types)> kChoose{&choose<Types>...};
    return kChoose[alternative](member);
  }
  static constexpr Access kAccess{Shape::choice, 0, kModels<Types...>, look, add};
};

template <Shape shape, class Any>
struct AccessToAny {
  static Values look(const void* member) {
    return {member, static_cast<const Any*>(member)->has_value() ? 1U : 0U};
  }
  static constexpr Access kAccess{shape, sizeof(Any), {}, look, nullptr};
};
template <>
struct AccessTo<AnyValue> : AccessToAny<Shape::any_value, AnyValue> {};
template <>
struct AccessTo<AnyResource> : AccessToAny<Shape::any_resource, AnyResource> {};

template <>
struct AccessTo<std::vector<AnyResource>> {
  static Values look(const void* member) {
    const auto& values = *static_cast<const std::vector<AnyResource>*>(member);
    return {values.data(), values.size()};
  }
  static void* add(void* member, std::size_t) {
    return &static_cast<std::vector<AnyResource>*>(member)->emplace_back();
  }
  static constexpr Access kAccess{Shape::any_resources, sizeof(AnyResource), {}, look, add};
};

/// Of a type that can stand alone, in AnyValue or AnyResource.
template <class T>
constexpr ModelType alone(ModelType type) {
  type.create = []() -> void* { return new T(); };
  type.copy = [](const void* value) -> void* { return new T(*static_cast<const T*>(value)); };
  type.destroy = [](void* value) { delete static_cast<T*>(value); };
  return type;
}

}  // namespace musubi::fhir::r4

// A model and its members, as the generated tables name them.
#define MUSUBI_MEMBER(model, member) \
  Member { offsetof(model, member), &AccessTo<decltype(model::member)>::kAccess }
#define MUSUBI_GROUP(model, name, number, ...)                                 \
  const ModelType& model_of(const model*) noexcept {                           \
    static constexpr Member kMembers[] = {__VA_ARGS__};                        \
    static constexpr ModelType kType{name, ModelKind::group, number, kMembers, \
                                     offsetof(model, unknown_elements)};       \
    return kType;                                                              \
  }
#define MUSUBI_MODEL(model, name, kind, number, ...)                                                \
  const ModelType& model_of(const model*) noexcept {                                                \
    static constexpr Member kMembers[] = {__VA_ARGS__};                                             \
    static constexpr auto kType =                                                                   \
        alone<model>({name, ModelKind::kind, number, kMembers, offsetof(model, unknown_elements)}); \
    return kType;                                                                                   \
  }
