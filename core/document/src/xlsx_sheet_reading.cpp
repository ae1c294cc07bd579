#include <algorithm>
#include <charconv>
#include <optional>

#include "musubi/base/text.h"
#include "xlsx_serial.h"
#include "xlsx_sheet.h"

namespace musubi::document {
namespace {

using base::Error;
using base::ErrorKind;

/// Depth of the elements sheetData, row, c and v or is.
constexpr std::uint32_t kData = 2, kRow = 3, kCell = 4, kPart = 5;

template <class Number>
std::optional<Number> number_in(std::string_view text) {
  Number number{};
  const auto* end = text.data() + text.size();
  const auto done = std::from_chars(text.data(), end, number);
  if (done.ec != std::errc() || done.ptr != end) return std::nullopt;
  return number;
}

/// Somewhere behind `row`; what was written there is not repeated.
Error outside(std::uint32_t row) {
  return Error(ErrorKind::bad_input, "xlsx.cell_outside", {{"row", std::to_string(row)}});
}

}  // namespace

void SheetReading::start(XmlPush& push, const XmlTag& tag) {
  const auto depth = push.depth();
  if (depth == kData) {
    in_data_ = tag.local == "sheetData";
  } else if (depth == kRow) {
    if (in_data_ && tag.local == "row") begin_row(push, tag);
  } else if (depth == kCell) {
    if (in_row_ && tag.local == "c") begin_cell(push, tag);
  } else if (depth == kPart) {
    if (in_cell_) begin_part(tag);
  } else if (element_ == Element::inline_text) {
    rich_.start(tag.local);
  }
}

void SheetReading::end(XmlPush& push) {
  const auto depth = push.depth();
  if (depth > kPart && element_ == Element::inline_text) rich_.end();
  if (depth == kPart) element_ = Element::other;
  if (depth == kCell && in_cell_) end_cell(push);
  if (depth == kRow && in_row_) end_row(push);
}

bool SheetReading::wants_text() const noexcept {
  return element_ == Element::value || (element_ == Element::inline_text && rich_.wants_text());
}

void SheetReading::text(XmlPush&, std::string_view text) {
  // One byte too many is enough to know.
  if (wants_text() && value_.size() <= common_.limits.cell_bytes) value_ += text;
}

void SheetReading::begin_row(XmlPush& push, const XmlTag& tag) {
  const auto written = tag.attributes.find("r");
  const auto number = written ? number_in<std::uint32_t>(*written) : row_ + 1;
  if (!number || *number < 1 || *number > kXlsxRows) {
    return push.stop(outside(row_));
  }
  if (*number <= row_) {
    return push.stop(
        Error(ErrorKind::bad_input, "xlsx.rows_out_of_order", {{"row", std::to_string(*number)}}));
  }
  row_ = *number;
  queue.begin(row_, push.tag_begin());
  next_column_ = 0;
  row_bytes_ = 0;
  row_has_text_ = false;
  in_row_ = true;
}

void SheetReading::begin_cell(XmlPush& push, const XmlTag& tag) {
  const auto written = tag.attributes.find("r");
  const auto place = written ? parse_reference(*written) : CellReference{row_, next_column_};
  if (!place || place->row != row_ || place->column >= kXlsxColumns) {
    return push.stop(outside(row_));
  }
  cell_ = {.column = place->column, .cell = {}};
  cell_.cell.source_byte = push.tag_begin();
  if (place->column < next_column_) return fault("xlsx.cells_out_of_order");
  next_column_ = place->column + 1;
  const auto style = number_in<std::size_t>(tag.attributes.find("s").value_or("0")).value_or(0);
  format_ = style < common_.styles.size() ? common_.styles[style] : NumberFormat::plain;
  const auto type = tag.attributes.find("t").value_or("n");
  type_ = type == "n"   ? Type::number
          : type == "s" ? Type::shared
          : type == "b" ? Type::boolean
          : type == "d" ? Type::date
                        : Type::text;
  value_.clear();
  has_formula_ = has_value_ = false;
  in_cell_ = true;
}

void SheetReading::begin_part(const XmlTag& tag) {
  element_ = tag.local == "v"    ? Element::value
             : tag.local == "f"  ? Element::formula
             : tag.local == "is" ? Element::inline_text
                                 : Element::other;
  has_formula_ |= element_ == Element::formula;
  has_value_ |= element_ == Element::value || element_ == Element::inline_text;
  rich_.reset();
}

void SheetReading::end_cell(XmlPush& push) {
  in_cell_ = false;
  cell_.cell.source_length = static_cast<std::uint32_t>(push.position() - cell_.cell.source_byte);
  if (has_formula_ && !has_value_) fault("xlsx.formula_without_value");
  if (!has_value_) return;
  settle_value(cell_);
  if (cell_.cell.kind == CellKind::missing) return;
  if (cell_.column >= common_.limits.columns) {
    if (cell_.cell.size > 0) fault("xlsx.too_many_cells");
    return;
  }
  row_bytes_ += cell_.cell.size;
  row_has_text_ = row_has_text_ || !base::trim(cell_.cell.text()).empty();
  queue.add(cell_.column, cell_.cell);
}

void SheetReading::end_row(XmlPush& push) {
  in_row_ = false;
  auto& row = queue.open();
  row.length = static_cast<std::uint32_t>(push.position() - row.byte);
  if (row_bytes_ > common_.limits.row_bytes) fault("xlsx.row_too_long");
  if (row_has_text_ || !row.fault.empty()) {
    queue.finish();
  } else {
    queue.discard();
  }
}

void SheetReading::fault(std::string_view code) { queue.fault(code, cell_.cell.source_byte); }

void SheetReading::settle_value(QueuedCell& cell) {
  if (value_.size() > common_.limits.cell_bytes) return fault("xlsx.cell_too_long");
  switch (type_) {
    case Type::number:
      return settle_number(cell);
    case Type::shared:
      return settle_shared(cell);
    case Type::boolean:
      return give(cell, CellKind::boolean, value_ == "1" || value_ == "true" ? "true" : "false");
    case Type::date:
      if (value_.ends_with("T00:00:00")) value_.resize(value_.size() - 9);
      return give(cell, CellKind::date_serial, queue.texts().copy(value_));
    case Type::text:
      decode_xlsx_escapes(value_, 0);
      return give(cell, CellKind::text, queue.texts().copy(value_));
  }
}

void SheetReading::settle_shared(QueuedCell& cell) {
  const auto index = number_in<std::size_t>(value_);
  if (!index || *index >= common_.strings->size()) return fault("xlsx.shared_string_missing");
  const auto text = (*common_.strings)[*index];
  if (text.size() > common_.limits.cell_bytes) return fault("xlsx.cell_too_long");
  give(cell, CellKind::text, text);
}

void SheetReading::settle_number(QueuedCell& cell) {
  const auto written = base::trim(value_);
  if (written.empty()) return;
  if (format_ != NumberFormat::plain) {
    SerialText room;
    const auto serial = number_in<double>(written);
    const auto date = serial ? serial_as_text(*serial, format_, common_.from_1904, room) : std::string_view();
    const auto kind =
        format_ == NumberFormat::time && date.size() < 10 ? CellKind::text : CellKind::date_serial;
    if (!date.empty()) return give(cell, kind, queue.texts().copy(date));
  }
  give(cell, CellKind::number, queue.texts().copy(written));
}

void SheetReading::give(QueuedCell& cell, CellKind kind, std::string_view text) {
  cell.cell.kind = kind;
  cell.cell.data = text.data();
  cell.cell.size = static_cast<std::uint32_t>(text.size());
}

}  // namespace musubi::document
