// What people see: tables aligned for Japanese text, numbers with separators, a progress line on a terminal.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "musubi/base/messages.h"
#include "musubi/pipeline/road.h"

namespace musubi::app {

/// "12,089".
std::string with_separators(std::uint64_t number);

/// Rows of cells, the first row being the head; columns whose cells are all numbers are aligned to the right.
/// Cells are made printable.
std::string table(std::vector<std::vector<std::string>> rows);

/// `text` padded to `width` columns of the terminal.
std::string padded(std::string_view text, std::size_t width, bool right);

/// One line on standard error that is written over: rows, rate, time left. Silent unless that is a terminal.
class ProgressLine {
 public:
  ProgressLine(base::Language language, const std::string& title);
  ~ProgressLine();
  ProgressLine(const ProgressLine&) = delete;
  ProgressLine& operator=(const ProgressLine&) = delete;
  void show(const pipeline::Progress& progress);

 private:
  base::Language language_;
  std::string title_;
  bool terminal_;
  bool shown_ = false;
  std::chrono::steady_clock::time_point started_ = std::chrono::steady_clock::now();
};

}  // namespace musubi::app
