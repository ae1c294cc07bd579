#include "terminal.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <iostream>

#include "musubi/base/shown_text.h"
#include "musubi/base/text.h"

namespace musubi::app {
namespace {

constexpr std::size_t kBarWidth = 24;

bool is_number(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789,.-") == text.npos && text != "-";
}

bool all_numbers(const std::vector<std::vector<std::string>>& rows, std::size_t column) {
  return rows.size() > 1 && std::all_of(rows.begin() + 1, rows.end(), [column](const auto& row) {
           return column < row.size() && is_number(row[column]);
         });
}

std::vector<std::size_t> widths(const std::vector<std::vector<std::string>>& rows) {
  std::vector<std::size_t> widths;
  for (const auto& row : rows) {
    widths.resize(std::max(widths.size(), row.size()));
    for (std::size_t index = 0; index < row.size(); ++index) {
      widths[index] = std::max(widths[index], base::display_width(row[index]));
    }
  }
  return widths;
}

std::string bar(double share) {
  const auto filled = static_cast<std::size_t>(std::clamp(share, 0.0, 1.0) * kBarWidth);
  return std::string(filled, '#') + std::string(kBarWidth - filled, '.');
}

}  // namespace

std::string with_separators(std::uint64_t number) {
  auto text = std::to_string(number);
  for (auto position = static_cast<std::ptrdiff_t>(text.size()) - 3; position > 0; position -= 3) {
    text.insert(static_cast<std::size_t>(position), 1, ',');
  }
  return text;
}

std::string padded(std::string_view text, std::size_t width, bool right) {
  const auto shown = base::display_width(text);
  const std::string blanks(width > shown ? width - shown : 0, ' ');
  return right ? blanks + std::string(text) : std::string(text) + blanks;
}

std::string table(std::vector<std::vector<std::string>> rows) {
  for (auto& row : rows)
    for (auto& cell : row) cell = base::printable(cell);
  const auto wide = widths(rows);
  std::string text;
  for (const auto& row : rows) {
    std::string line;
    for (std::size_t index = 0; index < row.size(); ++index) {
      if (index > 0) line += "  ";
      line += padded(row[index], wide[index], all_numbers(rows, index));
    }
    text += line.substr(0, line.find_last_not_of(' ') + 1) + '\n';
  }
  return text;
}

ProgressLine::ProgressLine(base::Language language, const std::string& title)
    : language_(language), title_(base::printable(title)), terminal_(::isatty(STDERR_FILENO) == 1) {}

ProgressLine::~ProgressLine() {
  if (shown_) std::cerr << "\r\033[K" << std::flush;
}

void ProgressLine::show(const pipeline::Progress& progress) {
  if (!terminal_) return;
  shown_ = true;
  const std::chrono::duration<double> spent = std::chrono::steady_clock::now() - started_;
  const double share = progress.total_bytes == 0
                           ? 0
                           : static_cast<double>(progress.bytes) / static_cast<double>(progress.total_bytes);
  const double rate = spent.count() > 0 ? static_cast<double>(progress.rows) / spent.count() : 0;
  const double left = share > 0 ? spent.count() / share - spent.count() : 0;
  std::cerr << "\r\033[K" << title_ << " [" << bar(share) << "] "
            << base::say(language_, "app.progress",
                         {{"rows", with_separators(progress.rows)},
                          {"rate", with_separators(static_cast<std::uint64_t>(rate))},
                          {"left", fmt::format("{:.0f}", left)}})
            << std::flush;
}

}  // namespace musubi::app
