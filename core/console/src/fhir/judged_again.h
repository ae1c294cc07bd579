// What is wrong as FHIR with a submission, told by its Task: it was too large to be judged before the answer,
// or the answer was lost.
#pragma once

#include <deque>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "../views.h"
#include "musubi/fhir/validation.h"

namespace musubi::console {

/// Threads: any.
class JudgedAgain {
 public:
  using Issues = std::shared_ptr<const std::vector<fhir::Issue>>;

  /// Its errors, as its source judges now; nullptr: it does not take FHIR, or its bytes cannot be had. The
  /// newest are remembered.
  Issues errors_of(const ledger::SubmissionInfo& submission, const Services& services);

 private:
  struct Known {
    std::string digest;
    std::shared_ptr<const fhir::Validator> validator;
    Issues issues;
  };
  Issues find(const std::string& digest, const std::shared_ptr<const fhir::Validator>& validator) const;

  std::mutex judging_;  ///< one at a time: who comes for the same meanwhile finds it
  mutable std::mutex mutex_;
  std::deque<Known> known_;
};

}  // namespace musubi::console
