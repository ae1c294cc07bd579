#include "primitive_form.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>

#include "byte_classes.h"

namespace musubi::fhir {
namespace {

constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }
constexpr bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

constexpr std::uint8_t kFirstVisible = 0x21;

bool is_text(std::string_view text) {
  if (!text.empty() && !is_blank(text.front()) && !has_byte_below<0x20>(text)) return true;
  const auto classes = classes_in(text);
  return (classes & kControl) == 0 && (classes & ~static_cast<unsigned>(kBlank)) != 0;
}

bool is_code(std::string_view text) {
  if (text.empty()) return false;
  if (!has_byte_below<kFirstVisible>(text)) return true;
  if (is_blank(text.front()) || is_blank(text.back())) return false;
  for (std::size_t at = 1; at < text.size(); ++at)
    if (is_blank(text[at]) && (is_blank(text[at - 1]) || text[at] != ' ')) return false;
  return true;
}

bool is_id(std::string_view text) {
  constexpr std::size_t kLongest = 64;
  constexpr unsigned kAllowed = kLetter | kDigit | kIdMark;
  return !text.empty() && text.size() <= kLongest && (classes_in(text) & ~kAllowed) == 0;
}

bool is_uri(std::string_view text) {
  if (text.empty()) return false;
  return !has_byte_below<kFirstVisible>(text) || (classes_in(text) & kBlank) == 0;
}

bool is_oid(std::string_view text) {
  constexpr std::string_view kPrefix = "urn:oid:";
  if (!text.starts_with(kPrefix)) return false;
  text.remove_prefix(kPrefix.size());
  if (text.empty() || text.front() < '0' || text.front() > '2') return false;
  std::size_t arcs = 0;
  while (!text.empty()) {
    const auto end = std::min(text.find('.'), text.size());
    const auto arc = text.substr(0, end);
    const bool leading_zero = arc.size() > 1 && arc.front() == '0';
    if (arc.empty() || leading_zero || !std::ranges::all_of(arc, is_digit)) return false;
    ++arcs;
    if (end + 1 == text.size()) return false;
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return arcs > 1;
}

bool is_uuid(std::string_view text) {
  constexpr std::string_view kPrefix = "urn:uuid:";
  constexpr std::string_view kShape = "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";
  if (!text.starts_with(kPrefix)) return false;
  text.remove_prefix(kPrefix.size());
  const auto fits = [](char c, char shape) {
    return shape == '-' ? c == '-' : is_digit(c) || (c >= 'a' && c <= 'f');
  };
  return text.size() == kShape.size() && std::ranges::equal(text, kShape, fits);
}

bool is_base64(std::string_view text) {
  constexpr std::size_t kGroup = 4;
  std::size_t signs = 0, padding = 0;
  while (true) {
    const auto run = base64_signs_at_front(text);
    if (run != 0 && padding != 0) return false;
    signs += run;
    text.remove_prefix(run);
    if (text.empty()) break;
    if (text.front() == '=')
      ++padding, ++signs;
    else if (!is_blank(text.front()))
      return false;
    text.remove_prefix(1);
  }
  return signs != 0 && signs % kGroup == 0 && padding <= 2;
}

/// Digits of a number without a leading zero, -2147483648 … 2147483647.
bool is_integer(std::string_view text, std::int64_t least) {
  const auto digits = text.starts_with('-') ? text.substr(1) : text;
  const bool leading_zero = digits.size() > 1 && digits.front() == '0';
  if (digits.empty() || leading_zero || !std::ranges::all_of(digits, is_digit)) return false;
  std::int64_t number = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
  return read.ec == std::errc() && number >= least && number <= INT32_MAX;
}

bool is_decimal(std::string_view text) {
  const auto take_digits = [&text] {
    const auto count = std::min(text.find_first_not_of("0123456789"), text.size());
    text.remove_prefix(count);
    return count;
  };
  if (text.starts_with('-')) text.remove_prefix(1);
  const bool zero = text.starts_with('0');
  const auto whole = take_digits();
  if (whole == 0 || (zero && whole > 1)) return false;
  if (text.starts_with('.')) {
    text.remove_prefix(1);
    if (take_digits() == 0) return false;
  }
  if (text.starts_with('e') || text.starts_with('E')) {
    text.remove_prefix(1);
    if (text.starts_with('+') || text.starts_with('-')) text.remove_prefix(1);
    if (take_digits() == 0) return false;
  }
  return text.empty();
}

/// Takes what it reads from the front of the text.
class Clock {
 public:
  explicit Clock(std::string_view text) : text_(text) {}

  bool at_end() const { return text_.empty(); }
  bool take(char c) {
    if (!text_.starts_with(c)) return false;
    text_.remove_prefix(1);
    return true;
  }
  /// A number of so many digits; -1: there is none, or it is out of range.
  int number(std::size_t digits, int least, int most) {
    if (text_.size() < digits) return -1;
    int value = 0;
    for (std::size_t at = 0; at < digits; ++at) {
      if (!is_digit(text_[at])) return -1;
      value = value * 10 + (text_[at] - '0');
    }
    text_.remove_prefix(digits);
    return value >= least && value <= most ? value : -1;
  }
  bool fraction() {
    const auto digits = std::min(text_.find_first_not_of("0123456789"), text_.size());
    text_.remove_prefix(digits);
    return digits != 0;
  }

 private:
  std::string_view text_;
};

int days_in(int year, int month) {
  constexpr std::array kDays{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
  return month == 2 && leap ? 29 : kDays[static_cast<std::size_t>(month - 1)];
}

enum class Precision { none, year, month, day };

Precision take_date(Clock& clock) {
  const int year = clock.number(4, 1, 9999);
  if (year < 0) return Precision::none;
  if (!clock.take('-')) return Precision::year;
  const int month = clock.number(2, 1, 12);
  if (month < 0) return Precision::none;
  if (!clock.take('-')) return Precision::month;
  return clock.number(2, 1, days_in(year, month)) < 0 ? Precision::none : Precision::day;
}

/// Seconds may be 60: a leap second.
bool take_time(Clock& clock) {
  const bool whole = clock.number(2, 0, 23) >= 0 && clock.take(':') && clock.number(2, 0, 59) >= 0 &&
                     clock.take(':') && clock.number(2, 0, 60) >= 0;
  return whole && (!clock.take('.') || clock.fraction());
}

bool take_zone(Clock& clock) {
  if (clock.take('Z')) return true;
  if (!clock.take('+') && !clock.take('-')) return false;
  return clock.number(2, 0, 14) >= 0 && clock.take(':') && clock.number(2, 0, 59) >= 0;
}

bool is_date(std::string_view text) {
  Clock clock(text);
  return take_date(clock) != Precision::none && clock.at_end();
}

bool is_date_time(std::string_view text, bool to_the_second) {
  Clock clock(text);
  const auto precision = take_date(clock);
  if (clock.at_end()) return precision != Precision::none && !to_the_second;
  return precision == Precision::day && clock.take('T') && take_time(clock) && take_zone(clock) &&
         clock.at_end();
}

bool is_time(std::string_view text) {
  Clock clock(text);
  return take_time(clock) && clock.at_end();
}

struct NamedForm {
  std::string_view type;
  Form form;
};

/// By type.
constexpr auto kForms = std::to_array<NamedForm>({
    {"base64Binary", is_base64},
    {"boolean", [](std::string_view text) { return text == "true" || text == "false"; }},
    {"canonical", is_uri},
    {"code", is_code},
    {"date", is_date},
    {"dateTime", [](std::string_view text) { return is_date_time(text, false); }},
    {"decimal", is_decimal},
    {"id", is_id},
    {"instant", [](std::string_view text) { return is_date_time(text, true); }},
    {"integer", [](std::string_view text) { return is_integer(text, INT32_MIN); }},
    {"markdown", is_text},
    {"oid", is_oid},
    {"positiveInt", [](std::string_view text) { return is_integer(text, 1); }},
    {"string", is_text},
    {"time", is_time},
    {"unsignedInt", [](std::string_view text) { return is_integer(text, 0); }},
    {"uri", is_uri},
    {"url", is_uri},
    {"uuid", is_uuid},
});

}  // namespace

Form form_of(std::string_view type) noexcept {
  const auto* const found = std::ranges::lower_bound(kForms, type, {}, &NamedForm::type);
  return found == kForms.end() || found->type != type ? nullptr : found->form;
}

bool has_form_of(std::string_view type, std::string_view text) noexcept {
  const auto form = form_of(type);
  return form == nullptr || form(text);
}

}  // namespace musubi::fhir
