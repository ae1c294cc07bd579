#include <algorithm>
#include <optional>
#include <utility>

#include "csv_rows.h"
#include "encoding_detect.h"
#include "header.h"
#include "musubi/document/row_reader.h"
#include "without_exceptions.h"

namespace musubi::document {
namespace {

// A batch ends early where its rows are large, so that memory does not depend on the file.
constexpr std::uint64_t kBatchBytes = 4U << 20;
constexpr std::size_t kBatchCells = 256U << 10;

class CsvReader final : public RowReader {
 public:
  CsvReader(CsvRows rows, FoundHeader header, Encoding encoding, std::string shown_name)
      : rows_(std::move(rows)),
        header_(std::move(header)),
        encoding_(encoding),
        shown_name_(std::move(shown_name)) {}

  std::span<const std::string> columns() const noexcept override { return header_.columns; }
  std::span<const std::string> titles() const noexcept override { return header_.titles; }
  Encoding encoding() const noexcept override { return encoding_; }
  std::uint64_t consumed() const noexcept override { return rows_.consumed(); }

  base::Result<std::size_t> read(RowBatch& into, std::size_t rows) noexcept override {
    return without_exceptions(shown_name_, [&] { return read_batch(into, rows); });
  }

 private:
  base::Result<std::size_t> read_batch(RowBatch& into, std::size_t rows) {
    into.start(header_.columns.size());
    if (failure_) return *failure_;
    rows_.hold_in(into);
    const auto last_position = rows_.position() + kBatchBytes;
    while (into.size() < rows && rows_.position() < last_position &&
           into.size() * into.width() < kBatchCells) {
      const auto added = rows_.add_next(into);
      if (added.has_error()) return fail(added.error(), into.size());
      if (!*added) break;
    }
    return into.size();
  }

  /// Rows read before the failure are delivered first; every later read fails with it.
  base::Result<std::size_t> fail(const base::Error& error, std::size_t rows_before) {
    failure_ = error;
    if (rows_before == 0) return error;
    return rows_before;
  }

  CsvRows rows_;
  FoundHeader header_;
  Encoding encoding_;
  std::string shown_name_;
  std::optional<base::Error> failure_;
};

/// The first rows, as far as the header is looked for, and what was wrong with them.
struct Preview {
  std::vector<PreviewRow> rows;
  std::optional<base::Error> failure;      ///< the reading ended with it
  bool too_narrow = false;                 ///< a row had more cells than there was room for
  std::optional<base::Error> first_fault;  ///< of the row at `fault_index`
  std::size_t fault_index = 0;
};

base::Error error_of(const RowFault& fault, const RowOrigin& origin, const std::string& shown_name) {
  return base::Error(base::ErrorKind::bad_input, fault.code)
      .at({.file = shown_name, .line = origin.line, .byte = fault.byte});
}

base::Error too_many_columns(const RowOrigin& origin, std::uint32_t limit, const std::string& shown_name) {
  return base::Error(base::ErrorKind::limit_exceeded, "document.too_many_columns",
                     {{"limit", std::to_string(limit)}})
      .at({.file = shown_name, .line = origin.line, .byte = origin.byte});
}

bool is_overfull(const RowBatch& batch) {
  return batch.row(0).back().kind != CellKind::missing ||
         (!batch.faults().empty() && batch.faults().front().code == "csv.too_many_cells");
}

std::optional<base::Error> fault_of_first(const RowBatch& batch, const std::string& shown_name) {
  if (is_overfull(batch))
    return too_many_columns(batch.origin(0), static_cast<std::uint32_t>(batch.width() - 1), shown_name);
  if (batch.faults().empty()) return std::nullopt;
  return error_of(batch.faults().front(), batch.origin(0), shown_name);
}

/// `batch` holds one row, one cell wider than columns are allowed.
void add_to(Preview& preview, const RowBatch& batch, const std::string& shown_name) {
  PreviewRow row{.line = batch.origin(0).line, .cells = {}};
  const auto fault = fault_of_first(batch, shown_name);
  for (const auto& cell : batch.row(0)) {
    if (fault || cell.kind == CellKind::missing) break;
    row.cells.emplace_back(cell.text());
  }
  if (fault && !preview.first_fault) {
    preview.first_fault = fault;
    preview.fault_index = preview.rows.size();
  }
  preview.too_narrow = preview.too_narrow || is_overfull(batch);
  preview.rows.push_back(std::move(row));
}

Preview preview_of(CsvRows rows, const TableOptions& options, std::size_t columns,
                   const std::string& shown_name) {
  Preview preview;
  RowBatch batch;
  const auto wanted = std::size_t{options.header.look_in} + std::max(options.header.rows, 1U) - 1;
  const auto last_position = rows.position() + options.limits.row_bytes;
  while (preview.rows.size() < wanted && rows.position() < last_position) {
    batch.start(columns + 1);
    rows.hold_in(batch);
    const auto added = rows.add_next(batch);
    if (added.has_error()) preview.failure = added.error();
    if (added.has_error() || !*added) break;
    add_to(preview, batch, shown_name);
  }
  return preview;
}

/// Most tables are narrow; room for as many columns as are allowed is only made where it is needed.
Preview preview_of(const std::shared_ptr<const ByteSource>& source, SettledEncoding settled,
                   const TableOptions& options) {
  const auto rows = [&] { return CsvRows(source, settled, options.separator, options.limits); };
  const std::size_t allowed = options.limits.columns, narrow = std::min<std::size_t>(allowed, 256);
  auto preview = preview_of(rows(), options, narrow, source->name());
  if (preview.too_narrow && narrow < allowed) return preview_of(rows(), options, allowed, source->name());
  return preview;
}

/// A row that could not be read is an error where the header may have been in it.
base::Result<FoundHeader> header_in(const Preview& preview, const HeaderSearch& search,
                                    const std::string& shown_name) {
  const auto found = find_header(preview.rows, search, shown_name);
  const auto& problem = preview.first_fault ? preview.first_fault : preview.failure;
  if (found.has_error()) return problem ? *problem : found.error();
  const bool before_header = preview.first_fault && preview.fault_index < found->first + found->rows;
  if (search.columns.empty() && before_header) return *problem;
  return *found;
}

bool separates(char separator) {
  return separator > '\0' && separator != '"' && separator != '\n' && separator != '\r';
}

base::Status check(const ByteSource& source, const TableOptions& options) {
  if (source.size() > options.limits.bytes) {
    return base::Error(base::ErrorKind::limit_exceeded, "file.too_large",
                       {{"limit", std::to_string(options.limits.bytes)}})
        .at({.file = source.name()});
  }
  if (!separates(options.separator))
    return base::Error(base::ErrorKind::bad_configuration, "csv.separator_not_allowed")
        .at({.file = source.name()});
  return {};
}

RowReaderResult open(const std::shared_ptr<const ByteSource>& source, const TableOptions& options) {
  MUSUBI_TRY(check(*source, options));
  MUSUBI_ASSIGN(const SettledEncoding settled, settle_encoding(*source, options.encoding));
  const auto preview = preview_of(source, settled, options);
  MUSUBI_ASSIGN(FoundHeader header, header_in(preview, options.header, source->name()));
  CsvRows rows(source, settled, options.separator, options.limits);
  MUSUBI_TRY(rows.skip(header.first + header.rows));
  return std::unique_ptr<RowReader>(
      std::make_unique<CsvReader>(std::move(rows), std::move(header), settled.encoding, source->name()));
}

}  // namespace

RowReaderResult open_csv(std::shared_ptr<const ByteSource> source, const TableOptions& options) noexcept {
  return without_exceptions(source->name(), [&] { return open(source, options); });
}

}  // namespace musubi::document
