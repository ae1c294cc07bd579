// Readers of tables: CSV, sheets of a workbook, lists in JSON and XML. They pull, they stream, they never
// replace a byte silently: what cannot be decoded is a fault with its offset.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "musubi/base/result.h"
#include "musubi/document/byte_source.h"
#include "musubi/document/row_batch.h"

namespace musubi::document {

struct Limits {
  std::uint64_t bytes = 4ULL << 30;           ///< of the submission
  std::uint64_t expanded_bytes = 2ULL << 30;  ///< of a ZIP, all members
  std::uint32_t expansion_ratio = 200;        ///< expanded ÷ packed, for members over 1 MiB
  std::uint32_t columns = 4096;
  std::uint32_t cell_bytes = 1U << 20;
  std::uint32_t row_bytes = 8U << 20;
  std::uint32_t depth = 128;     ///< of JSON and XML
  std::uint32_t members = 4096;  ///< of a ZIP
};

enum class Encoding : std::uint8_t { detect, utf8, cp932, iso2022jp };
MUSUBI_SDK_API std::string_view name_of(Encoding encoding) noexcept;

/// How to find the header: the row whose cells contain the most of `columns`; at least half of them (and at
/// least two) must be there. Rows above it are title rows. An empty list: the first row is the header.
struct HeaderSearch {
  std::vector<std::string> columns;
  std::uint32_t rows = 1;      ///< height of the header; cells of several rows are joined with a space
  std::uint32_t look_in = 50;  ///< search this many rows
};

struct TableOptions {
  HeaderSearch header;
  Encoding encoding = Encoding::detect;
  std::string sheet;  ///< workbook: name of the sheet or a part of it; empty: the first with the header
  std::string items;  ///< JSON: path of the array ("patients.data"; empty: the root array or NDJSON); XML:
                      ///< name of the repeated element
  /// XML: paths within that element ("検査") of elements whose occurrences make one cell, a JSON array of
  /// objects (as JSON gives its lists); those of a list within a list ("患者/検査") are in the objects.
  std::vector<std::string> lists;
  char separator = ',';
  Limits limits;
};

/// Threads: one at a time. read() reports unrecoverable damage as an Error with its place; damage of one row
/// is a RowFault of the batch. The hub's own readers throw nothing; of an adapter's see plugin::Source.
class MUSUBI_SDK_API RowReader {
 public:
  virtual ~RowReader();
  /// Names of the columns, known from construction on. Line breaks and repeated spaces folded, width kept.
  virtual std::span<const std::string> columns() const noexcept = 0;
  /// Title rows above the header, joined per row: "2020年4月4日 時点".
  virtual std::span<const std::string> titles() const noexcept = 0;
  virtual Encoding encoding() const noexcept = 0;
  /// Refills the batch with up to `rows` rows; returns their number, 0 at the end.
  virtual base::Result<std::size_t> read(RowBatch& into, std::size_t rows) = 0;
  /// Bytes consumed so far, for progress.
  virtual std::uint64_t consumed() const noexcept = 0;
};

using RowReaderResult = base::Result<std::unique_ptr<RowReader>>;

// Errors: csv.*, text.*, xlsx.*, json.*, xml.*, document.header_not_found, document.empty, document.limit.
MUSUBI_SDK_API RowReaderResult open_csv(std::shared_ptr<const ByteSource> source,
                                        const TableOptions& options) noexcept;
MUSUBI_SDK_API RowReaderResult open_xlsx(std::shared_ptr<const ByteSource> source,
                                         const TableOptions& options) noexcept;
MUSUBI_SDK_API RowReaderResult open_json_rows(std::shared_ptr<const ByteSource> source,
                                              const TableOptions& options) noexcept;
MUSUBI_SDK_API RowReaderResult open_xml_rows(std::shared_ptr<const ByteSource> source,
                                             const TableOptions& options) noexcept;

/// The sheets of a workbook in order, hidden ones included.
struct SheetInfo {
  std::string name;
  bool hidden = false;
};
MUSUBI_SDK_API base::Result<std::vector<SheetInfo>> sheets_of(std::shared_ptr<const ByteSource> source,
                                                              const Limits& limits) noexcept;

enum class Shape : std::uint8_t {
  csv,
  xlsx,
  json,
  xml,
  fhir,  ///< resources as JSON, NDJSON or XML, by a ResourceView; never guessed
  unknown
};
MUSUBI_SDK_API std::string_view name_of(Shape shape) noexcept;
MUSUBI_SDK_API std::optional<Shape> shape_named(std::string_view name) noexcept;
/// From the first bytes (ZIP signature, '{' or '[', '<'), not from the name.
MUSUBI_SDK_API Shape guess_shape(const ByteSource& source) noexcept;

/// Dispatches on the shape.
MUSUBI_SDK_API RowReaderResult open_rows(Shape shape, std::shared_ptr<const ByteSource> source,
                                         const TableOptions& options) noexcept;

}  // namespace musubi::document
