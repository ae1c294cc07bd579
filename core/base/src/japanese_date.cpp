#include "musubi/base/japanese_date.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "date_characters.h"
#include "japanese_era.h"
#include "musubi/base/text.h"

namespace musubi::base {
namespace {

struct Number {
  int value = 0;
  std::size_t digits = 0;
};

constexpr std::size_t kMostDigits = 9;

// Reads DateCharacters from left to right. Blanks count for nothing between the parts.
class Reader {
 public:
  explicit Reader(std::string_view text) noexcept : rest_(text) {}

  bool at_end() noexcept {
    skip_blanks();
    return rest_.empty();
  }
  char peek() noexcept {
    skip_blanks();
    return rest_.empty() ? '\0' : rest_.front();
  }
  bool take(char byte) noexcept {
    if (peek() != byte) return false;
    rest_.remove_prefix(1);
    return true;
  }
  /// digits 0: no number, or one longer than any here.
  Number number() noexcept {
    skip_blanks();
    Number number;
    while (!rest_.empty() && rest_.front() >= '0' && rest_.front() <= '9') {
      if (++number.digits > kMostDigits) return {};
      number.value = number.value * 10 + (rest_.front() - '0');
      rest_.remove_prefix(1);
    }
    return number;
  }

 private:
  void skip_blanks() noexcept {
    while (!rest_.empty() && rest_.front() == ' ') rest_.remove_prefix(1);
  }
  std::string_view rest_;
};

using MaybeDate = std::optional<PartialDate>;

constexpr bool is_small(Number number) noexcept { return number.digits == 1 || number.digits == 2; }
constexpr bool is_separator(char byte) noexcept { return byte == '/' || byte == '-' || byte == '.'; }

MaybeDate date_of(int year, Number month = {}, Number day = {}) noexcept {
  const PartialDate date{static_cast<std::int16_t>(year), static_cast<std::uint8_t>(month.value),
                         static_cast<std::uint8_t>(day.value)};
  const bool zero_written = (month.digits != 0 && month.value == 0) || (day.digits != 0 && day.value == 0);
  if (zero_written || month.digits > 2 || day.digits > 2 || !possible(date)) return {};
  return date;
}

const Era* era_of(char letter) noexcept {
  for (const Era& era : kEras) {
    if (era.letter == letter) return &era;
  }
  return nullptr;
}

/// "4月1日", "4月", "4月初旬": 月 has not been read yet.
MaybeDate read_month_in_kanji(Reader& reader, int year, Number month) noexcept {
  if (!is_small(month) || !reader.take('m')) return {};
  if (reader.at_end() || reader.take('p')) return date_of(year, month);
  const Number day = reader.number();
  if (!is_small(day) || !reader.take('d')) return {};
  return date_of(year, month, day);
}

/// What follows 年.
MaybeDate read_after_year(Reader& reader, int year) noexcept {
  if (reader.at_end()) return date_of(year);
  return read_month_in_kanji(reader, year, reader.number());
}

/// What follows "2020/": the month, and with the same sign again the day.
MaybeDate read_after_separator(Reader& reader, int year, char separator, bool day_needed) noexcept {
  const Number month = reader.number();
  if (!is_small(month)) return {};
  if (!reader.take(separator)) return day_needed ? MaybeDate{} : date_of(year, month);
  const Number day = reader.number();
  return is_small(day) ? date_of(year, month, day) : MaybeDate{};
}

MaybeDate read_after_era(Reader& reader, const Era& era) noexcept {
  const Number number = reader.take('g') ? Number{1, 1} : reader.number();
  if (!is_small(number) || number.value == 0) return {};
  const int year = era.first.year + number.value - 1;
  MaybeDate date;
  if (const char next = reader.peek(); is_separator(next)) {
    reader.take(next);
    date = read_after_separator(reader, year, next, true);
  } else if (reader.take('y')) {
    date = read_after_year(reader, year);
  }
  return date && in_era(era, *date) ? date : MaybeDate{};
}

/// "--04-23", "--04".
MaybeDate read_without_year(Reader& reader) noexcept {
  if (!reader.take('-') || !reader.take('-')) return {};
  const Number month = reader.number();
  if (month.digits != 2) return {};
  if (!reader.take('-')) return date_of(0, month);
  const Number day = reader.number();
  return day.digits == 2 ? date_of(0, month, day) : MaybeDate{};
}

/// "20200401", or "2020" where it cannot be a month and a day.
MaybeDate compact(Number number) noexcept {
  if (number.digits == 8) {
    return date_of(number.value / 10000, {number.value / 100 % 100, 2}, {number.value % 100, 2});
  }
  const bool year = number.digits == 4 && number.value >= kEras[4].first.year && number.value < 2200;
  return year ? date_of(number.value) : MaybeDate{};
}

/// A year of four digits, or a month: what was read first.
MaybeDate read_after_number(Reader& reader, Number number) noexcept {
  const char next = reader.peek();
  if (number.digits == 8 || next == '\0') return compact(number);
  if (number.digits == 4 && number.value != 0) {
    if (reader.take('y')) return read_after_year(reader, number.value);
    if (!is_separator(next)) return {};
    reader.take(next);
    return read_after_separator(reader, number.value, next, next == '.');
  }
  if (!is_small(number)) return {};
  if (next == 'm') return read_month_in_kanji(reader, 0, number);
  if (!reader.take('/')) return {};
  const Number day = reader.number();
  return is_small(day) ? date_of(0, number, day) : MaybeDate{};
}

bool is_part_of_time(Number number, int most) noexcept { return is_small(number) && number.value <= most; }

constexpr int kMinutesOfHour = 60, kMinutesOfDay = 24 * kMinutesOfHour;
constexpr int kJapan = 9 * kMinutesOfHour;  ///< ahead of UTC

/// The time of day as it is written, in minutes.
struct TimeOfDay {
  int minutes = 0;
  int ahead = kJapan;  ///< of UTC; Japan's where nothing is said
};

/// "+09:00", "+0900", "Z", or nothing.
bool read_zone(Reader& reader, TimeOfDay& time) noexcept {
  if (reader.take('Z')) {
    time.ahead = 0;
    return true;
  }
  const bool behind = reader.peek() == '-';
  if (!reader.take('+') && !reader.take('-')) return true;
  const Number written = reader.number();
  const bool together = written.digits == 4;
  const Number hours = together ? Number{written.value / 100, 2} : written;
  Number minutes{together ? written.value % 100 : 0, 2};
  if (!together && reader.take(':')) minutes = reader.number();
  time.ahead = (hours.value * kMinutesOfHour + minutes.value) * (behind ? -1 : 1);
  return is_part_of_time(hours, 14) && is_part_of_time(minutes, 59);
}

/// What follows "18:" or "18時".
bool read_minutes(Reader& reader, TimeOfDay& time, char after_hours, char after_minutes) noexcept {
  const bool clock = after_hours == ':';
  if (!clock && reader.at_end()) return true;
  const Number minutes = reader.number();
  if (!is_part_of_time(minutes, 59)) return false;
  time.minutes += minutes.value;
  if (!reader.take(after_minutes)) return clock;
  if (!clock && reader.at_end()) return true;
  if (!is_part_of_time(reader.number(), 60)) return false;
  return !clock || !reader.take('.') || reader.number().digits != 0;
}

/// The time of day, if any.
bool read_time(Reader& reader, TimeOfDay& time) noexcept {
  if (reader.at_end()) return true;
  reader.take('T');
  const Number hours = reader.number();
  if (!is_part_of_time(hours, 24)) return false;
  time.minutes = hours.value * kMinutesOfHour;
  if (reader.take(':')) return read_minutes(reader, time, ':', ':') && read_zone(reader, time);
  const bool readable = reader.take('h') && read_minutes(reader, time, 'h', 'n');
  reader.take('s');
  return readable;
}

/// The day that it is in Japan then.
PartialDate day_in_japan(PartialDate date, const TimeOfDay& time) noexcept {
  if (time.ahead == kJapan) return date;
  const int minutes = time.minutes - time.ahead + kJapan;
  const int days = minutes < 0 ? -1 : minutes / kMinutesOfDay;
  if (days == 0) return date;
  const auto day = std::chrono::year(date.year) / date.month / date.day;
  return partial_date(std::chrono::sys_days(day) + std::chrono::days(days));
}

MaybeDate read_date(Reader& reader) noexcept {
  if (const Era* era = era_of(reader.peek()); era != nullptr) {
    reader.take(era->letter);
    return read_after_era(reader, *era);
  }
  if (reader.peek() == '-') return read_without_year(reader);
  const Number number = reader.number();
  return number.digits == 0 ? MaybeDate{} : read_after_number(reader, number);
}

constexpr int two_digits(const char* text) noexcept { return (text[0] - '0') * 10 + (text[1] - '0'); }

inline MaybeDate read_iso(std::string_view text) noexcept {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return {};
  unsigned worst = 0;
  for (const std::size_t index : {0U, 1U, 2U, 3U, 5U, 6U, 8U, 9U})
    worst = std::max(worst, static_cast<unsigned>(static_cast<unsigned char>(text[index])) - '0');
  if (worst > 9) return {};
  const PartialDate date{static_cast<std::int16_t>(two_digits(&text[0]) * 100 + two_digits(&text[2])),
                         static_cast<std::uint8_t>(two_digits(&text[5])),
                         static_cast<std::uint8_t>(two_digits(&text[8]))};
  const bool on_every_calendar = date.day <= 28 && date.month <= 12;
  return date.complete() && (on_every_calendar || possible(date)) ? MaybeDate(date) : MaybeDate{};
}

bool later_in_year(PartialDate date, PartialDate reference) noexcept {
  if (date.month != reference.month) return reference.month != 0 && date.month > reference.month;
  return reference.day != 0 && date.day > reference.day;
}

}  // namespace

std::optional<PartialDate> parse_iso_date(std::string_view text) noexcept { return read_iso(text); }

std::optional<PartialDate> parse_date(std::string_view text) noexcept {
  if (const auto iso = read_iso(text)) return iso;
  const DateCharacters characters(trim(text));
  if (!characters.readable()) return {};
  Reader reader(characters.view());
  const MaybeDate date = read_date(reader);
  if (!date) return {};
  TimeOfDay time;
  const bool rest_is_time = date->complete() ? read_time(reader, time) : true;
  if (!rest_is_time || !reader.at_end()) return {};
  const auto day = day_in_japan(*date, time);
  return possible(day) && day.complete() == date->complete() ? MaybeDate(day) : MaybeDate{};
}

std::optional<PartialDate> date_of_serial(double serial, bool from_1904) noexcept {
  using std::chrono::days, std::chrono::sys_days;
  constexpr double kPhantom = 60;            // 29 February 1900, which spreadsheets believe in
  constexpr double kLastFrom1900 = 2958465;  // 9999-12-31
  constexpr double kLastFrom1904 = kLastFrom1900 - 1462;
  const double day = std::floor(serial);
  if (from_1904) {
    if (!(day >= 0 && day <= kLastFrom1904)) return {};
    return partial_date(sys_days(std::chrono::year(1904) / 1 / 1) + days(static_cast<int>(day)));
  }
  if (!(day >= 1 && day <= kLastFrom1900) || day == kPhantom) return {};
  const int before_first = day < kPhantom ? 0 : 1;
  return partial_date(sys_days(std::chrono::year(1899) / 12 / 31) +
                      days(static_cast<int>(day) - before_first));
}

std::string to_wareki(PartialDate date) {
  std::string text;
  if (date.year != 0) {
    text = fmt::format("{}年", date.year);
    for (const Era& era : kEras) {
      if (latest(date) < era.first) continue;
      const int year = date.year - era.first.year + 1;
      text = year == 1 ? fmt::format("{}元年", era.name) : fmt::format("{}{}年", era.name, year);
      break;
    }
  }
  if (date.month != 0) text += fmt::format("{}月", date.month);
  if (date.day != 0) text += fmt::format("{}日", date.day);
  return text;
}

PartialDate with_year_before(PartialDate date, PartialDate reference) noexcept {
  if (date.year != 0 || date.month == 0 || reference.year == 0) return date;
  date.year = reference.year;
  if (later_in_year(date, reference)) --date.year;
  while (!possible(date) && date.year > 0) --date.year;
  return date;
}

}  // namespace musubi::base
