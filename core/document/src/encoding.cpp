#include "musubi/document/encoding.h"

#include "cp932.h"
#include "encoding_decoder.h"
#include "musubi/base/text.h"

namespace musubi::document {
namespace {

using MalformedAt = std::optional<std::size_t>;

MalformedAt append_utf8(std::string_view bytes, std::string& into) {
  const auto malformed = base::malformed_utf8_at(bytes);
  into.append(bytes.substr(0, malformed.value_or(bytes.size())));
  return malformed;
}

MalformedAt append_cp932(std::string_view bytes, std::string& into) {
  const auto before = into.size();
  into.resize(before + cp932_room(bytes.size()));
  const auto done = decode_cp932(bytes, into.data() + before);
  into.resize(before + done.written);
  return done.read == bytes.size() ? MalformedAt() : done.read;
}

MalformedAt append_iso2022jp(std::string_view bytes, std::string& into) {
  CharacterDecoder decoder(Encoding::iso2022jp);
  for (std::size_t at = 0; at < bytes.size();) {
    const auto character = decoder.next(bytes.substr(at), true);
    if (character.malformed) return at;
    for (std::size_t index = 0; index < bytes_written(character.utf8); ++index) {
      into += static_cast<char>(character.utf8 >> (8 * index) & 0xFF);
    }
    at += character.read;
  }
  return {};
}

}  // namespace

MalformedAt to_utf8(Encoding from, std::string_view bytes, std::string& into) {
  if (from == Encoding::cp932) return append_cp932(bytes, into);
  return from == Encoding::iso2022jp ? append_iso2022jp(bytes, into) : append_utf8(bytes, into);
}

std::string_view name_of(Encoding encoding) noexcept {
  switch (encoding) {
    case Encoding::utf8:
      return "UTF-8";
    case Encoding::cp932:
      return "CP932";
    case Encoding::iso2022jp:
      return "ISO-2022-JP";
    default:
      return "detect";
  }
}

}  // namespace musubi::document
