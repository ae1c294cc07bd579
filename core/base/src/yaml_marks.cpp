#include "yaml_marks.h"

#include <algorithm>

#include "musubi/base/text.h"

namespace musubi::base {

YamlMarks::YamlMarks(std::string_view text, std::uint32_t file) : file_(file) {
  lines_.push_back(text);
  for (std::size_t end = text.find('\n'); end != text.npos; end = text.find('\n')) {
    text.remove_prefix(end + 1);
    lines_.push_back(text);
  }
}

Mark YamlMarks::at(const YAML::Mark& mark) {
  if (mark.line < 0 || static_cast<std::size_t>(mark.line) >= lines_.size()) return {.file = file_};
  const auto line = static_cast<std::size_t>(mark.line);
  const auto bytes = std::min(static_cast<std::size_t>(std::max(mark.column, 0)), lines_[line].size());
  if (line != line_ || bytes < bytes_) {
    line_ = line;
    bytes_ = characters_ = 0;
  }
  characters_ += characters(lines_[line].substr(bytes_, bytes - bytes_));
  bytes_ = bytes;
  return {.file = file_,
          .line = static_cast<std::uint32_t>(line + 1),
          .column = static_cast<std::uint32_t>(characters_ + 1)};
}

Mark YamlMarks::of_text(const YAML::Mark& mark, std::string_view text) {
  Mark place = at(mark);
  if (place.line == 0 || text.empty()) return place;
  auto written = lines_[line_].substr(bytes_);
  const bool quoted = written.starts_with('"') || written.starts_with('\'');
  const char quote = quoted ? written.front() : '\0';
  if (quoted) written.remove_prefix(1);
  if (!written.starts_with(text)) return place;
  if (quoted && !written.substr(text.size()).starts_with(quote)) return place;
  place.length = static_cast<std::uint32_t>(characters(text) + (quoted ? 2 : 0));
  return place;
}

bool YamlMarks::tab_near(const YAML::Mark& mark) const {
  for (int line = std::max(mark.line - 1, 0); line <= mark.line; ++line) {
    if (static_cast<std::size_t>(line) >= lines_.size()) return false;
    const auto text = lines_[static_cast<std::size_t>(line)];
    if (text.substr(0, text.find_first_not_of(" \t")).find('\t') != text.npos) return true;
  }
  return false;
}

bool YamlMarks::open_bracket_at(const YAML::Mark& mark) const {
  if (mark.line < 0 || static_cast<std::size_t>(mark.line) >= lines_.size()) return false;
  const auto line = lines_[static_cast<std::size_t>(mark.line)];
  const auto written = line.substr(std::min(static_cast<std::size_t>(std::max(mark.column, 0)), line.size()));
  if (!written.starts_with('[') && !written.starts_with('{')) return false;
  const auto is_opening = [](char each) { return each == '[' || each == '{'; };
  const auto is_closing = [](char each) { return each == ']' || each == '}'; };
  return std::ranges::count_if(written, is_opening) > std::ranges::count_if(written, is_closing);
}

}  // namespace musubi::base
