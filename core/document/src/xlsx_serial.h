// Serial numbers of a workbook as ISO dates and times.
#pragma once

#include <array>
#include <string_view>

#include "xlsx_number_format.h"

namespace musubi::document {

using SerialText = std::array<char, 24>;

/// 43922 → "2020-04-01", 43922.395833 → "2020-04-01T09:30:00", 0.395833 as a time → "09:30:00"; empty: the
/// calendar has no such day, or the format is plain. The text is in `room`.
std::string_view serial_as_text(double serial, NumberFormat format, bool from_1904, SerialText& room);

}  // namespace musubi::document
