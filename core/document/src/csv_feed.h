// What the CSV reader parses: the bytes of a source as they are (UTF-8, CP932), or decoded on the way
// (encodings in which a comma may be half of a character).
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>

#include "encoding_detect.h"
#include "musubi/base/result.h"
#include "musubi/document/byte_source.h"

namespace musubi::document {

/// Positions count the bytes handed out. One thread.
class CsvFeed {
 public:
  virtual ~CsvFeed() = default;
  /// Position of the first byte.
  virtual std::uint64_t start() const = 0;
  /// Up to `capacity` (at least 16) bytes more; fewer only at the end.
  virtual base::Result<std::size_t> fill(char* into, std::size_t capacity) = 0;
  virtual bool at_end() const = 0;  ///< all bytes were handed out
  /// Where in the source a position came from: exact for starts of lines and malformed bytes.
  virtual std::uint64_t source_byte(std::uint64_t position) const = 0;
  /// Positions below will not be asked for any more.
  virtual void forget_before(std::uint64_t position) = 0;
};

/// Decoded bytes are UTF-8, in which 0xFF stands for each malformed byte or pair.
std::unique_ptr<CsvFeed> decoding_feed(std::shared_ptr<const ByteSource> source, SettledEncoding settled);
std::unique_ptr<CsvFeed> plain_feed(std::shared_ptr<const ByteSource> source, SettledEncoding settled);

/// Whether structural bytes may be halves of characters, so that the feed has to decode.
bool must_decode_first(Encoding encoding, char separator) noexcept;

}  // namespace musubi::document
