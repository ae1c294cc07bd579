// Decodes one character after the other, with the state ISO-2022-JP needs. For sources that cannot be taken
// apart before they are decoded; ordinary CP932 goes through cp932.h.
#pragma once

#include <cstdint>
#include <string_view>

#include "cp932.h"
#include "musubi/document/row_reader.h"

namespace musubi::document {

/// What was found at the start of a text.
struct DecodedCharacter {
  std::uint8_t read = 0;   ///< bytes; 0: the text ends inside the character, give more
  bool malformed = false;  ///< `read` bytes are to be skipped
  EncodingEntry utf8 = 0;  ///< bytes_written(utf8) bytes, low byte first; none for a change of character set
};

class CharacterDecoder {
 public:
  /// `encoding`: cp932 or iso2022jp.
  explicit CharacterDecoder(Encoding encoding) noexcept : encoding_(encoding) {}

  /// `rest` is not empty; `last`: nothing follows it.
  DecodedCharacter next(std::string_view rest, bool last) noexcept;

 private:
  enum class CharacterSet : std::uint8_t { ascii, roman, katakana, jis_x_0208 };
  DecodedCharacter next_iso2022jp(std::string_view rest, bool last) noexcept;
  DecodedCharacter escape(std::string_view rest, bool last) noexcept;

  Encoding encoding_;
  CharacterSet set_ = CharacterSet::ascii;
};

}  // namespace musubi::document
