#include "csv_window.h"

#include <simdjson.h>

#include <algorithm>
#include <cstring>
#include <string_view>
#include <utility>

namespace musubi::document {

CsvWindow::CsvWindow(std::unique_ptr<CsvFeed> feed, std::shared_ptr<CsvBufferPool> pool, bool utf8)
    : feed_(std::move(feed)),
      pool_(std::move(pool)),
      buffer_(pool_->take()),
      base_(feed_->start()),
      utf8_(utf8) {}

base::Status CsvWindow::refill() {
  const auto kept = end_ - begin_;
  const auto size = kept > CsvBufferPool::kBytes / 2 ? std::size_t{kept} * 2 : CsvBufferPool::kBytes;
  auto larger = pool_->take(size);
  if (kept != 0) std::memcpy(larger->bytes.get(), data() + begin_, kept);
  MUSUBI_ASSIGN(const std::size_t got,
                feed_->fill(larger->bytes.get() + kept, larger->size - kStructurePadding - kept));
  buffer_ = std::move(larger);
  base_ += begin_;
  begin_ = 0;
  end_ = static_cast<std::uint32_t>(kept + got);
  at_end_ = feed_->at_end();
  std::memset(buffer_->bytes.get() + end_, '\n', kStructurePadding);
  feed_->forget_before(base_);
  examine();
  return {};
}

void CsvWindow::examine() {
  const std::string_view text(data(), end_);
  has_nul_ = std::memchr(text.data(), '\0', text.size()) != nullptr;
  utf8_until_ = 0;
  const auto whole_lines = at_end_ ? text.size() : text.rfind('\n') + 1;  // 0 where there is none
  if (utf8_ && simdjson::validate_utf8(text.data(), whole_lines))
    utf8_until_ = static_cast<std::uint32_t>(whole_lines);
}

}  // namespace musubi::document
