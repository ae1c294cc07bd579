// From the places of yaml-cpp, which counts bytes from 0, to those of people, who count characters from 1.
#pragma once

#include <yaml-cpp/mark.h>

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "musubi/base/problems.h"

namespace musubi::base {

/// `text` must outlive it. Goes along with a parser, so that long lines are counted once.
class YamlMarks {
 public:
  YamlMarks(std::string_view text, std::uint32_t file);

  Mark at(const YAML::Mark& mark);
  /// With the length, where the text stands there as it is, bare or between quotation marks.
  Mark of_text(const YAML::Mark& mark, std::string_view text);
  /// A tab in the indentation of the line of `mark` or of the one before, which yaml-cpp takes for something
  /// else.
  bool tab_near(const YAML::Mark& mark) const;
  /// A bracket opens at `mark` and, as far as counting tells, is not closed; yaml-cpp takes it for a key.
  bool open_bracket_at(const YAML::Mark& mark) const;

 private:
  std::uint32_t file_;
  std::vector<std::string_view> lines_;                ///< from the start of each line to the end of the text
  std::size_t line_ = 0, bytes_ = 0, characters_ = 0;  ///< counted so far: of this line
};

}  // namespace musubi::base
