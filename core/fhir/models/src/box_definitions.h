// What Box needs a complete type for; instantiated where the type is known.
#pragma once

#include "musubi/fhir/models/box.h"

namespace musubi::fhir::r4 {

template <class T>
Box<T>::Box(T value) : value_(new T(std::move(value))) {}

template <class T>
Box<T>::Box(const Box& other) : value_(other.value_ == nullptr ? nullptr : new T(*other.value_)) {}

template <class T>
Box<T>::~Box() {
  delete value_;
}

template <class T>
T& Box<T>::emplace() {
  delete std::exchange(value_, nullptr);
  return *(value_ = new T());
}

}  // namespace musubi::fhir::r4
