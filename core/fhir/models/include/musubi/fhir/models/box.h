// A value on the heap that is copied with its owner, where a type contains itself: Reference.identifier has
// an assigner, which is a Reference. Used like std::optional.
#pragma once

#include <utility>

namespace musubi::fhir::r4 {

/// `T` need not be complete. Copying copies the value; moving takes it. Threads: as a std::optional.
template <class T>
class Box {
 public:
  Box() noexcept = default;
  Box(T value);  // NOLINT(google-explicit-constructor): as a std::optional
  Box(const Box& other);
  Box(Box&& other) noexcept : value_(std::exchange(other.value_, nullptr)) {}
  Box& operator=(const Box& other) {
    if (this != &other) *this = Box(other);
    return *this;
  }
  Box& operator=(Box&& other) noexcept {
    std::swap(value_, other.value_);
    return *this;
  }
  ~Box();

  bool has_value() const noexcept { return value_ != nullptr; }
  explicit operator bool() const noexcept { return has_value(); }
  /// Undefined where there is no value.
  T& operator*() noexcept { return *value_; }
  const T& operator*() const noexcept { return *value_; }
  T* operator->() noexcept { return value_; }
  const T* operator->() const noexcept { return value_; }

  /// A new value in place of the old one.
  T& emplace();
  void reset() noexcept { *this = Box(); }

 private:
  T* value_ = nullptr;
};

}  // namespace musubi::fhir::r4
