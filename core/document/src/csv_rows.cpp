#include "csv_rows.h"

#include <algorithm>
#include <cstring>
#include <limits>
#include <string>
#include <utility>

#include "cp932.h"
#include "csv_feed.h"
#include "csv_skip.h"
#include "musubi/base/text.h"
#include "musubi/document/encoding.h"

namespace musubi::document {
namespace {

constexpr std::uint32_t kLargestRow = 1U << 30;  // positions in a window have 32 bits

std::unique_ptr<CsvFeed> feed_of(std::shared_ptr<const ByteSource> source, SettledEncoding settled,
                                 bool decode) {
  return decode ? decoding_feed(std::move(source), settled) : plain_feed(std::move(source), settled);
}

std::uint32_t clamped(std::uint64_t length) {
  return static_cast<std::uint32_t>(
      std::min<std::uint64_t>(length, std::numeric_limits<std::uint32_t>::max()));
}

}  // namespace

CsvRows::CsvRows(const std::shared_ptr<const ByteSource>& source, SettledEncoding settled, char separator,
                 const Limits& limits)
    : source_(source),
      pool_(CsvBufferPool::make()),
      window_(feed_of(source, settled, must_decode_first(settled.encoding, separator)), pool_,
              settled.encoding == Encoding::utf8 || must_decode_first(settled.encoding, separator)),
      scanner_(separator),
      arena_(pool_),
      cell_limit_(std::min(limits.cell_bytes, kLargestRow)),
      row_limit_(std::min(limits.row_bytes, kLargestRow)),
      separator_(separator),
      decodes_cells_(settled.encoding == Encoding::cp932 && !must_decode_first(settled.encoding, separator)),
      decoded_first_(must_decode_first(settled.encoding, separator)) {}

void CsvRows::hold_in(RowBatch& batch) {
  held_ = nullptr;
  if (arena_.buffer()) batch.hold(arena_.buffer());
}

base::Result<bool> CsvRows::add_next(RowBatch& batch) {
  const auto cells = batch.add_row({});
  while (true) {
    const auto progress = advance(batch, cells);
    if (progress.has_value() && *progress == Progress::again) continue;
    if (progress.has_value() && *progress == Progress::added) return true;
    batch.remove_last_row();
    if (progress.has_error()) return progress.error();
    return false;
  }
}

base::Status CsvRows::skip(std::size_t rows) {
  RowBatch batch;
  for (std::size_t passed = 0; passed < rows; ++passed) {
    batch.start(0);
    MUSUBI_TRY(add_next(batch));
  }
  row_ = 0;
  return {};
}

base::Result<CsvRows::Progress> CsvRows::advance(RowBatch& batch, std::span<Cell> cells) {
  const auto row = scanner_.scan(window_, cells);
  switch (row.end) {
    case RowEnd::nothing:
      return Progress::ended;
    case RowEnd::needs_more:
      return read_on(batch, row, cells);
    case RowEnd::unclosed_quote:
      return quote_not_closed(line_ + row.last_cell_line_ends, window_.source_byte(row.last_cell));
    case RowEnd::complete:
      take(batch, row, cells);
      break;
    case RowEnd::blank:
      break;
  }
  line_ += row.line_ends;
  window_.advance_to(row.next);
  return row.end == RowEnd::blank ? Progress::again : Progress::added;
}

base::Result<CsvRows::Progress> CsvRows::read_on(RowBatch& batch, const ScannedRow& row,
                                                 std::span<Cell> cells) {
  const auto in_row = window_.end() - row.begin, in_cell = window_.end() - row.last_cell;
  if (in_row > row_limit_ || in_cell > cell_limit_ + 2) {  // the cell may have quotes
    std::fill(cells.begin(), cells.end(), Cell{});
    MUSUBI_TRY(pass_over(batch, row, in_row > row_limit_ ? "csv.row_too_large" : "csv.cell_too_large"));
    return Progress::added;
  }
  MUSUBI_TRY(window_.refill());
  scanner_.restart(window_);
  return Progress::again;
}

base::Status CsvRows::pass_over(RowBatch& batch, const ScannedRow& row, std::string_view code) {
  const auto begin = window_.source_byte(row.begin);
  const auto at = window_.source_byte(row.last_cell);
  CsvRowSkipper skipper(separator_);
  while (!skipper.pass(window_)) MUSUBI_TRY(window_.refill());
  scanner_.restart(window_);
  if (skipper.in_quotes()) return quote_not_closed(line_ + skipper.line_ends_before_quote(), begin);
  batch.last_origin() = {.row = ++row_, .line = line_, .byte = begin, .length = clamped(consumed() - begin)};
  batch.add_fault({.row_index = static_cast<std::uint32_t>(batch.size() - 1), .code = code, .byte = at});
  line_ += skipper.line_ends();
  return {};
}

base::Error CsvRows::quote_not_closed(std::uint64_t line, std::uint64_t byte) const {
  return base::Error(base::ErrorKind::bad_input, "csv.quote_not_closed")
      .at({.file = source_->name(), .line = line, .byte = byte});
}

void CsvRows::take(RowBatch& batch, const ScannedRow& row, std::span<Cell> cells) {
  hold_text(batch);
  const auto begin = window_.source_byte(row.begin);
  const auto length = clamped(window_.source_byte(row.stop) - begin);
  batch.last_origin() = {.row = ++row_, .line = line_, .byte = begin, .length = length};
  const auto filled = cells.first(std::min<std::size_t>(row.cells, cells.size()));
  auto problem = problem_of_row(row, filled);
  if (!problem) problem = make_utf8(batch, row, filled);
  if (problem) {
    std::fill(filled.begin(), filled.end(), Cell{});
    batch.add_fault({.row_index = static_cast<std::uint32_t>(batch.size() - 1),
                     .code = problem->code,
                     .byte = window_.source_byte(problem->at)});
  }
  if (!decoded_first_) return;
  for (auto& cell : filled) {
    cell.source_byte = begin;
    cell.source_length = length;
  }
}

void CsvRows::hold_text(RowBatch& batch) {
  if (held_ == window_.buffer().get()) return;
  batch.hold(window_.buffer());
  held_ = window_.buffer().get();
}

std::optional<CsvRows::Problem> CsvRows::problem_of_row(const ScannedRow& row,
                                                        std::span<const Cell> cells) const {
  if (auto problem = problem_of_size(row, cells)) return problem;
  if (row.text_after_quote_at != ScannedRow::kNone)
    return Problem{"csv.text_after_quote", row.text_after_quote_at};
  if (auto problem = problem_of_text(row)) return problem;
  if (row.extra_at != ScannedRow::kNone) return Problem{"csv.too_many_cells", row.extra_at};
  return std::nullopt;
}

std::optional<CsvRows::Problem> CsvRows::problem_of_size(const ScannedRow& row,
                                                         std::span<const Cell> cells) const {
  const auto length = row.stop - row.begin;
  if (length > row_limit_) return Problem{"csv.row_too_large", row.begin};
  if (length <= cell_limit_) return std::nullopt;
  const auto large =
      std::find_if(cells.begin(), cells.end(), [this](const Cell& cell) { return cell.size > cell_limit_; });
  if (large == cells.end()) return std::nullopt;
  return Problem{"csv.cell_too_large", static_cast<std::uint32_t>(large->source_byte - window_.base())};
}

std::optional<CsvRows::Problem> CsvRows::problem_of_text(const ScannedRow& row) const {
  const std::string_view text(window_.data() + row.begin, row.stop - row.begin);
  if (window_.has_nul()) {
    const auto nul = static_cast<std::uint32_t>(std::min(text.find('\0'), text.size()));
    if (nul != text.size()) return Problem{"text.nul_byte", row.begin + nul};
  }
  if (decodes_cells_ || window_.known_utf8_before(row.stop)) return std::nullopt;
  const auto malformed = base::malformed_utf8_at(text);
  if (!malformed) return std::nullopt;
  return Problem{"text.malformed_bytes", row.begin + static_cast<std::uint32_t>(*malformed)};
}

/// Unescapes and decodes; the room both need is made before, so that cells written first do not move.
std::optional<CsvRows::Problem> CsvRows::make_utf8(RowBatch& batch, const ScannedRow& row,
                                                   std::span<Cell> cells) {
  const auto length = row.stop - row.begin;
  if (row.doubled_quotes) {
    make_room(batch, length + kStructurePadding);
    unescape(cells);
  }
  if (!decodes_cells_) return std::nullopt;
  make_room(batch, cp932_room(length));
  return decode(cells);
}

void CsvRows::make_room(RowBatch& batch, std::size_t size) {
  if (arena_.make_room(size)) batch.hold(arena_.buffer());
}

void CsvRows::unescape(std::span<Cell> cells) {
  for (auto& cell : cells) {
    const auto text = cell.text();
    if (cell.source_length == cell.size || text.find('"') == text.npos) continue;
    char* out = arena_.room();
    for (std::size_t at = 0; at < text.size(); at += text[at] == '"' ? 2 : 1) *out++ = text[at];
    cell.size = static_cast<std::uint32_t>(out - arena_.room());
    cell.data = arena_.room();
    arena_.keep(cell.size);
  }
}

std::optional<CsvRows::Problem> CsvRows::decode(std::span<Cell> cells) {
  for (auto& cell : cells) {
    if (is_ascii_with_slack(cell.data, cell.size)) continue;
    const auto decoded = decode_cp932(cell.text(), arena_.room());
    if (decoded.read != cell.size) return malformed_in(cell);
    cell.data = arena_.room();
    cell.size = static_cast<std::uint32_t>(decoded.written);
    arena_.keep(decoded.written);
  }
  return std::nullopt;
}

/// The cell's bytes in the window once more, since unescaping moved them.
CsvRows::Problem CsvRows::malformed_in(const Cell& cell) const {
  auto at = static_cast<std::uint32_t>(cell.source_byte - window_.base());
  const std::string_view raw(window_.data() + at, cell.source_length);
  std::string decoded;
  at += static_cast<std::uint32_t>(to_utf8(Encoding::cp932, raw, decoded).value_or(0));
  return {"text.malformed_bytes", at};
}

}  // namespace musubi::document
