// The functions of the language for people and tools: the reference is made from this, and suggestions.
#pragma once

#include <string_view>
#include <vector>

namespace musubi::fhirpath {

struct FunctionInfo {
  std::string_view name{};
  std::string_view group{};     ///< existence, filtering, text, dates, japanese …
  std::string_view japanese{};  ///< what it does, one sentence
  std::string_view english{};
  std::string_view example{};  ///< an expression that compiles
};

/// All of them, group by group.
std::vector<FunctionInfo> functions();
/// "Did you mean"; empty: none is near.
std::string_view nearest_function(std::string_view name);

}  // namespace musubi::fhirpath
