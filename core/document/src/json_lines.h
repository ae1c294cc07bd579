// NDJSON: one JSON value a line, read block by block.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "musubi/base/result.h"
#include "musubi/document/byte_source.h"

namespace musubi::document {

struct JsonLine {
  std::string_view text;     ///< without its line end; empty where too_long
  std::uint64_t byte = 0;    ///< offset in the source
  std::uint64_t number = 0;  ///< from 1
  std::uint64_t length = 0;
  bool too_long = false;
};

/// Blank lines are left out. Threads: one at a time.
class JsonLines {
 public:
  JsonLines(std::shared_ptr<const ByteSource> source, std::uint64_t longest_line);

  /// The next line; nullopt at the end. Its text lives as long as block() of then is held. Errors: file.*
  base::Result<std::optional<JsonLine>> next();
  std::shared_ptr<const void> block() const noexcept { return block_; }
  std::uint64_t consumed() const noexcept { return block_begin_ + at_; }

 private:
  base::Result<std::optional<JsonLine>> line();
  base::Result<bool> read_more();
  base::Result<JsonLine> skip_long_line();

  std::shared_ptr<const ByteSource> source_;
  std::uint64_t longest_line_;
  std::shared_ptr<std::string> block_;
  std::uint64_t block_begin_ = 0;  ///< offset of the block in the source
  std::size_t at_ = 0;             ///< in the block
  std::uint64_t lines_ = 0;
};

}  // namespace musubi::document
