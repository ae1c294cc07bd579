// Makes the decoding tables of core/document from the C library's iconv, so that our decoders give what iconv
// gives:
//   musubi_generate_encoding_tables OUTPUT
// CP932: 128 × 256 entries by (first byte - 0x80, second byte). JIS X 0208: 94 × 94 entries by (row - 0x21,
// cell - 0x21), as iconv reads ISO-2022-JP; cells that only CP932 has (row 13 of NEC) are taken from there.
// An entry holds up to three bytes of UTF-8 in its low bytes, their number in bits 24-27 and the number of
// bytes read in bits 28-31; 0 is "malformed".
#include <iconv.h>

#include <cstdint>
#include <fstream>
#include <iostream>
#include <optional>
#include <stdexcept>
#include <string>

namespace {

class Converter {
 public:
  explicit Converter(const char* from) : handle_(::iconv_open("UTF-8", from)) {
    if (handle_ == reinterpret_cast<iconv_t>(-1))
      throw std::runtime_error("iconv does not know " + std::string(from));
  }
  ~Converter() { ::iconv_close(handle_); }
  Converter(const Converter&) = delete;
  Converter& operator=(const Converter&) = delete;

  std::optional<std::string> convert(std::string bytes) {
    char output[16];
    char *in = bytes.data(), *out = output;
    std::size_t in_left = bytes.size(), out_left = sizeof output;
    ::iconv(handle_, nullptr, nullptr, nullptr, nullptr);
    if (::iconv(handle_, &in, &in_left, &out, &out_left) == static_cast<std::size_t>(-1)) return std::nullopt;
    return std::string(output, out);
  }

 private:
  iconv_t handle_;
};

std::string bytes_of(unsigned first, unsigned second) {
  return {static_cast<char>(first), static_cast<char>(second)};
}

std::uint32_t entry(const std::optional<std::string>& utf8, std::uint32_t bytes_read) {
  if (!utf8) return 0;
  if (utf8->size() > 3) throw std::runtime_error("a character needs more than three bytes");
  std::uint32_t packed = bytes_read << 28 | static_cast<std::uint32_t>(utf8->size()) << 24;
  for (std::size_t index = 0; index < utf8->size(); ++index) {
    packed |= std::uint32_t{static_cast<unsigned char>((*utf8)[index])} << (8 * index);
  }
  return packed;
}

std::uint32_t cp932_entry(Converter& cp932, unsigned first, unsigned second) {
  if (const auto single = cp932.convert(std::string(1, static_cast<char>(first)))) return entry(single, 1);
  return entry(cp932.convert(bytes_of(first, second)), 2);
}

/// The Shift JIS form of row and cell (JIS X 0208 annex 1).
std::string shifted(unsigned row, unsigned cell) {
  const unsigned first = (row - 0x21) / 2 + (row < 0x5F ? 0x81 : 0xC1);
  const unsigned second = row % 2 == 0 ? cell + 0x7E : cell + (cell < 0x60 ? 0x1F : 0x20);
  return bytes_of(first, second);
}

std::uint32_t jis_entry(Converter& jis, Converter& cp932, unsigned row, unsigned cell) {
  const auto standard = jis.convert("\x1B$B" + bytes_of(row, cell) + "\x1B(B");
  return entry(standard ? standard : cp932.convert(shifted(row, cell)), 2);
}

void write_cp932(std::ostream& out) {
  Converter cp932("CP932");
  out << "constexpr std::uint32_t kCp932[128 * 256] = {\n";
  for (unsigned first = 0x80; first < 0x100; ++first) {
    for (unsigned second = 0; second < 0x100; ++second) out << cp932_entry(cp932, first, second) << ',';
    out << '\n';
  }
  out << "};\n";
}

void write_jis(std::ostream& out) {
  Converter jis("ISO-2022-JP"), cp932("CP932");
  out << "constexpr std::uint32_t kJisX0208[94 * 94] = {\n";
  for (unsigned row = 0x21; row < 0x7F; ++row) {
    for (unsigned cell = 0x21; cell < 0x7F; ++cell) out << jis_entry(jis, cp932, row, cell) << ',';
    out << '\n';
  }
  out << "};\n";
}

}  // namespace

int main(int count, char** arguments) try {
  if (count != 2) throw std::runtime_error("usage: musubi_generate_encoding_tables OUTPUT");
  std::ofstream out(arguments[1]);
  write_cp932(out);
  write_jis(out);
  return out ? 0 : 1;
} catch (const std::exception& error) {
  std::cerr << error.what() << '\n';
  return 1;
}
