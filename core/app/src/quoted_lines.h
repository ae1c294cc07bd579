// The line of a configuration file in which something is wrong, as it is shown below the message. Only of
// files that hold no secrets and no data: never of the settings, never of a file to be mapped.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "musubi/base/place.h"

namespace musubi::app {

/// A line in three parts, without its line break.
struct QuotedLine {
  std::string before, marked, after;  ///< `marked` is what stands at the place; it may be empty
};

/// Reads each file once. Threads: one.
class QuotedLines {
 public:
  /// `settings`: the file that is not quoted from, because options of adapters may be secrets.
  explicit QuotedLines(std::filesystem::path settings) : settings_(std::move(settings)) {}

  /// nullopt: the place has no line, or its file cannot be quoted (not there, too large, not UTF-8).
  std::optional<QuotedLine> find(const base::Place& place);

 private:
  const std::vector<std::string>& lines_of(const std::string& file);

  std::filesystem::path settings_;
  std::map<std::string, std::vector<std::string>> files_;
};

/// Two lines for a terminal, the second with ^ below what is meant; long lines are shortened around it.
///     "    8 |   patient.seks: { from: 性別 }\n      |   ^^^^^^^^^^^^\n"
std::string drawn(const QuotedLine& line, std::uint64_t number);

}  // namespace musubi::app
