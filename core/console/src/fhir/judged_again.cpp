#include "judged_again.h"

#include <algorithm>

#include "judging.h"

namespace musubi::console {
namespace {

using fhir::Issue;
using Issues = std::vector<Issue>;

constexpr std::uint64_t kMostJudgedAgain = std::uint64_t{32} << 20;
constexpr std::size_t kMostTold = 100, kRemembered = 32;

/// The gravest first come first; the rest is counted.
Issues worth_telling(Issues issues) {
  std::erase_if(issues, [](const Issue& each) { return each.severity > fhir::Severity::error; });
  if (issues.size() <= kMostTold) return issues;
  const auto left_out = issues.size() - kMostTold;
  issues.resize(kMostTold);
  issues.push_back(
      {fhir::Severity::error, fhir::IssueType::structure,
       base::Error(base::ErrorKind::bad_input, "fhir.more_issues", {{"count", std::to_string(left_out)}})});
  return issues;
}

Issues judged(const std::string& source, std::string bytes, const fhir::Validator& validator,
              const Services& services) {
  const auto look = services.hub->look_at_bytes(source, bytes);
  if (look.has_error()) return unreadable(look.error());
  const auto collection = fhir::Collection::of_text(std::move(bytes), "", document::Limits());
  if (collection.has_error()) return unreadable(collection.error());
  return worth_telling(judge(**collection, validator));
}

Issues too_large() {
  return {{fhir::Severity::error, fhir::IssueType::structure,
           base::Error(base::ErrorKind::limit_exceeded, "fhir.too_large_to_judge",
                       {{"limit", std::to_string(kMostJudgedAgain)}})}};
}

}  // namespace

JudgedAgain::Issues JudgedAgain::find(const std::string& digest,
                                      const std::shared_ptr<const fhir::Validator>& validator) const {
  const std::lock_guard lock(mutex_);
  const auto found = std::ranges::find_if(
      known_, [&](const Known& each) { return each.digest == digest && each.validator == validator; });
  return found == known_.end() ? nullptr : found->issues;
}

JudgedAgain::Issues JudgedAgain::errors_of(const ledger::SubmissionInfo& submission,
                                           const Services& services) {
  const auto source = fhir_source(submission.source, services);
  if (!source) return nullptr;
  if (submission.bytes > kMostJudgedAgain) return std::make_shared<const std::vector<Issue>>(too_large());
  if (auto known = find(submission.digest, source->validator)) return known;
  const std::lock_guard one_at_a_time(judging_);
  if (auto known = find(submission.digest, source->validator)) return known;
  auto bytes = bytes_of(submission, services, kMostJudgedAgain);
  if (bytes.has_error()) return nullptr;
  auto issues = std::make_shared<const std::vector<Issue>>(
      judged(submission.source, std::move(*bytes), *source->validator, services));
  const std::lock_guard lock(mutex_);
  known_.push_front({submission.digest, source->validator, issues});
  if (known_.size() > kRemembered) known_.pop_back();
  return issues;
}

}  // namespace musubi::console
