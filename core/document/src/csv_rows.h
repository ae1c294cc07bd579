// Rows of a CSV as cells of UTF-8: scanned, checked, decoded, unescaped; damage becomes a fault of its row.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string_view>

#include "csv_buffer.h"
#include "csv_scanner.h"
#include "csv_window.h"
#include "encoding_detect.h"
#include "musubi/document/row_reader.h"

namespace musubi::document {

/// One thread.
class CsvRows {
 public:
  CsvRows(const std::shared_ptr<const ByteSource>& source, SettledEncoding settled, char separator,
          const Limits& limits);

  /// To be called after the batch was started: it then owns what its cells will point to.
  void hold_in(RowBatch& batch);
  /// Adds the next row that is not blank; false: there is none. Errors: csv.quote_not_closed, file.*; the
  /// rows added before stay valid.
  base::Result<bool> add_next(RowBatch& batch);
  /// Passes over `rows` rows that are not blank and counts rows from there on.
  base::Status skip(std::size_t rows);

  /// Bytes of the feed passed so far; not always those of the source.
  std::uint64_t position() const noexcept { return window_.base() + window_.begin(); }
  /// Bytes of the source passed so far.
  std::uint64_t consumed() const { return window_.source_byte(window_.begin()); }

 private:
  enum class Progress : std::uint8_t { again, added, ended };
  struct Problem {
    std::string_view code;
    std::uint32_t at = 0;  ///< in the window
  };

  base::Result<Progress> advance(RowBatch& batch, std::span<Cell> cells);
  base::Result<Progress> read_on(RowBatch& batch, const ScannedRow& row, std::span<Cell> cells);
  base::Status pass_over(RowBatch& batch, const ScannedRow& row, std::string_view code);
  base::Error quote_not_closed(std::uint64_t line, std::uint64_t byte) const;

  void take(RowBatch& batch, const ScannedRow& row, std::span<Cell> cells);
  void hold_text(RowBatch& batch);
  std::optional<Problem> problem_of_row(const ScannedRow& row, std::span<const Cell> cells) const;
  std::optional<Problem> problem_of_size(const ScannedRow& row, std::span<const Cell> cells) const;
  std::optional<Problem> problem_of_text(const ScannedRow& row) const;
  std::optional<Problem> make_utf8(RowBatch& batch, const ScannedRow& row, std::span<Cell> cells);
  void make_room(RowBatch& batch, std::size_t size);
  void unescape(std::span<Cell> cells);
  std::optional<Problem> decode(std::span<Cell> cells);
  Problem malformed_in(const Cell& cell) const;

  std::shared_ptr<const ByteSource> source_;
  std::shared_ptr<CsvBufferPool> pool_;
  CsvWindow window_;
  CsvScanner scanner_;
  CsvArena arena_;
  const CsvBuffer* held_ = nullptr;  ///< the window's buffer that the batch holds already
  std::uint32_t cell_limit_;
  std::uint32_t row_limit_;
  char separator_;
  bool decodes_cells_;  ///< CP932 that is scanned as it is
  bool decoded_first_;  ///< places in the source are known by row only
  std::uint64_t row_ = 0;
  std::uint64_t line_ = 1;
};

}  // namespace musubi::document
