// Everything wrong with one mapping file, with its places: all of it, not the first.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "musubi/base/error.h"
#include "musubi/mapping/mapping.h"

namespace musubi::mapping {

/// Line and column of a file, from 1, the column in characters.
struct Mark {
  std::uint32_t line = 0, column = 0;
};

/// A piece of a mapping file and where it stands.
struct Located {
  std::string text;
  Mark mark;
};

class Problems {
 public:
  explicit Problems(std::string file) : file_(std::move(file)) {}

  using Arguments = std::initializer_list<base::MessageArgument>;
  void error(Mark mark, std::string_view code, Arguments arguments = {});
  void warning(Mark mark, std::string_view code, Arguments arguments = {});
  /// `code`, or `code`_near with {suggestion} when there is a suggestion.
  void error_near(Mark mark, std::string_view code, const std::string& suggestion, Arguments arguments);
  /// One that was made elsewhere and has its place already.
  void error(base::Error problem);

  bool has_errors() const noexcept { return errors_ != 0; }
  const std::string& file() const noexcept { return file_; }
  /// In order of line and column.
  std::vector<LintFinding> sorted() const;
  /// mapping.not_loaded, with every error chained as causes.
  base::Error as_error() const;

 private:
  base::Error located(Mark mark, std::string_view code, Arguments arguments) const;
  std::string file_;
  std::vector<LintFinding> found_;
  std::size_t errors_ = 0;
};

}  // namespace musubi::mapping
