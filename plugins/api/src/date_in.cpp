#include <algorithm>

#include "musubi/base/japanese_date.h"
#include "musubi/base/text.h"
#include "musubi/plugin/source.h"

namespace musubi::plugin {
namespace {

using Day = std::chrono::sys_days;

constexpr std::size_t kLongestText = 512;  ///< bytes looked at; names and title rows are short
constexpr std::size_t kLongestDate = 40;   ///< bytes of a date as written
constexpr std::string_view kEras[] = {"明治", "大正", "昭和", "平成", "令和"};
constexpr std::string_view kDateWords[] = {"年", "月", "日", "元"};

bool is_digit(char each) { return each >= '0' && each <= '9'; }

bool is_letter_or_digit(char each) {
  return is_digit(each) || (each >= 'a' && each <= 'z') || (each >= 'A' && each <= 'Z');
}

std::size_t length_of_any(std::string_view text, std::span<const std::string_view> words) {
  for (const auto word : words) {
    if (text.starts_with(word)) return word.size();
  }
  return 0;
}

/// Length of what may open a date: a digit, an era, an era's letter before a digit.
std::size_t opening(std::string_view text) {
  if (is_digit(text.front())) return 1;
  const bool letter = std::string_view("MTSHR").find(text.front()) != std::string_view::npos;
  if (letter && text.size() > 1 && is_digit(text[1])) return 1;
  return length_of_any(text, kEras);
}

std::size_t continuation(std::string_view text) {
  const bool one_blank = text.front() == ' ' && text.size() > 1 && text[1] != ' ';
  const bool separator = std::string_view("-/._").find(text.front()) != std::string_view::npos;
  if (is_digit(text.front()) || one_blank || separator) return 1;
  return length_of_any(text, kDateWords);
}

std::string_view longest_run(std::string_view text) {
  std::size_t length = opening(text);
  while (length != 0 && length < std::min(text.size(), kLongestDate)) {
    const auto more = continuation(text.substr(length));
    if (more == 0) break;
    length += more;
  }
  return text.substr(0, length);
}

/// 20200420153000 and 202004201530 are a day and a time.
std::string_view without_time(std::string_view run) {
  const auto digits = std::ranges::find_if_not(run, is_digit) - run.begin();
  return digits == 12 || digits == 14 ? run.substr(0, 8) : run;
}

std::optional<Day> day_written(std::string text) {
  std::ranges::replace(text, '_', '-');
  const auto date = base::parse_date(text);
  if (!date || !date->complete()) return std::nullopt;
  return base::day_of(*date);
}

/// The longest date that `text` starts with.
std::optional<Day> leading_date(std::string_view text) {
  const auto run = without_time(longest_run(text));
  for (std::size_t length = run.size(); length >= 6; --length) {
    const bool cuts_number = length < run.size() && is_digit(run[length]) && is_digit(run[length - 1]);
    if (cuts_number) continue;
    if (const auto day = day_written(std::string(run.substr(0, length)))) return day;
  }
  return std::nullopt;
}

/// A workbook's title cell that holds a day: "43925 時点".
std::optional<Day> leading_serial(std::string_view text) {
  const auto digits = static_cast<std::size_t>(std::ranges::find_if_not(text, is_digit) - text.begin());
  const auto rest = base::trim(text.substr(digits));
  if (digits != 5 || !(rest.starts_with("時点") || rest.starts_with("現在"))) return std::nullopt;
  const auto serial = base::parse_integer(text.substr(0, digits));
  const auto date = base::date_of_serial(static_cast<double>(*serial), false);
  return date ? base::day_of(*date) : std::nullopt;
}

std::string_view shortened(std::string_view text) {
  if (text.size() <= kLongestText) return text;
  std::size_t end = kLongestText;
  while ((static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
  return text.substr(0, end);
}

}  // namespace

std::optional<Day> date_in(std::string_view given) {
  const std::string text = base::fold_width(shortened(given));
  std::optional<Day> latest;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (at > 0 && is_letter_or_digit(text[at - 1])) continue;
    const auto rest = std::string_view(text).substr(at);
    auto day = leading_date(rest);
    if (!day) day = leading_serial(rest);
    if (day && (!latest || *day > *latest)) latest = day;
  }
  return latest;
}

}  // namespace musubi::plugin
