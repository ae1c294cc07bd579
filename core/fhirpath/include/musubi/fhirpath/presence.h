// What an expression answers, as far as it can be told from which children its focus has: many rules ask for
// no more than that, and most of the others have nothing to say where what they are about is missing.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "musubi/fhirpath/expression.h"

namespace musubi::fhirpath {

/// Immutable. Refers to the expression.
class Presence {
 public:
  enum class Answer : std::uint8_t { unknown, yes, no, nothing };

  explicit Presence(const Expression& expression);

  /// The children that the answer depends on.
  std::span<const std::string_view> names() const noexcept { return names_; }
  /// `there`: a bit for each name: whether the focus has a child so named. What it has no name for is not
  /// there. Nothing: the empty collection.
  Answer answer(std::uint32_t there) const noexcept { return answers_[there]; }
  /// False: it is always unknown.
  bool ever_known() const noexcept;

 private:
  std::vector<std::string_view> names_;
  std::vector<Answer> answers_;  ///< by what is there
};

}  // namespace musubi::fhirpath
