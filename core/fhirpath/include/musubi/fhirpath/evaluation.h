// Runs compiled expressions. One Evaluation is reused for many runs: its memory is kept, so that a run does
// not allocate on the common path.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string_view>

#include "musubi/base/result.h"
#include "musubi/document/row_batch.h"
#include "musubi/fhirpath/expression.h"
#include "musubi/fhirpath/resource.h"
#include "musubi/fhirpath/services.h"
#include "musubi/fhirpath/value.h"

namespace musubi::fhirpath {

/// Of one run. Reaching one is an error (fhirpath.limit.*), never a hang.
struct EvaluationLimits {
  std::uint64_t steps = 10'000'000;        ///< nodes visited and values compared
  std::uint32_t values = 1U << 20;         ///< held at once, in all collections together
  std::uint32_t text_bytes = 1U << 20;     ///< of one text
  std::uint64_t memory_bytes = 64U << 20;  ///< of all texts and decimals made
};

/// Threads: one at a time. Results live until the next run, and no longer than data and expression.
class Evaluation {
 public:
  explicit Evaluation(const Services& services = {}, const EvaluationLimits& limits = {});
  ~Evaluation();
  Evaluation(Evaluation&&) noexcept;
  Evaluation& operator=(Evaluation&&) noexcept;

  /// On the root of `resource`. Errors: fhirpath.run.*, fhirpath.limit.*, with line and column.
  base::Result<std::span<const Value>> run(const Expression& expression, const Resource& resource);
  /// On one node of it, %resource and %rootResource still known.
  base::Result<std::span<const Value>> run(const Expression& expression, const Resource& resource,
                                           const ResourceNode& node);
  /// On a row whose columns the expression was compiled with. An empty cell is an empty collection: a CSV
  /// does not tell "nothing there" from "an empty text". A row that is too short has empty cells at its end.
  base::Result<std::span<const Value>> run(const Expression& expression,
                                           std::span<const std::string_view> row);
  base::Result<std::span<const Value>> run(const Expression& expression, std::span<const document::Cell> row);
  /// On nothing: for expressions that need no data.
  base::Result<std::span<const Value>> run(const Expression& expression);

 private:
  class State;
  std::unique_ptr<State> state_;
};

/// Whether results count as a condition that holds: one Boolean that is true, or one other item (singleton
/// evaluation). An element without a value, of which only extensions are known, does not.
bool holds(std::span<const Value> results);

}  // namespace musubi::fhirpath
