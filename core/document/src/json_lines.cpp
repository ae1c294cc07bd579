#include "json_lines.h"

#include <algorithm>

namespace musubi::document {
namespace {

constexpr std::size_t kBlock = 1U << 20;
constexpr std::string_view kMark = "\xEF\xBB\xBF";

bool is_blank(std::string_view text) { return text.find_first_not_of(" \t\r\n") == text.npos; }

}  // namespace

JsonLines::JsonLines(std::shared_ptr<const ByteSource> source, std::uint64_t longest_line)
    : source_(std::move(source)), longest_line_(longest_line), block_(std::make_shared<std::string>()) {}

base::Result<std::optional<JsonLine>> JsonLines::next() {
  for (;;) {
    MUSUBI_ASSIGN(std::optional<JsonLine> found, line());
    if (!found || found->too_long || !is_blank(found->text)) return found;
  }
}

/// A new block that begins with what is left of this one; lines of the old one stay valid with their holder.
base::Result<bool> JsonLines::read_more() {
  const auto left = std::string_view(*block_).substr(at_);
  auto block = std::make_shared<std::string>(left);
  block_begin_ += at_;
  at_ = 0;
  const auto from = block_begin_ + left.size();
  const auto step = std::min<std::uint64_t>(std::max(kBlock, left.size()), source_->size() - from);
  block->resize(left.size() + step);
  MUSUBI_ASSIGN(const std::size_t got, source_->read_at(from, block->data() + left.size(), step));
  block->resize(left.size() + got);
  block_ = std::move(block);
  return got > 0;
}

base::Result<std::optional<JsonLine>> JsonLines::line() {
  auto end = block_->find('\n', at_);
  while (end == std::string::npos && block_->size() - at_ <= longest_line_) {
    const auto searched = block_->size() - at_;
    MUSUBI_ASSIGN(const bool more, read_more());
    if (!more) break;
    end = block_->find('\n', searched);
  }
  if (at_ == block_->size()) return std::optional<JsonLine>();
  const auto length = std::min(end, block_->size()) - at_;
  if (length > longest_line_) {
    MUSUBI_ASSIGN(const JsonLine skipped, skip_long_line());
    return std::optional<JsonLine>(skipped);
  }
  JsonLine line{.text = std::string_view(*block_).substr(at_, length),
                .byte = block_begin_ + at_,
                .number = ++lines_,
                .length = length,
                .too_long = false};
  at_ += length + (end == std::string::npos ? 0 : 1);
  if (line.byte == 0 && line.text.starts_with(kMark)) {
    line.text.remove_prefix(kMark.size());
    line.byte += kMark.size();
  }
  return std::optional<JsonLine>(line);
}

base::Result<JsonLine> JsonLines::skip_long_line() {
  JsonLine line{.text = {}, .byte = block_begin_ + at_, .number = ++lines_, .length = 0, .too_long = true};
  auto end = block_->find('\n', at_);
  while (end == std::string::npos) {
    at_ = block_->size();
    MUSUBI_ASSIGN(const bool more, read_more());
    if (!more) break;
    end = block_->find('\n', at_);
  }
  line.length = block_begin_ + std::min(end, block_->size()) - line.byte;
  at_ = end == std::string::npos ? block_->size() : end + 1;
  return line;
}

}  // namespace musubi::document
