#include "cp932.h"

namespace musubi::document {
namespace {

#include "encoding_tables.inc"

static_assert(std::endian::native == std::endian::little, "entries are stored low byte first");

constexpr std::uint64_t kHighBits = 0x8080808080808080U;
constexpr std::uint32_t kTwoBytesToThree = 0x23;

/// Reads and writes while text lasts; both pointers move together with what was decoded.
struct Cursor {
  const char* in;
  const char* end;
  char* out;

  bool at_end() const { return in == end; }
  bool at_ascii() const { return static_cast<signed char>(*in) >= 0; }
};

void copy_ascii(Cursor& cursor) {
  while (cursor.end - cursor.in >= 8) {
    std::uint64_t word;
    std::memcpy(&word, cursor.in, 8);
    std::memcpy(cursor.out, &word, 8);
    const auto high = word & kHighBits;
    const auto count = high == 0 ? 8 : std::countr_zero(high) / 8;
    cursor.in += count;
    cursor.out += count;
    if (high != 0) return;
  }
  while (!cursor.at_end() && cursor.at_ascii()) *cursor.out++ = *cursor.in++;
}

/// Characters of two bytes that become three, which nearly all are; stops before any other.
void copy_common(Cursor& cursor) {
  while (cursor.end - cursor.in >= 2) {
    const auto entry =
        cp932_entry(static_cast<unsigned char>(cursor.in[0]), static_cast<unsigned char>(cursor.in[1]));
    if (cursor.at_ascii() || entry >> 24 != kTwoBytesToThree) return;
    std::memcpy(cursor.out, &entry, 4);
    cursor.in += 2;
    cursor.out += 3;
  }
}

/// One character that is not ASCII; false: malformed.
bool copy_any(Cursor& cursor) {
  const char second = cursor.end - cursor.in >= 2 ? cursor.in[1] : '\0';
  const auto entry = cp932_entry(static_cast<unsigned char>(*cursor.in), static_cast<unsigned char>(second));
  std::memcpy(cursor.out, &entry, 4);
  cursor.in += bytes_read(entry);
  cursor.out += bytes_written(entry);
  return entry != 0;
}

}  // namespace

EncodingEntry cp932_entry(unsigned char first, unsigned char second) noexcept {
  return kCp932[(first & 0x7FU) << 8 | second];
}

EncodingEntry jis_x_0208_entry(unsigned char row, unsigned char cell) noexcept {
  return kJisX0208[(row - 0x21U) * 94U + (cell - 0x21U)];
}

Decoding decode_cp932(std::string_view bytes, char* out) noexcept {
  Cursor cursor{bytes.data(), bytes.data() + bytes.size(), out};
  bool well_formed = true;
  while (well_formed && !cursor.at_end()) {
    copy_ascii(cursor);
    copy_common(cursor);
    if (!cursor.at_end() && !cursor.at_ascii()) well_formed = copy_any(cursor);
  }
  return {static_cast<std::size_t>(cursor.in - bytes.data()), static_cast<std::size_t>(cursor.out - out)};
}

}  // namespace musubi::document
