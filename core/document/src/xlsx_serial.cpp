#include "xlsx_serial.h"

#include <cmath>
#include <cstdint>

#include "musubi/base/japanese_date.h"

namespace musubi::document {
namespace {

constexpr std::int64_t kSecondsOfDay = 86400;
constexpr double kBeyondCalendar = 3'000'000;

char* put(char* to, unsigned int number, int digits) {
  for (int index = digits; index > 0; --index) {
    to[index - 1] = static_cast<char>('0' + number % 10);
    number /= 10;
  }
  return to + digits;
}

char* put_time(char* to, std::int64_t seconds) {
  const auto count = static_cast<unsigned int>(seconds);
  to = put(to, count / 3600, 2);
  *to++ = ':';
  to = put(to, count / 60 % 60, 2);
  *to++ = ':';
  return put(to, count % 60, 2);
}

char* put_date(char* to, base::PartialDate date) {
  to = put(to, static_cast<unsigned int>(date.year), 4);
  *to++ = '-';
  to = put(to, date.month, 2);
  *to++ = '-';
  return put(to, date.day, 2);
}

}  // namespace

std::string_view serial_as_text(double serial, NumberFormat format, bool from_1904, SerialText& room) {
  if (format == NumberFormat::plain || !(serial >= 0 && serial < kBeyondCalendar)) return {};
  const auto seconds = std::llround(serial * static_cast<double>(kSecondsOfDay));
  const auto day = seconds / kSecondsOfDay;
  const auto second = seconds % kSecondsOfDay;
  char* to = room.data();
  if (format == NumberFormat::time && day == 0) {
    to = put_time(to, second);
  } else {
    const auto date = base::date_of_serial(static_cast<double>(day), from_1904);
    if (!date) return {};
    to = put_date(to, *date);
    if (second != 0) {
      *to++ = 'T';
      to = put_time(to, second);
    }
  }
  return {room.data(), static_cast<std::size_t>(to - room.data())};
}

}  // namespace musubi::document
