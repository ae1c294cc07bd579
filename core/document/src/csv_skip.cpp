#include "csv_skip.h"

namespace musubi::document {

bool CsvRowSkipper::pass(CsvWindow& window) noexcept {
  auto at = window.begin();
  for (; at < window.end() && mode_ != Mode::ended; ++at) {
    const char byte = window.data()[at];
    if (mode_ == Mode::after_return) {
      mode_ = Mode::ended;
      if (byte != '\n') break;
    } else {
      see(byte);
    }
  }
  window.advance_to(at);
  return mode_ == Mode::ended || (at == window.end() && window.at_end());
}

void CsvRowSkipper::see(char byte) noexcept {
  if (mode_ == Mode::quoted) {
    see_quoted(byte);
  } else if (byte == '"' && mode_ != Mode::plain) {
    if (mode_ == Mode::cell_start) line_ends_before_quote_ = line_ends_;
    mode_ = Mode::quoted;
  } else {
    see_unquoted(byte);
  }
}

void CsvRowSkipper::see_quoted(char byte) noexcept {
  if (byte == '\r' || (byte == '\n' && !last_was_return_)) ++line_ends_;
  if (byte == '"') mode_ = Mode::after_quote;
  last_was_return_ = byte == '\r';
}

void CsvRowSkipper::see_unquoted(char byte) noexcept {
  const bool line_end = byte == '\n' || byte == '\r';
  if (line_end) ++line_ends_;
  if (line_end)
    mode_ = byte == '\n' ? Mode::ended : Mode::after_return;
  else
    mode_ = byte == separator_ ? Mode::cell_start : Mode::plain;
}

}  // namespace musubi::document
