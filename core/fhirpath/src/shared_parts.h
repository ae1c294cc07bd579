// Parts that expressions of one family have in common: subject.resolve().ofType(Patient) of one column and of
// the next. They are evaluated once for each node that the family is run on.
#pragma once

#include <map>
#include <string>

#include "plan.h"

namespace musubi::fhirpath {

class PartNumbers {
 public:
  PartNumbers();
  /// Equal signatures, equal numbers.
  std::uint32_t number_of(const std::string& signature) {
    return numbers_.try_emplace(signature, static_cast<std::uint32_t>(numbers_.size())).first->second;
  }
  std::uint64_t family() const noexcept { return family_; }

 private:
  std::uint64_t family_;  ///< of all ever made
  std::map<std::string, std::uint32_t> numbers_;
};

/// Puts a step before each part of the plan that leads to other resources from what it is run on.
void mark_what_is_shared(Plan& plan, PartNumbers& numbers);

/// Yields what its input yielded when the family was run on the same node.
bool run_shared(Run& run, const Step& step);

}  // namespace musubi::fhirpath
