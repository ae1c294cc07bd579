#include "xml_input.h"

#include <algorithm>
#include <array>
#include <cctype>

#include "cp932.h"

namespace musubi::document {
namespace {

using base::Error;
using base::ErrorKind;

constexpr std::size_t kPiece = 64U << 10;
constexpr std::size_t kDecodingPiece = 256;  ///< what the way back decodes again at most
constexpr std::size_t kLongestDeclaration = 1024;

std::string lower(std::string_view text) {
  std::string result(text);
  for (auto& letter : result) letter = static_cast<char>(std::tolower(static_cast<unsigned char>(letter)));
  return result;
}

/// What `encoding="…"` of the XML declaration says; empty: nothing.
std::string declared_encoding(std::string_view beginning) {
  if (beginning.starts_with("\xEF\xBB\xBF")) beginning.remove_prefix(3);
  if (!beginning.starts_with("<?xml")) return {};
  const auto declaration = beginning.substr(0, beginning.find("?>"));
  const auto named = declaration.find("encoding");
  const auto quote = declaration.find_first_of("\"'", std::min(named, declaration.size()));
  if (named == declaration.npos || quote == declaration.npos) return {};
  const auto end = declaration.find(declaration[quote], quote + 1);
  return end == declaration.npos ? std::string() : lower(declaration.substr(quote + 1, end - quote - 1));
}

bool is_cp932_name(std::string_view name) {
  constexpr std::array kNames{"shift_jis", "shift-jis", "sjis",        "x-sjis",       "ms_kanji",  "cp932",
                              "ms932",     "ms-932",    "windows-31j", "cswindows31j", "csshiftjis"};
  return std::find(kNames.begin(), kNames.end(), name) != kNames.end();
}

bool is_utf8_name(std::string_view name) {
  return name.empty() || name == "utf-8" || name == "utf8" || name == "us-ascii" || name == "ascii";
}

/// UTF-16 and UTF-32 begin with a byte order mark or with a '<' that has NULs beside it.
bool is_wide(std::string_view beginning) {
  using namespace std::string_view_literals;
  return beginning.starts_with("\xFF\xFE") || beginning.starts_with("\xFE\xFF") ||
         beginning.starts_with("<\0"sv) || beginning.starts_with("\0"sv);
}

Error unsupported(std::string_view encoding, const std::string& shown_name) {
  return Error(ErrorKind::bad_input, "xml.encoding_unsupported", {{"encoding", std::string(encoding)}})
      .at({.file = shown_name, .line = 1});
}

Error malformed(std::string_view bytes, std::size_t at, const std::string& shown_name) {
  const auto before = bytes.substr(0, at);
  return Error(ErrorKind::bad_input, "text.malformed_bytes",
               {{"encoding", std::string(name_of(Encoding::cp932))}})
      .at({.file = shown_name,
           .line = static_cast<std::uint64_t>(std::count(before.begin(), before.end(), '\n')) + 1,
           .byte = at});
}

}  // namespace

base::Result<Encoding> xml_encoding(std::string_view beginning, Encoding asked,
                                    const std::string& shown_name) {
  if (asked == Encoding::utf8 || asked == Encoding::cp932) return asked;
  if (asked != Encoding::detect) return unsupported(name_of(asked), shown_name);
  if (is_wide(beginning)) return unsupported("UTF-16", shown_name);
  const auto declared = declared_encoding(beginning.substr(0, kLongestDeclaration));
  if (is_utf8_name(declared)) return Encoding::utf8;
  if (is_cp932_name(declared)) return Encoding::cp932;
  return unsupported(declared, shown_name);
}

base::Result<XmlDecoded> XmlDecoded::of_cp932(std::string_view bytes, const std::string& shown_name) {
  XmlDecoded decoded;
  std::array<char, cp932_room(kDecodingPiece)> room;
  for (std::size_t at = 0; at < bytes.size();) {
    decoded.marks_.push_back({.text = decoded.text_.size(), .source = at});
    const auto done = decode_cp932(bytes.substr(at, kDecodingPiece), room.data());
    if (done.read == 0) return malformed(bytes, at, shown_name);
    decoded.text_.append(room.data(), done.written);
    at += done.read;
  }
  return decoded;
}

std::uint64_t XmlDecoded::source_offset(std::uint64_t offset, std::string_view source) const {
  if (marks_.empty()) return 0;
  const auto after =
      std::upper_bound(marks_.begin(), marks_.end(), offset,
                       [](std::uint64_t wanted, const Mark& mark) { return wanted < mark.text; });
  const auto& mark = *std::prev(after);
  std::array<char, cp932_room(2)> room;
  std::uint64_t text = mark.text, at = mark.source;
  while (text < offset && at < source.size()) {
    const auto two = decode_cp932(source.substr(at, 1), room.data());
    const auto done = two.read == 1 ? two : decode_cp932(source.substr(at, 2), room.data());
    if (done.read == 0) break;
    text += done.written;
    at += done.read;
  }
  return at;
}

base::Result<XmlInput> XmlInput::open(std::shared_ptr<const ByteSource> source, Encoding asked,
                                      const Limits& limits) {
  if (source->size() == 0) return Error(ErrorKind::bad_input, "document.empty").at({.file = source->name()});
  std::string beginning(kLongestDeclaration, '\0');
  MUSUBI_ASSIGN(const std::size_t got, source->read_at(0, beginning.data(), beginning.size()));
  beginning.resize(got);
  MUSUBI_ASSIGN(const Encoding encoding, xml_encoding(beginning, asked, source->name()));
  XmlInput input(std::move(source), encoding);
  if (encoding == Encoding::cp932) {
    MUSUBI_ASSIGN(input.bytes_, read_all(*input.source_, limits.bytes));
    MUSUBI_ASSIGN(input.decoded_, XmlDecoded::of_cp932(input.bytes_, input.name()));
  }
  return input;
}

base::Result<std::string_view> XmlInput::next() {
  if (encoding_ == Encoding::cp932) {
    const auto piece = std::string_view(decoded_.text())
                           .substr(std::min<std::uint64_t>(position_, decoded_.text().size()), kPiece);
    position_ += piece.size();
    return piece;
  }
  bytes_.resize(kPiece);
  MUSUBI_ASSIGN(const std::size_t got, source_->read_at(position_, bytes_.data(), kPiece));
  position_ += got;
  return std::string_view(bytes_).substr(0, got);
}

std::uint64_t XmlInput::consumed() const noexcept {
  return encoding_ == Encoding::cp932 ? std::min<std::uint64_t>(position_, bytes_.size()) : position_;
}

std::uint64_t XmlInput::source_offset(std::uint64_t offset) const {
  return encoding_ == Encoding::cp932 ? decoded_.source_offset(offset, bytes_) : offset;
}

}  // namespace musubi::document
