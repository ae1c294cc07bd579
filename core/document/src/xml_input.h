// The bytes of an XML source as UTF-8: passed through where they are UTF-8, decoded where the declaration
// says Shift_JIS. Knows which byte of the source each byte of the text came from.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "musubi/base/result.h"
#include "musubi/document/byte_source.h"
#include "musubi/document/row_reader.h"

namespace musubi::document {

/// Decodes nothing that fits two readings: a byte order mark, the declaration, else UTF-8. `asked` other than
/// Encoding::detect overrules the declaration. Errors: xml.encoding_unsupported.
base::Result<Encoding> xml_encoding(std::string_view beginning, Encoding asked,
                                    const std::string& shown_name);

/// A Shift_JIS text decoded, and the way back.
class XmlDecoded {
 public:
  /// Errors: text.malformed_bytes with the offset.
  static base::Result<XmlDecoded> of_cp932(std::string_view bytes, const std::string& shown_name);
  const std::string& text() const noexcept { return text_; }
  /// Offset in the source of the character at `offset` of the text; `source` are the bytes it was decoded
  /// from.
  std::uint64_t source_offset(std::uint64_t offset, std::string_view source) const;

 private:
  struct Mark {
    std::uint64_t text = 0, source = 0;
  };
  std::string text_;
  std::vector<Mark> marks_;  ///< every few thousand bytes
};

/// Threads: one at a time.
class XmlInput {
 public:
  /// Errors: xml.encoding_unsupported, text.malformed_bytes, document.empty, file.*
  static base::Result<XmlInput> open(std::shared_ptr<const ByteSource> source, Encoding asked,
                                     const Limits& limits);
  /// The next piece as UTF-8; empty at the end. Valid until the next call.
  base::Result<std::string_view> next();
  void rewind() noexcept { position_ = 0; }
  std::uint64_t consumed() const noexcept;
  std::uint64_t source_offset(std::uint64_t offset) const;
  Encoding encoding() const noexcept { return encoding_; }
  const std::string& name() const noexcept { return source_->name(); }

 private:
  XmlInput(std::shared_ptr<const ByteSource> source, Encoding encoding)
      : source_(std::move(source)), encoding_(encoding) {}

  std::shared_ptr<const ByteSource> source_;
  Encoding encoding_;
  std::string bytes_;  ///< UTF-8: the piece last read; CP932: the whole source
  XmlDecoded decoded_;
  std::uint64_t position_ = 0;
};

}  // namespace musubi::document
