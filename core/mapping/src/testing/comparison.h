// What was expected beside what came.
#pragma once

#include <vector>

#include "musubi/mapping/tests.h"
#include "test_inputs.h"

namespace musubi::mapping {

struct FoundDifference {
  Mark mark{};
  std::size_t row = 0;  ///< of the case
  std::string path{}, expected{}, came{};
};

/// Compares for one test file.
class Comparison {
 public:
  Comparison(const TestFile& file, const Mapping& mapping);

  std::vector<FoundDifference> of_case(std::size_t index, const std::vector<Came>& came) const;
  std::vector<FoundDifference> of_word(const WordChecks& checks, const WordCheck& word,
                                       const Came& came) const;
  /// Whether everything is as expected.
  bool holds(const std::vector<Came>& words) const;

 private:
  void compare(const Expectation& expected, const TestCase& of, const Came& came,
               std::vector<FoundDifference>& into) const;
  Leaves leaves_of(const Expectation& expected, bool from_base) const;
  void add(const Entries& entries, Leaves& into) const;
  bool is_compared(const std::string& path, const Expectation& expected, bool only_named) const;
  std::string path_of(const std::string& target) const;

  const TestFile& file_;
  const model::Catalogue& catalogue_;
  Writes writes_;
};

}  // namespace musubi::mapping
