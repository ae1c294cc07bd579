#include "encoding_detect.h"

#include <simdjson.h>

#include <algorithm>
#include <array>
#include <string>

#include "encoding_decoder.h"
#include "musubi/base/text.h"

namespace musubi::document {
namespace {

constexpr std::size_t kSampleBytes = 1U << 20;
constexpr std::size_t kWindowBytes = 256U << 10;
constexpr std::size_t kCountingStops = 1000;  // malformed characters; more do not change the decision
constexpr std::string_view kUtf8Mark = "\xEF\xBB\xBF";

/// Part of the source, from a line's start where the source has lines.
struct Sample {
  std::string bytes;
  std::uint64_t offset = 0;
  std::uint64_t lines_before = 0;
};

/// How a text fits an encoding.
struct Fit {
  Encoding encoding = Encoding::utf8;
  std::size_t malformed = 0;
  std::size_t first = 0;  ///< offset of the first malformed character
  void count(std::size_t at) {
    if (malformed++ == 0) first = at;
  }
};

std::uint64_t line_ends(std::string_view bytes) {
  return static_cast<std::uint64_t>(std::count(bytes.begin(), bytes.end(), '\n'));
}

bool is_plain(std::string_view bytes) {
  return is_ascii(bytes.data(), bytes.size()) && bytes.find('\x1B') == bytes.npos;
}

base::Result<std::string> part_of(const ByteSource& source, std::uint64_t offset, std::size_t length) {
  std::string bytes(std::min<std::uint64_t>(length, source.size() - offset), '\0');
  MUSUBI_ASSIGN(const std::size_t got, source.read_at(offset, bytes.data(), bytes.size()));
  bytes.resize(got);
  return bytes;
}

/// Goes to the first window that is not plain ASCII; the sample begins there.
base::Result<Sample> sample_of(const ByteSource& source) {
  Sample sample;
  while (true) {
    MUSUBI_ASSIGN(const std::string window, part_of(source, sample.offset, kWindowBytes));
    if (window.empty() || !is_plain(window)) break;
    sample.offset += window.size();
    sample.lines_before += line_ends(window);
  }
  MUSUBI_ASSIGN(sample.bytes, part_of(source, sample.offset, kSampleBytes));
  const auto last_line = sample.bytes.rfind('\n');
  if (sample.offset + sample.bytes.size() < source.size() && last_line != sample.bytes.npos)
    sample.bytes.resize(last_line + 1);  // the last line may end inside a character
  return sample;
}

Fit fit_utf8(std::string_view bytes) {
  Fit fit{.encoding = Encoding::utf8};
  if (simdjson::validate_utf8(bytes.data(), bytes.size())) return fit;
  std::size_t from = 0;
  while (fit.malformed < kCountingStops) {
    const auto at = base::malformed_utf8_at(bytes.substr(from));
    if (!at) break;
    fit.count(from + *at);
    from += *at + 1;
    while (from < bytes.size() && (bytes[from] & '\xC0') == '\x80') ++from;
  }
  return fit;
}

Fit fit_cp932(std::string_view bytes) {
  Fit fit{.encoding = Encoding::cp932};
  std::string decoded(cp932_room(bytes.size()), '\0');
  for (std::size_t from = 0; fit.malformed < kCountingStops;) {
    from += decode_cp932(bytes.substr(from), decoded.data()).read;
    if (from == bytes.size()) break;
    fit.count(from++);
  }
  return fit;
}

/// The first sequence that only ISO-2022-JP has.
std::size_t escape_at(std::string_view bytes) {
  auto first = bytes.npos;
  for (const std::string_view sequence : {"\x1B$B", "\x1B$@", "\x1B(J", "\x1B(I"}) {
    first = std::min(first, bytes.find(sequence));
  }
  return first;
}

Fit fit_iso2022jp(std::string_view bytes) {
  Fit fit{.encoding = Encoding::iso2022jp};
  CharacterDecoder decoder(fit.encoding);
  for (std::size_t at = 0; at < bytes.size() && fit.malformed < kCountingStops;) {
    const auto character = decoder.next(bytes.substr(at), true);
    if (character.malformed) fit.count(at);
    at += character.read;
  }
  return fit;
}

/// Escape sequences in seven-bit text are foreign to the others.
Fit with_foreign_escape(Fit fit, std::size_t escape) {
  fit.first = fit.malformed == 0 ? escape : std::min(fit.first, escape);
  fit.malformed += kCountingStops;
  return fit;
}

std::array<Fit, 3> fits_of(std::string_view bytes) {
  std::array<Fit, 3> fits{fit_utf8(bytes), fit_cp932(bytes), fit_iso2022jp(bytes)};
  const auto escape = escape_at(bytes);
  if (escape == bytes.npos || !is_ascii(bytes.data(), bytes.size())) return fits;
  fits[0] = with_foreign_escape(fits[0], escape);
  fits[1] = with_foreign_escape(fits[1], escape);
  return fits;
}

/// The fewest malformed; among equals the first.
const Fit& best_of(const std::array<Fit, 3>& fits) {
  return *std::min_element(fits.begin(), fits.end(), [](const Fit& left, const Fit& right) {
    return left.malformed < right.malformed;
  });
}

base::Error error_at(std::string_view code, const ByteSource& source, const Sample& sample, std::size_t at) {
  const auto line = sample.lines_before + line_ends(std::string_view(sample.bytes).substr(0, at)) + 1;
  return base::Error(base::ErrorKind::bad_input, code)
      .at({.file = source.name(), .line = line, .byte = sample.offset + at});
}

base::Error wrong_encoding(const ByteSource& source, const Sample& sample, const Fit& declared,
                           Encoding fitting) {
  return error_at("text.wrong_encoding", source, sample, declared.first)
      .with("declared", name_of(declared.encoding))
      .with("fitting", name_of(fitting));
}

/// A few damaged characters are faults of their rows; where much is damaged the encoding is another one.
bool hopeless(const Fit& fit, std::string_view bytes) {
  const auto high = std::count_if(bytes.begin(), bytes.end(), [](char byte) { return byte < 0; });
  return fit.malformed > 8 && fit.malformed * 16 > static_cast<std::size_t>(high);
}

base::Result<Encoding> settle(const ByteSource& source, const Sample& sample, Encoding declared) {
  const auto fits = fits_of(sample.bytes);
  const auto& best = best_of(fits);
  if (declared == Encoding::detect) {
    if (hopeless(best, sample.bytes)) return error_at("text.encoding_unknown", source, sample, best.first);
    return best.encoding;
  }
  const auto& own =
      *std::find_if(fits.begin(), fits.end(), [&](const Fit& fit) { return fit.encoding == declared; });
  if (own.malformed > best.malformed) return wrong_encoding(source, sample, own, best.encoding);
  if (hopeless(own, sample.bytes)) return error_at("text.encoding_unknown", source, sample, own.first);
  return declared;
}

/// A mark, or every other byte zero.
bool looks_like_utf16(std::string_view head) {
  if (head.starts_with("\xFF\xFE") || head.starts_with("\xFE\xFF")) return true;
  std::size_t zeros[2] = {0, 0};
  for (std::size_t index = 0; index < head.size(); ++index) zeros[index % 2] += head[index] == '\0' ? 1 : 0;
  const auto many = head.size() / 4;
  return head.size() >= 16 && ((zeros[0] == 0 && zeros[1] >= many) || (zeros[1] == 0 && zeros[0] >= many));
}

}  // namespace

base::Result<SettledEncoding> settle_encoding(const ByteSource& source, Encoding declared) {
  MUSUBI_ASSIGN(const std::string head, part_of(source, 0, 4096));
  if (looks_like_utf16(head)) return error_at("text.utf16_not_supported", source, {}, 0);
  if (head.starts_with(kUtf8Mark)) {
    if (declared == Encoding::detect || declared == Encoding::utf8)
      return SettledEncoding{.encoding = Encoding::utf8, .mark_length = kUtf8Mark.size()};
    return wrong_encoding(source, {}, {.encoding = declared}, Encoding::utf8);
  }
  MUSUBI_ASSIGN(const Sample sample, sample_of(source));
  MUSUBI_ASSIGN(const Encoding encoding, settle(source, sample, declared));
  return SettledEncoding{.encoding = encoding};
}

}  // namespace musubi::document
