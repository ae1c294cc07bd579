// The stretch of a CSV that is in memory: from the start of the next row to as far as was read.
#pragma once

#include <cstdint>
#include <memory>

#include "csv_buffer.h"
#include "csv_feed.h"
#include "csv_structure.h"
#include "musubi/base/result.h"

namespace musubi::document {

/// One thread. Positions are offsets in data(), which refill() changes.
class CsvWindow {
 public:
  /// `utf8`: the feed hands out UTF-8, which the window then checks in large pieces.
  CsvWindow(std::unique_ptr<CsvFeed> feed, std::shared_ptr<CsvBufferPool> pool, bool utf8);

  /// Nothing is in memory before the first refill().
  const char* data() const noexcept { return buffer_->bytes.get(); }
  std::uint32_t begin() const noexcept { return begin_; }
  std::uint32_t end() const noexcept {
    return end_;
  }                                                 ///< data()[end()] is a line feed, for scanners to stop at
  bool at_end() const noexcept { return at_end_; }  ///< nothing follows end()
  void advance_to(std::uint32_t position) noexcept { begin_ = position; }

  /// Moves what is left to another buffer and reads more behind it; grows where a row fills more than half.
  base::Status refill();

  bool has_nul() const noexcept { return has_nul_; }
  /// All bytes before `position` are well-formed; false: not known.
  bool known_utf8_before(std::uint32_t position) const noexcept { return position <= utf8_until_; }
  std::uint64_t base() const noexcept { return base_; }  ///< position of data()[0] in the feed
  std::uint64_t source_byte(std::uint32_t position) const { return feed_->source_byte(base_ + position); }
  const std::shared_ptr<CsvBuffer>& buffer() const noexcept { return buffer_; }

 private:
  void examine();

  std::unique_ptr<CsvFeed> feed_;
  std::shared_ptr<CsvBufferPool> pool_;
  std::shared_ptr<CsvBuffer> buffer_;
  std::uint64_t base_;
  std::uint32_t begin_ = 0;
  std::uint32_t end_ = 0;
  std::uint32_t utf8_until_ = 0;
  bool utf8_;
  bool at_end_ = false;
  bool has_nul_ = false;
};

}  // namespace musubi::document
