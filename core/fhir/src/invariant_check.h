// The rules in FHIRPath that types and elements bring along.
#pragma once

#include <vector>

#include "issues.h"
#include "musubi/fhirpath/expression.h"

namespace musubi::fhir {

/// Compiled once. Threads: check() is const.
class InvariantRules {
 public:
  InvariantRules();
  void check(Issues& issues) const;

 private:
  std::vector<fhirpath::Expression> compiled_;  ///< beside invariants()
};

}  // namespace musubi::fhir
