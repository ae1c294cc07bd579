// What the members of the models are made of. Included by the generated headers.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <variant>
#include <vector>

#include "musubi/fhir/models/any.h"
#include "musubi/fhir/models/box.h"
#include "musubi/fhir/models/code_of.h"
#include "musubi/fhir/models/primitive.h"
#include "musubi/fhir/models/unknown_elements.h"
#include "musubi/fhir/r4/forward.h"

namespace musubi::fhir::r4 {

/// An element of which a type is chosen, such as value[x].
template <class... Types>
using Choice = std::optional<std::variant<Types...>>;

/// Member by member.
bool equal(const ModelType& type, const void* left, const void* right);

template <class T>
  requires Model<T> && requires(const T& value) { value.unknown_elements; }
bool operator==(const T& left, const T& right) {
  return equal(model_type<T>(), &left, &right);
}

}  // namespace musubi::fhir::r4
