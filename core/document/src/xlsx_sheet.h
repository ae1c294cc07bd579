// The rows of one sheet as they stream by: parsed piece by piece, never the whole sheet.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "musubi/document/row_batch.h"
#include "xlsx_package.h"
#include "xlsx_reference.h"
#include "xlsx_shared_strings.h"
#include "xlsx_styles.h"
#include "xlsx_text.h"
#include "xml_row_queue.h"

namespace musubi::document {

/// What all sheets of a workbook share. Immutable.
struct XlsxCommon {
  std::shared_ptr<const SharedStrings> strings;
  CellStyles styles;
  bool from_1904 = false;
  Limits limits;
};

/// Handler of XmlPush for a worksheet: makes rows of what the parser tells. Not for several threads.
class SheetReading {
 public:
  explicit SheetReading(const XlsxCommon& common) : common_(common) {}

  void start(XmlPush& push, const XmlTag& tag);
  void end(XmlPush& push);
  void text(XmlPush& push, std::string_view text);

  /// Rows with at least one cell that is not blank; their line is the row of the sheet.
  RowQueue queue;

 private:
  enum class Type : std::uint8_t { number, shared, text, boolean, date };
  enum class Element : std::uint8_t { other, value, formula, inline_text };

  void begin_row(XmlPush& push, const XmlTag& tag);
  void begin_cell(XmlPush& push, const XmlTag& tag);
  void begin_part(const XmlTag& tag);
  void end_cell(XmlPush& push);
  void end_row(XmlPush& push);
  void settle_value(QueuedCell& cell);
  void settle_shared(QueuedCell& cell);
  void settle_number(QueuedCell& cell);
  void give(QueuedCell& cell, CellKind kind, std::string_view text);
  void fault(std::string_view code);
  bool wants_text() const noexcept;

  const XlsxCommon& common_;
  QueuedCell cell_;
  std::uint32_t row_ = 0;  ///< last one begun
  std::uint32_t next_column_ = 0;
  std::uint64_t row_bytes_ = 0;
  std::string value_;  ///< text of the open cell
  XlsxRichText rich_;
  NumberFormat format_ = NumberFormat::plain;
  Type type_ = Type::number;
  Element element_ = Element::other;
  bool in_data_ = false, in_row_ = false, in_cell_ = false;
  bool has_formula_ = false, has_value_ = false, row_has_text_ = false;
};

/// Pulls rows out of a sheet. Threads: one at a time.
class SheetRows {
 public:
  /// Errors: xlsx.part_missing, xlsx.damaged. `common` outlives this.
  static base::Result<std::unique_ptr<SheetRows>> open(const ZipArchive& archive, const std::string& part,
                                                       const XlsxCommon& common);

  /// Parses on until `count` rows wait or the sheet ends. Errors: xlsx.part_damaged, xlsx.damaged,
  /// xlsx.cell_outside, xlsx.rows_out_of_order.
  base::Status fill(std::size_t count);
  RowQueue& queue() noexcept { return reading_.queue; }
  /// Share of the sheet read, 0 to 1.
  double progress() const noexcept;

 private:
  SheetRows(ZipMemberStream bytes, const ZipMember& member, const ByteSource& source,
            const XlsxCommon& common);
  base::Status feed_piece();

  ZipMemberStream bytes_;
  std::string part_;
  std::uint64_t size_;
  const ByteSource& source_;
  SheetReading reading_;
  XmlPush push_;
  std::string piece_;
  std::uint64_t read_ = 0;
  bool ended_ = false;
};

}  // namespace musubi::document
