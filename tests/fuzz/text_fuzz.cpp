// Any bytes as text in each encoding. CP932 must give what iconv gives and stop where it stops; whatever is
// decoded is UTF-8; what is behind the first malformed byte changes nothing before it.
#include <iconv.h>

#include <cstdint>
#include <cstdlib>
#include <optional>
#include <string>

#include "musubi/base/text.h"
#include "musubi/document/encoding.h"

namespace {

using namespace musubi::document;

void require(bool condition) {
  if (!condition) std::abort();
}

struct Decoded {
  std::string text;
  std::optional<std::size_t> malformed_at;
};

Decoded by_iconv(std::string bytes) {
  static const iconv_t handle = ::iconv_open("UTF-8", "CP932");
  std::string text(bytes.size() * 3 + 16, '\0');
  char *in = bytes.data(), *out = text.data();
  std::size_t in_left = bytes.size(), out_left = text.size();
  ::iconv(handle, nullptr, nullptr, nullptr, nullptr);
  const bool failed = ::iconv(handle, &in, &in_left, &out, &out_left) == static_cast<std::size_t>(-1);
  text.resize(static_cast<std::size_t>(out - text.data()));
  if (failed) return {std::move(text), static_cast<std::size_t>(in - bytes.data())};
  return {std::move(text), std::nullopt};
}

Decoded by_us(Encoding encoding, std::string_view bytes) {
  Decoded decoded;
  decoded.malformed_at = to_utf8(encoding, bytes, decoded.text);
  return decoded;
}

void check(Encoding encoding, std::string_view bytes) {
  const auto decoded = by_us(encoding, bytes);
  require(!musubi::base::malformed_utf8_at(decoded.text));
  if (!decoded.malformed_at) return;
  require(*decoded.malformed_at < bytes.size());
  const auto before = by_us(encoding, bytes.substr(0, *decoded.malformed_at));
  require(!before.malformed_at && before.text == decoded.text);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string bytes(reinterpret_cast<const char*>(data), size);
  for (const auto encoding : {Encoding::utf8, Encoding::cp932, Encoding::iso2022jp}) check(encoding, bytes);
  const auto theirs = by_iconv(bytes), ours = by_us(Encoding::cp932, bytes);
  require(ours.text == theirs.text && ours.malformed_at == theirs.malformed_at);
  return 0;
}
