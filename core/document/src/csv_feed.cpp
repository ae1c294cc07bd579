#include "csv_feed.h"

#include <algorithm>
#include <cstring>
#include <deque>
#include <string_view>
#include <utility>
#include <vector>

#include "encoding_decoder.h"

namespace musubi::document {
namespace {

/// Reads the source from front to back. Errors: document.source_changed when it ends early.
class Front {
 public:
  Front(std::shared_ptr<const ByteSource> source, std::uint64_t offset)
      : source_(std::move(source)), offset_(offset) {}

  base::Result<std::size_t> read(char* into, std::size_t capacity) {
    const auto wanted = std::min<std::uint64_t>(capacity, source_->size() - offset_);
    MUSUBI_ASSIGN(const std::size_t got, source_->read_at(offset_, into, wanted));
    if (got != wanted)
      return base::Error(base::ErrorKind::environment, "document.source_changed")
          .at({.file = source_->name(), .byte = offset_ + got});
    offset_ += got;
    return got;
  }
  std::uint64_t offset() const noexcept { return offset_; }
  bool at_end() const noexcept { return offset_ == source_->size(); }

 private:
  std::shared_ptr<const ByteSource> source_;
  std::uint64_t offset_;
};

class PlainFeed final : public CsvFeed {
 public:
  PlainFeed(std::shared_ptr<const ByteSource> source, std::size_t mark_length)
      : front_(std::move(source), mark_length), start_(mark_length) {}
  std::uint64_t start() const override { return start_; }
  base::Result<std::size_t> fill(char* into, std::size_t capacity) override {
    return front_.read(into, capacity);
  }
  bool at_end() const override { return front_.at_end(); }
  std::uint64_t source_byte(std::uint64_t position) const override { return position; }
  void forget_before(std::uint64_t) override {}

 private:
  Front front_;
  std::uint64_t start_;
};

class DecodingFeed final : public CsvFeed {
 public:
  DecodingFeed(std::shared_ptr<const ByteSource> source, SettledEncoding settled)
      : front_(std::move(source), settled.mark_length),
        decoder_(settled.encoding),
        raw_(kRawBytes),
        raw_offset_(settled.mark_length) {
    points_.push_back({0, raw_offset_});
  }
  std::uint64_t start() const override { return 0; }

  base::Result<std::size_t> fill(char* into, std::size_t capacity) override {
    std::size_t written = 0;
    while (written + kLongestCharacter <= capacity) {
      const auto character = next_character();
      if (character.read == 0) {
        if (front_.at_end()) break;
        MUSUBI_TRY(refill());
        continue;
      }
      written += write(character, into + written, position_ + written);
    }
    position_ += written;
    if (at_end() || points_.back().position != position_) points_.push_back({position_, raw_offset_});
    return written;
  }

  bool at_end() const override { return front_.at_end() && rest().empty(); }

  std::uint64_t source_byte(std::uint64_t position) const override {
    const auto after =
        std::upper_bound(points_.begin(), points_.end(), position,
                         [](std::uint64_t wanted, const Point& point) { return wanted < point.position; });
    return after == points_.begin() ? points_.front().source_byte : std::prev(after)->source_byte;
  }

  void forget_before(std::uint64_t position) override {
    while (points_.size() > 1 && points_[1].position <= position) points_.pop_front();
  }

 private:
  static constexpr std::size_t kRawBytes = 64U << 10;
  static constexpr std::size_t kLongestCharacter = 4;
  struct Point {
    std::uint64_t position;
    std::uint64_t source_byte;
  };

  std::string_view rest() const { return {raw_.data() + raw_begin_, raw_end_ - raw_begin_}; }

  DecodedCharacter next_character() {
    return rest().empty() ? DecodedCharacter{} : decoder_.next(rest(), front_.at_end());
  }

  base::Status refill() {
    std::memmove(raw_.data(), raw_.data() + raw_begin_, raw_end_ - raw_begin_);
    raw_end_ -= raw_begin_;
    raw_begin_ = 0;
    MUSUBI_ASSIGN(const std::size_t got, front_.read(raw_.data() + raw_end_, raw_.size() - raw_end_));
    raw_end_ += got;
    return {};
  }

  std::size_t write(const DecodedCharacter& character, char* into, std::uint64_t position) {
    const auto length = character.malformed ? 1 : bytes_written(character.utf8);
    const EncodingEntry bytes = character.malformed ? 0xFF : character.utf8;
    std::memcpy(into, &bytes, sizeof bytes);
    const bool line_end = length == 1 && (*into == '\n' || *into == '\r');
    if (line_end || character.malformed) points_.push_back({position, raw_offset_});
    raw_begin_ += character.read;
    raw_offset_ += character.read;
    if (line_end || character.malformed) points_.push_back({position + length, raw_offset_});
    return length;
  }

  Front front_;
  CharacterDecoder decoder_;
  std::vector<char> raw_;
  std::size_t raw_begin_ = 0;
  std::size_t raw_end_ = 0;
  std::uint64_t raw_offset_;  ///< of raw_begin_ in the source
  std::uint64_t position_ = 0;
  std::deque<Point> points_;  ///< ascending
};

}  // namespace

std::unique_ptr<CsvFeed> decoding_feed(std::shared_ptr<const ByteSource> source, SettledEncoding settled) {
  return std::make_unique<DecodingFeed>(std::move(source), settled);
}

std::unique_ptr<CsvFeed> plain_feed(std::shared_ptr<const ByteSource> source, SettledEncoding settled) {
  return std::make_unique<PlainFeed>(std::move(source), settled.mark_length);
}

bool must_decode_first(Encoding encoding, char separator) noexcept {
  return encoding == Encoding::iso2022jp || (encoding == Encoding::cp932 && separator >= 0x40);
}

}  // namespace musubi::document
