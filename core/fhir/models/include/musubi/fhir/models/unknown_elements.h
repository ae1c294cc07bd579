// Elements that FHIR R4 does not know, where reading keeps them: their names and their values as JSON.
#pragma once

#include <string>
#include <vector>

#include "musubi/fhir/models/box.h"

namespace musubi::fhir::r4 {

struct UnknownElement {
  std::string name;  ///< as JSON has it: "nickname", "_nickname"
  std::string json;  ///< the value
  friend bool operator==(const UnknownElement&, const UnknownElement&) = default;
};

/// No value: there are none. They are written again to JSON; XML cannot have them.
using UnknownElements = Box<std::vector<UnknownElement>>;
extern template class Box<std::vector<UnknownElement>>;

}  // namespace musubi::fhir::r4
