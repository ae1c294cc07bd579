// Decides the encoding of a source once, before anything is read from it.
#pragma once

#include "musubi/base/result.h"
#include "musubi/document/byte_source.h"
#include "musubi/document/row_reader.h"

namespace musubi::document {

struct SettledEncoding {
  Encoding encoding = Encoding::utf8;  ///< never `detect`
  std::size_t mark_length = 0;         ///< of the byte order mark to skip
};

/// From a byte order mark; else by which encoding the first part of the source that is not ASCII fits:
/// ISO-2022-JP by its escape sequences, then UTF-8, then CP932; where none fits wholly, the one with the
/// fewest malformed characters (those are faults of their rows). What is declared is believed unless another
/// encoding fits better. Text that fits both UTF-8 and CP932 is UTF-8. Errors: text.wrong_encoding,
/// text.encoding_unknown, text.utf16_not_supported, file.*
base::Result<SettledEncoding> settle_encoding(const ByteSource& source, Encoding declared);

}  // namespace musubi::document
