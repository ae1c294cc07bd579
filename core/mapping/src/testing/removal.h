// What can be taken away from a mapping to see whether its tests notice: its rules, their words and keys, and
// the entries of the value sets and concept maps it uses.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "musubi/base/place.h"
#include "musubi/mapping/mapping.h"

namespace musubi::mapping {

struct Remainder {
  bool loads = false;
  std::shared_ptr<const Mapping> mapping{};  ///< nullptr although it loads: it does just the same without
};

struct Part {
  base::Place place{};
  std::string what{};
  std::function<Remainder()> without{};
};

/// In order of the files. `mapping_file`: as it is shown.
std::vector<Part> parts_of(const Mapping& mapping, const std::string& mapping_file);

}  // namespace musubi::mapping
