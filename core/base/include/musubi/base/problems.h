// Everything wrong with some configuration files, each with its place: all of it, not the first. `lint` lists
// it; loading turns it into one Error.
#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "musubi/base/error.h"
#include "musubi/base/severity.h"

namespace musubi::base {

/// A place in one of the files of a Problems. Small, so that every node of a file can have one.
struct Mark {
  std::uint32_t file = 0;    ///< number of the file, as Problems gave it
  std::uint32_t line = 0;    ///< from 1; 0: the file as a whole
  std::uint32_t column = 0;  ///< from 1, in characters
  std::uint32_t length = 0;  ///< of what stands there, in characters; 0: not known
};

/// A text of a file and where it stands.
struct Located {
  std::string text;
  Mark mark;
};

struct Problem {
  Error error;  ///< with the place
  Severity severity = Severity::error;
};

/// Keeps the first kMost errors and as many warnings, and counts the rest. Threads: one.
class MUSUBI_SDK_API Problems {
 public:
  static constexpr std::size_t kMost = 1000;
  using Arguments = std::initializer_list<MessageArgument>;

  /// The number of a file that is read now, for marks.
  std::uint32_t add_file(std::string name);
  Place place(Mark mark) const;

  // Problems of kind bad_configuration at a mark of this object.
  void error(Mark mark, std::string_view code, Arguments arguments = {});
  void warning(Mark mark, std::string_view code, Arguments arguments = {});
  void information(Mark mark, std::string_view code, Arguments arguments = {});
  /// `code`, or `code`_near with {suggestion} when there is a suggestion.
  void error_near(Mark mark, std::string_view code, const std::string& suggestion, Arguments arguments);
  /// One that was made elsewhere and has its place already.
  void add(Error problem, Severity severity = Severity::error);

  std::size_t errors() const noexcept { return errors_; }
  bool has_errors() const noexcept { return errors_ != 0; }
  /// In order of the files, of line and of column.
  std::vector<Problem> sorted() const;
  /// The first error, with the second as its cause, and so on; at most fifty. Requires has_errors().
  Error as_error() const;

 private:
  Error located(Mark mark, std::string_view code, Arguments arguments) const;
  std::vector<std::string> files_;
  std::vector<Problem> found_;
  std::size_t errors_ = 0, others_ = 0;
};

}  // namespace musubi::base
