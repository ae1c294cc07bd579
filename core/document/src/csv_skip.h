// Passes over a row that is too large to keep, without keeping it.
#pragma once

#include <cstdint>

#include "csv_window.h"

namespace musubi::document {

/// Sees the row from its first byte on, window after window; agrees with CsvScanner on where it ends.
class CsvRowSkipper {
 public:
  explicit CsvRowSkipper(char separator) noexcept : separator_(separator) {}

  /// Advances the window; true: the row has ended (or the source; then in_quotes() says whether inside of
  /// quotes).
  bool pass(CsvWindow& window) noexcept;

  bool in_quotes() const noexcept { return mode_ == Mode::quoted; }
  std::uint64_t line_ends() const noexcept { return line_ends_; }
  std::uint64_t line_ends_before_quote() const noexcept { return line_ends_before_quote_; }

 private:
  enum class Mode : std::uint8_t { cell_start, plain, quoted, after_quote, after_return, ended };
  void see(char byte) noexcept;
  void see_quoted(char byte) noexcept;
  void see_unquoted(char byte) noexcept;

  char separator_;
  Mode mode_ = Mode::cell_start;
  bool last_was_return_ = false;
  std::uint64_t line_ends_ = 0;
  std::uint64_t line_ends_before_quote_ = 0;
};

}  // namespace musubi::document
