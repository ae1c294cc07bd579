// open_xlsx and sheets_of.
#include <algorithm>
#include <array>
#include <optional>

#include "header.h"
#include "musubi/base/text.h"
#include "without_exceptions.h"
#include "xlsx_merges.h"
#include "xlsx_package.h"
#include "xlsx_sheet.h"

namespace musubi::document {
namespace {

using base::Error;
using base::ErrorKind;

/// A sheet with its header found, its first data row next.
struct OpenSheet {
  std::unique_ptr<SheetRows> rows;
  MergedRanges merges;
  std::vector<std::string> columns;
  std::vector<std::string> titles;
};

class XlsxReader final : public RowReader {
 public:
  XlsxReader(std::shared_ptr<const ByteSource> source, std::unique_ptr<const XlsxCommon> common,
             OpenSheet sheet)
      : source_(std::move(source)),
        common_(std::move(common)),
        rows_(std::move(sheet.rows)),
        merges_(std::move(sheet.merges)),
        columns_(std::move(sheet.columns)),
        titles_(std::move(sheet.titles)) {}

  std::span<const std::string> columns() const noexcept override { return columns_; }
  std::span<const std::string> titles() const noexcept override { return titles_; }
  Encoding encoding() const noexcept override { return Encoding::utf8; }
  base::Result<std::size_t> read(RowBatch& into, std::size_t rows) noexcept override {
    return without_exceptions(source_->name(), [&]() -> base::Result<std::size_t> {
      into.start(columns_.size());
      if (rows == 0) return std::size_t{0};
      MUSUBI_TRY(rows_->fill(rows));
      hold_texts(into);
      const auto count = std::min(rows, rows_->queue().waiting());
      for (std::size_t index = 0; index < count; ++index) add(into, rows_->queue().peek(index));
      rows_->queue().drop(count);
      return count;
    });
  }
  std::uint64_t consumed() const noexcept override {
    return static_cast<std::uint64_t>(static_cast<double>(source_->size()) * rows_->progress());
  }

 private:
  void hold_texts(RowBatch& into) const {
    into.hold(common_->strings);
    into.hold(merges_.texts());
    rows_->queue().hold_texts(into);
  }

  void add(RowBatch& into, const QueuedRow& row) {
    const auto cells =
        into.add_row({.row = ++row_count_, .line = row.line, .byte = row.byte, .length = row.length});
    auto fault = row.fault;
    auto fault_byte = row.fault_byte;
    for (const auto& [column, cell] : rows_->queue().cells_of(row)) {
      if (column < cells.size()) {
        cells[column] = cell;
      } else if (fault.empty() && cell.size > 0) {
        fault = "xlsx.too_many_cells";
        fault_byte = cell.source_byte;
      }
    }
    merges_.spread(static_cast<std::uint32_t>(row.line), cells);
    if (fault.empty()) return;
    into.add_fault(
        {.row_index = static_cast<std::uint32_t>(into.size() - 1), .code = fault, .byte = fault_byte});
  }

  std::shared_ptr<const ByteSource> source_;
  std::unique_ptr<const XlsxCommon> common_;
  std::unique_ptr<SheetRows> rows_;
  MergeSpreader merges_;
  std::vector<std::string> columns_;
  std::vector<std::string> titles_;
  std::uint64_t row_count_ = 0;
};

/// A row as header search sees it: cells merged across columns count in each of them.
PreviewRow preview_of(const RowQueue& rows, const QueuedRow& row, const MergedRanges& merges,
                      std::uint32_t limit) {
  PreviewRow preview{.line = row.line, .cells = {}};
  const auto cells = rows.cells_of(row);
  if (!cells.empty()) preview.cells.resize(cells.back().column + 1);
  for (const auto& [column, cell] : cells) preview.cells[column] = cell.text();
  const auto first =
      std::lower_bound(merges.begin(), merges.end(), row.line,
                       [](const CellRange& range, std::uint64_t number) { return range.first.row < number; });
  for (auto range = first; range != merges.end() && range->first.row == row.line; ++range) {
    if (range->first.column >= preview.cells.size()) continue;
    const auto end = std::min(range->last.column + 1, limit);
    preview.cells.resize(std::max<std::size_t>(preview.cells.size(), end));
    const auto value = preview.cells[range->first.column];
    for (auto column = range->first.column; column < end; ++column) {
      if (preview.cells[column].empty()) preview.cells[column] = value;
    }
  }
  return preview;
}

/// A title as people read it: once, however many columns it is merged across.
std::string title_of(const RowQueue& rows, const QueuedRow& row) {
  std::string title;
  for (const auto& [column, cell] : rows.cells_of(row)) {
    const auto text = one_line(cell.text());
    if (!text.empty()) title += (title.empty() ? "" : " ") + text;
  }
  return title;
}

/// Columns beyond the header are kept, without a name, where the first rows have something there.
std::size_t used_width(const RowQueue& rows, std::size_t from, std::size_t header_width) {
  auto width = header_width;
  for (auto index = from; index < rows.waiting(); ++index) {
    for (const auto& [column, cell] : rows.cells_of(rows.peek(index))) {
      if (cell.size > 0) width = std::max<std::size_t>(width, column + 1);
    }
  }
  return width;
}

/// The first fault of some rows: a header that lacks a text must not pass for one without the column.
base::Status sound(const RowQueue& rows, std::size_t first, std::size_t count,
                   const std::string& shown_name) {
  for (auto index = first; index < std::min(first + count, rows.waiting()); ++index) {
    const auto& row = rows.peek(index);
    if (!row.fault.empty())
      return Error(ErrorKind::bad_input, row.fault)
          .at({.file = shown_name, .line = row.line, .byte = row.fault_byte});
  }
  return {};
}

base::Result<OpenSheet> open_sheet(const XlsxPackage& package, const XlsxSheet& sheet,
                                   const XlsxCommon& common, const HeaderSearch& search) {
  const auto& archive = package.archive;
  MUSUBI_ASSIGN(MergedRanges merges, read_merged_ranges(archive, sheet.part, common.limits));
  MUSUBI_ASSIGN(std::unique_ptr<SheetRows> rows, SheetRows::open(archive, sheet.part, common));
  const std::size_t looked_at = std::size_t{search.look_in} + search.rows;
  MUSUBI_TRY(rows->fill(looked_at));
  std::vector<PreviewRow> preview;
  auto& queue = rows->queue();
  for (std::size_t index = 0; index < std::min(looked_at, queue.waiting()); ++index) {
    preview.push_back(preview_of(queue, queue.peek(index), merges, common.limits.columns));
  }
  const auto& shown_name = archive.source().name();
  auto found = find_header(preview, search, shown_name);
  if (found.has_error()) MUSUBI_TRY(sound(queue, 0, preview.size(), shown_name));
  MUSUBI_ASSIGN(FoundHeader header, std::move(found));
  MUSUBI_TRY(sound(queue, header.first, header.rows, shown_name));
  OpenSheet open{.rows = std::move(rows),
                 .merges = std::move(merges),
                 .columns = std::move(header.columns),
                 .titles = {}};
  for (std::size_t index = 0; index < header.first; ++index) {
    open.titles.push_back(title_of(queue, queue.peek(index)));
  }
  const auto first_data = header.first + header.rows;
  open.columns.resize(used_width(queue, first_data, open.columns.size()));
  queue.drop(first_data);
  return open;
}

std::string names_of(const std::vector<XlsxSheet>& sheets) {
  std::string names;
  for (const auto& sheet : sheets) names += (names.empty() ? "" : ", ") + sheet.name;
  return names;
}

/// The sheets to look for the header in, most likely first: those so named, or all, visible ones first.
base::Result<std::vector<XlsxSheet>> candidates(const XlsxPackage& package, const std::string& wanted) {
  auto sheets = package.sheets;
  std::erase_if(sheets, [&](const XlsxSheet& sheet) {
    return sheet.part.empty() || sheet.name.find(wanted) == sheet.name.npos;
  });
  if (sheets.empty()) {
    return Error(ErrorKind::bad_input, "xlsx.sheet_not_found",
                 {{"sheet", wanted}, {"sheets", names_of(package.sheets)}})
        .at({.file = package.archive.source().name()});
  }
  std::stable_sort(sheets.begin(), sheets.end(), [&](const XlsxSheet& left, const XlsxSheet& right) {
    return std::pair(left.name != wanted, left.hidden) < std::pair(right.name != wanted, right.hidden);
  });
  if (!wanted.empty()) sheets.resize(1);
  return sheets;
}

/// The first of them in which the header is; else the first one's reason.
base::Result<OpenSheet> first_with_header(const XlsxPackage& package, const std::vector<XlsxSheet>& sheets,
                                          const XlsxCommon& common, const HeaderSearch& search) {
  std::optional<Error> reason;
  for (const auto& sheet : sheets) {
    auto open = open_sheet(package, sheet, common, search);
    if (!open.has_error()) return open;
    const auto& code = open.error().code();
    if (code != "document.header_not_found" && code != "document.empty") return open.error();
    if (!reason || reason->code() == "document.empty") reason = open.error().with("sheet", sheet.name);
  }
  return *reason;
}

RowReaderResult open_workbook(std::shared_ptr<const ByteSource> source, const TableOptions& options) {
  MUSUBI_ASSIGN(const XlsxPackage package, open_xlsx_package(source, options.limits));
  MUSUBI_ASSIGN(const std::vector<XlsxSheet> sheets, candidates(package, options.sheet));
  auto common = std::make_unique<XlsxCommon>();
  common->limits = options.limits;
  common->from_1904 = package.from_1904;
  MUSUBI_ASSIGN(common->styles, read_cell_styles(package, options.limits));
  MUSUBI_ASSIGN(common->strings, SharedStrings::read(package, options.limits));
  MUSUBI_ASSIGN(OpenSheet sheet, first_with_header(package, sheets, *common, options.header));
  return std::make_unique<XlsxReader>(std::move(source), std::move(common), std::move(sheet));
}

}  // namespace

RowReaderResult open_xlsx(std::shared_ptr<const ByteSource> source, const TableOptions& options) noexcept {
  const auto shown_name = source->name();
  return without_exceptions(shown_name, [&] { return open_workbook(std::move(source), options); });
}

base::Result<std::vector<SheetInfo>> sheets_of(std::shared_ptr<const ByteSource> source,
                                               const Limits& limits) noexcept {
  const auto shown_name = source->name();
  return without_exceptions(shown_name, [&]() -> base::Result<std::vector<SheetInfo>> {
    MUSUBI_ASSIGN(const XlsxPackage package, open_xlsx_package(std::move(source), limits));
    std::vector<SheetInfo> sheets;
    sheets.reserve(package.sheets.size());
    for (const auto& sheet : package.sheets) sheets.push_back({.name = sheet.name, .hidden = sheet.hidden});
    return sheets;
  });
}

}  // namespace musubi::document
