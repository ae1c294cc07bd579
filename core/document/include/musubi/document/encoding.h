// The encodings Japanese files come in, to UTF-8. Nothing is ever replaced: what is malformed is named by its
// offset.
//
// CP932 is read as the C library's iconv reads it: 0x8160 is U+FF5E, 0x815C U+2015, 0x8161 U+2225, 0x817C
// U+FF0D, 0x8191 U+FFE0, 0x8192 U+FFE1, 0x81CA U+FFE2. ISO-2022-JP likewise (0x2141 is U+301C), with row 13
// of NEC and half-width katakana (ESC ( I) besides.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "musubi/document/row_reader.h"

namespace musubi::document {

/// Appends `bytes` as UTF-8. Returns the offset of the first malformed character (then `into` ends before
/// it); nullopt: all was well-formed. `from` is not Encoding::detect. Threads: any.
MUSUBI_SDK_API std::optional<std::size_t> to_utf8(Encoding from, std::string_view bytes, std::string& into);

}  // namespace musubi::document
