// Takes one row after the other apart into cells, as views of the window: RFC 4180, with LF, CRLF and CR as
// line ends. A quote inside of an unquoted cell is an ordinary character.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "csv_window.h"
#include "musubi/document/row_batch.h"

namespace musubi::document {

enum class RowEnd : std::uint8_t {
  complete,
  blank,           ///< a line without anything
  needs_more,      ///< the window ends inside of the row
  unclosed_quote,  ///< the source ends inside of quotes
  nothing          ///< the source has ended
};

struct ScannedRow {
  static constexpr std::uint32_t kNone = ~std::uint32_t{0};
  RowEnd end = RowEnd::complete;
  std::uint32_t begin = 0;
  std::uint32_t stop = 0;                     ///< behind its last byte
  std::uint32_t next = 0;                     ///< behind its line end
  std::uint32_t cells = 0;                    ///< in the source, also beyond the width
  std::uint32_t line_ends = 0;                ///< inside of quotes and at its end
  std::uint32_t last_cell = 0;                ///< start of the cell reached last
  std::uint32_t last_cell_line_ends = 0;      ///< before it
  std::uint32_t extra_at = kNone;             ///< first cell beyond the width that is not empty
  std::uint32_t text_after_quote_at = kNone;  ///< first text between a closing quote and the next separator
  bool doubled_quotes = false;                ///< cells are to be unescaped
};

class CsvScanner {
 public:
  explicit CsvScanner(char separator) : separator_(separator), positions_(kStretch + kStructurePadding) {}

  /// Scans the row at window.begin(). Cells get raw text without its quotes, their place counted from the
  /// feed's start and their length with quotes. Does not move the window.
  ScannedRow scan(const CsvWindow& window, std::span<Cell> cells);
  /// To be called after every refill and advance that did not follow a scan.
  void restart(const CsvWindow& window) noexcept;

 private:
  static constexpr std::uint32_t kNone = ScannedRow::kNone;
  static constexpr std::uint32_t kStretch = 16U << 10;

  std::uint32_t scan_easy_cells(const CsvWindow& window, ScannedRow& row, std::span<Cell> cells,
                                std::uint32_t from);
  std::uint32_t next_structural(const CsvWindow& window);
  std::uint32_t find_more(const CsvWindow& window);
  std::uint32_t end_of_plain(const CsvWindow& window);
  std::uint32_t closing_quote(const CsvWindow& window, ScannedRow& row);
  std::uint32_t scan_quoted(const CsvWindow& window, ScannedRow& row, Cell& cell);
  RowEnd finish(const CsvWindow& window, ScannedRow& row, std::uint32_t at);

  char separator_;
  std::vector<std::uint32_t> positions_;  ///< of structural bytes of the stretch before found_until_
  std::size_t next_ = 0;
  std::size_t count_ = 0;
  std::uint32_t found_until_ = 0;
};

}  // namespace musubi::document
