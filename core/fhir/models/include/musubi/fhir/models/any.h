// One value of any type: a resource (Bundle.entry.resource, contained) or a data type (Extension.value[x]).
// It owns the value, and is copied with it.
//
//   entry.resource = Patient{.birth_date = "1980-02-03"};
//   if (const auto* patient = entry.resource.get_if<Patient>()) …
#pragma once

#include <string>
#include <string_view>
#include <utility>

namespace musubi::fhir::r4 {

struct ModelType;

template <class T>
const ModelType& model_type() noexcept {
  return model_of(static_cast<const T*>(nullptr));
}

/// A type of these models: Patient, HumanName, String.
template <class T>
concept Model = requires(const T* value) { model_of(value); };
template <class T>
concept ResourceModel = Model<T> && requires { T::kResourceType; };
template <class T>
concept DataModel = Model<T> && !ResourceModel<T>;

/// What AnyValue and AnyResource share.
class AnyModel {
 public:
  AnyModel() noexcept = default;
  AnyModel(const AnyModel& other);
  AnyModel(AnyModel&& other) noexcept
      : type_(std::exchange(other.type_, nullptr)), value_(std::exchange(other.value_, nullptr)) {}
  AnyModel& operator=(const AnyModel& other) {
    if (this != &other) *this = AnyModel(other);
    return *this;
  }
  AnyModel& operator=(AnyModel&& other) noexcept {
    std::swap(type_, other.type_);
    std::swap(value_, other.value_);
    return *this;
  }
  ~AnyModel() { reset(); }

  bool has_value() const noexcept { return value_ != nullptr; }
  explicit operator bool() const noexcept { return has_value(); }
  void reset() noexcept;
  /// "Patient", "HumanName"; empty: no value.
  std::string_view type_name() const noexcept;

  /// nullptr: it is none.
  template <Model T>
  const T* get_if() const noexcept {
    return type_ == &model_type<T>() ? static_cast<const T*>(value_) : nullptr;
  }
  template <Model T>
  T* get_if() noexcept {
    return type_ == &model_type<T>() ? static_cast<T*>(value_) : nullptr;
  }

  friend bool operator==(const AnyModel& left, const AnyModel& right);

 protected:
  AnyModel(const ModelType& type, void* value) noexcept : type_(&type), value_(value) {}

 private:
  friend struct AnyAccess;
  const ModelType* type_ = nullptr;
  void* value_ = nullptr;
};

/// A value of any data type.
class AnyValue : public AnyModel {
 public:
  AnyValue() noexcept = default;
  template <DataModel T>
  AnyValue(T value)  // NOLINT(google-explicit-constructor)
      : AnyModel(model_type<T>(), new T(std::move(value))) {}
};

/// A resource.
class AnyResource : public AnyModel {
 public:
  AnyResource() noexcept = default;
  template <ResourceModel T>
  AnyResource(T value)  // NOLINT(google-explicit-constructor)
      : AnyModel(model_type<T>(), new T(std::move(value))) {}
};

/// A resource of a type that has no model here, as JSON.
struct OtherResource {
  static constexpr std::string_view kResourceType{};
  std::string type_name;
  std::string json;
  friend bool operator==(const OtherResource&, const OtherResource&) = default;
};
const ModelType& model_of(const OtherResource*) noexcept;

}  // namespace musubi::fhir::r4
