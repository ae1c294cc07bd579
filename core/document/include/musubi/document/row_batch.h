// Rows of a table, many at a time, as views: the shape in which CSV, sheets, and lists of flat JSON or XML
// elements reach the mapping. Every cell knows the bytes it came from.
#pragma once

#include <cstdint>
#include <memory>
#include <memory_resource>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "musubi/base/export.h"

namespace musubi::document {

enum class CellKind : std::uint8_t {
  missing,  ///< the row ends before this column
  text,
  number,       ///< a number in a sheet or in JSON; its text as written
  date_serial,  ///< a number that its sheet formats as a date; its text is 2020-04-01[T09:30:00]
  boolean       ///< "true" or "false"
};

/// A view; the text is UTF-8 and lives as long as the batch it is in.
struct Cell {
  const char* data = nullptr;
  std::uint32_t size = 0;
  std::uint32_t source_length = 0;  ///< bytes in the source
  std::uint64_t source_byte = 0;    ///< offset in the source
  CellKind kind = CellKind::missing;

  std::string_view text() const noexcept { return {data, size}; }
};

struct RowOrigin {
  std::uint64_t row = 0;        ///< from 1, counting records after the header
  std::uint64_t table_row = 0;  ///< the same before rows were divided into items; 0: they were not
  std::uint64_t line = 0;       ///< line of the file or row of the sheet, from 1
  std::uint64_t byte = 0;
  std::uint32_t length = 0;
};

/// Why a row cannot be mapped. The row's cells may be empty; its bytes are still counted and kept.
struct RowFault {
  std::uint32_t row_index = 0;  ///< index in the batch
  std::string_view code;        ///< message id, e.g. "csv.too_many_cells", "text.malformed_bytes"
  std::uint64_t byte = 0;       ///< where exactly
};

/// Filled by a RowReader and reused. Movable, not copyable; one thread at a time.
class MUSUBI_SDK_API RowBatch {
 public:
  RowBatch();
  RowBatch(RowBatch&&) noexcept;
  RowBatch& operator=(RowBatch&&) noexcept;
  ~RowBatch();

  std::size_t size() const noexcept { return origins_.size(); }
  std::size_t width() const noexcept { return width_; }  ///< cells of every row (missing ones included)
  std::span<const Cell> row(std::size_t index) const noexcept {
    return {cells_.data() + index * width_, width_};
  }
  const RowOrigin& origin(std::size_t index) const noexcept { return origins_[index]; }
  std::span<const RowFault> faults() const noexcept { return faults_; }  ///< ascending by row_index

  /// Cell texts live as long as what this returns is held, also after the batch is refilled.
  std::vector<std::shared_ptr<const void>> owners() const { return owners_; }

  // For readers.
  void start(std::size_t width);                     ///< empties it
  std::span<Cell> add_row(const RowOrigin& origin);  ///< all cells missing; valid until the next add_row
  void remove_last_row();                            ///< it has no fault yet
  RowOrigin& last_origin() noexcept { return origins_.back(); }
  void add_fault(const RowFault& fault) { faults_.push_back(fault); }
  void hold(std::shared_ptr<const void> owner) { owners_.push_back(std::move(owner)); }

 private:
  std::size_t width_ = 0;
  std::vector<Cell> cells_;
  std::vector<RowOrigin> origins_;
  std::vector<RowFault> faults_;
  std::vector<std::shared_ptr<const void>> owners_;
};

}  // namespace musubi::document
