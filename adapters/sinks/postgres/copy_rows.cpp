#include "copy_rows.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "big_endian.h"

namespace musubi::postgres_sink {
namespace {

using namespace std::string_view_literals;

constexpr auto kSignature = "PGCOPY\n\377\r\n\0"sv;
constexpr std::int16_t kNegative = 0x4000;
constexpr int kGroup = 4;  // decimal digits in one digit of a numeric

/// The decimal digits of a number, filled up with zeros so that the point falls between two groups.
struct GroupedDigits {
  std::array<char, 32> digits{};
  int count = 0;        ///< a multiple of kGroup
  int after_point = 0;  ///< groups; the others stand before it

  std::int16_t group(int number) const {
    std::int16_t value = 0;
    const char* from = digits.data() + std::ptrdiff_t{number} * kGroup;
    std::from_chars(from, from + kGroup, value);
    return value;
  }
  int groups() const { return count / kGroup; }
};

GroupedDigits grouped(std::uint64_t magnitude, int scale) {
  std::array<char, 20> plain;
  const auto written = std::to_chars(plain.data(), plain.data() + plain.size(), magnitude);
  const auto length = static_cast<int>(written.ptr - plain.data());
  const int zeros_behind = (kGroup - scale % kGroup) % kGroup;
  GroupedDigits result;
  result.after_point = (scale + zeros_behind) / kGroup;
  const int zeros_before = (kGroup - (length + zeros_behind) % kGroup) % kGroup;
  result.count = zeros_before + length + zeros_behind;
  result.digits.fill('0');
  std::copy_n(plain.data(), length, result.digits.data() + zeros_before);
  return result;
}

std::uint64_t magnitude_of(std::int64_t number) {
  return number < 0 ? ~static_cast<std::uint64_t>(number) + 1 : static_cast<std::uint64_t>(number);
}

}  // namespace

void CopyRows::begin() {
  bytes_ += kSignature;
  append_big_endian(bytes_, std::int32_t{0});  // flags
  append_big_endian(bytes_, std::int32_t{0});  // length of the header's extension
}

void CopyRows::end() { append_big_endian(bytes_, std::int16_t{-1}); }

void CopyRows::row(int columns) { append_big_endian(bytes_, static_cast<std::int16_t>(columns)); }

void CopyRows::null() { length(-1); }

void CopyRows::length(std::int32_t bytes) { append_big_endian(bytes_, bytes); }

void CopyRows::close(std::size_t start) {
  const auto written = bytes_.size() - start - sizeof(std::int32_t);
  write_big_endian(bytes_.data() + start, static_cast<std::int32_t>(written));
}

void CopyRows::integer(std::int64_t number) {
  char bytes[sizeof(std::int32_t) + sizeof number];
  write_big_endian(bytes, static_cast<std::int32_t>(sizeof number));
  write_big_endian(bytes + sizeof(std::int32_t), number);
  bytes_.append(bytes, sizeof bytes);
}

void CopyRows::boolean(bool truth) {
  length(1);
  bytes_ += truth ? '\1' : '\0';
}

void CopyRows::text(std::string_view text) {
  length(static_cast<std::int32_t>(text.size()));
  bytes_ += text;
}

/// numeric_recv: number of base-10000 digits, weight of the first, sign, places shown, the digits. Without
/// zeros at the ends.
void CopyRows::decimal(model::Decimal number) {
  const auto digits = grouped(magnitude_of(number.mantissa), number.scale);
  int first = 0, last = digits.groups();
  while (first < last && digits.group(first) == 0) ++first;
  while (last > first && digits.group(last - 1) == 0) --last;
  const int weight = first == last ? 0 : digits.groups() - digits.after_point - 1 - first;
  const auto start = bytes_.size();
  length(0);
  append_big_endian(bytes_, static_cast<std::int16_t>(last - first));
  append_big_endian(bytes_, static_cast<std::int16_t>(weight));
  append_big_endian(bytes_, number.mantissa < 0 ? kNegative : std::int16_t{0});
  append_big_endian(bytes_, std::int16_t{number.scale});
  for (int group = first; group < last; ++group) append_big_endian(bytes_, digits.group(group));
  close(start);
}

}  // namespace musubi::postgres_sink
