#include "quoted_lines.h"

#include <algorithm>

#include "lint_findings.h"
#include "musubi/base/file.h"
#include "musubi/base/shown_text.h"
#include "musubi/base/text.h"

namespace musubi::app {
namespace {

constexpr std::uint64_t kLargestFile = 1 << 20;
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
/// Columns of a terminal that are shown on either side of what is meant.
constexpr std::size_t kMostBefore = 56, kMostAfter = 60;
constexpr std::size_t kNumberWidth = 5;

bool starts_character(char byte) { return (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U; }

/// Bytes of the first `count` characters of well-formed UTF-8.
std::size_t bytes_of(std::string_view text, std::uint64_t count) {
  std::size_t end = 0;
  for (; end < text.size(); ++end)
    if (starts_character(text[end]) && count-- == 0) break;
  return end;
}

std::vector<std::string> lines_in(std::string_view text) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    const auto end = text.find('\n');
    auto line = text.substr(0, end);
    if (line.ends_with('\r')) line.remove_suffix(1);
    lines.emplace_back(line);
    text.remove_prefix(end == text.npos ? text.size() : end + 1);
  }
  return lines;
}

/// The last characters of a text that fit into `width` columns, after … where some are left out.
std::string ending(std::string text, std::size_t width) {
  if (base::display_width(text) <= width) return text;
  while (base::display_width(text) > width) text.erase(0, bytes_of(text, 1));
  return "…" + text;
}

std::string beginning(std::string text, std::size_t width) {
  if (base::display_width(text) <= width) return text;
  std::size_t end = 0;
  for (auto next = bytes_of(text, 1); base::display_width(text.substr(0, next)) <= width;
       next += bytes_of(std::string_view(text).substr(next), 1))
    end = next;
  return text.substr(0, end) + "…";
}

}  // namespace

const std::vector<std::string>& QuotedLines::lines_of(const std::string& file) {
  const auto [known, is_new] = files_.try_emplace(file);
  std::error_code ignored;
  if (!is_new || std::filesystem::equivalent(file, settings_, ignored)) return known->second;
  const auto text = base::read_file(file, kLargestFile);
  if (text.has_error() || base::malformed_utf8_at(*text) || kind_of(file) == FileKind::settings)
    return known->second;
  std::string_view rest = *text;
  if (rest.starts_with(kByteOrderMark)) rest.remove_prefix(kByteOrderMark.size());
  known->second = lines_in(rest);
  return known->second;
}

std::optional<QuotedLine> QuotedLines::find(const base::Place& place) {
  if (place.file.empty() || place.line == 0) return std::nullopt;
  const auto& lines = lines_of(place.file);
  if (place.line > lines.size()) return std::nullopt;
  const std::string_view line = lines[place.line - 1];
  const auto begin = bytes_of(line, std::max<std::uint64_t>(place.column, 1) - 1);
  const auto end = begin + bytes_of(line.substr(begin), place.length);
  return QuotedLine{std::string(line.substr(0, begin)), std::string(line.substr(begin, end - begin)),
                    std::string(line.substr(end))};
}

std::string drawn(const QuotedLine& line, std::uint64_t number) {
  const auto before = ending(base::printable(line.before), kMostBefore);
  const auto marked = beginning(base::printable(line.marked), kMostAfter);
  const auto after = beginning(base::printable(line.after), kMostAfter);
  const auto digits = std::to_string(number);
  std::string text(kNumberWidth - std::min(kNumberWidth, digits.size()), ' ');
  text += digits + " | " + before + marked + after + '\n';
  text += std::string(std::max(kNumberWidth, digits.size()), ' ') + " | ";
  text += std::string(base::display_width(before), ' ');
  text += std::string(std::max<std::size_t>(base::display_width(marked), 1), '^') + '\n';
  return text;
}

}  // namespace musubi::app
