#include "text_forms.h"

#include <fmt/compile.h>

#include <algorithm>
#include <boost/json.hpp>
#include <charconv>

#include "musubi/base/json_text.h"

namespace musubi::sinks {
namespace {

using model::FieldType;
using model::Value;
using model::ValueKind;

void put(char*& out, unsigned number, int digits) {
  for (int place = digits - 1; place >= 0; --place, number /= 10)
    out[place] = static_cast<char>('0' + number % 10);
  out += digits;
}

/// Takes a number of exactly so many digits off the front; 0 when there is none.
int take(std::string_view& text, std::size_t digits) {
  int number = 0;
  if (text.size() < digits) return 0;
  std::from_chars(text.data(), text.data() + digits, number);
  text.remove_prefix(digits);
  return number;
}

bool take_sign(std::string_view& text, char sign) {
  if (!text.starts_with(sign)) return false;
  text.remove_prefix(1);
  return true;
}

std::int64_t microseconds_of(std::string_view fraction) {
  std::int64_t number = 0;
  for (std::size_t place = 0; place < 6; ++place)
    number = number * 10 + (place < fraction.size() ? fraction[place] - '0' : 0);
  return number;
}

Value item_of(const boost::json::value& item, FieldType type, model::RecordBatch& batch) {
  if (const auto* object = item.if_object()) {
    const auto* reason = object->if_contains("absent");
    const auto name = reason != nullptr && reason->is_string() ? std::string_view(reason->get_string()) : "";
    return Value::absent(model::absent_reason_named(name).value_or(model::AbsentReason::unknown));
  }
  if (const auto* truth = item.if_bool()) return Value::boolean(*truth);
  if (const auto* number = item.if_int64()) return Value::integer(*number);
  if (const auto* text = item.if_string()) return read_text(batch.keep(*text), type);
  return {};
}

void append_item(std::string& out, const Value& item) {
  switch (item.kind()) {
    case ValueKind::silent:
      out += "null";
      return;
    case ValueKind::absent:
      out.append("{\"absent\":\"").append(name_of(item.absent_reason())).append("\"}");
      return;
    case ValueKind::integer:
    case ValueKind::boolean:
      out += model::to_text(item);
      return;
    case ValueKind::text:
    case ValueKind::code:
      return base::append_json_string(out, item.as_text());
    case ValueKind::date: {
      std::array<char, 16> room;
      return base::append_json_string(out, write_date(item.as_date(), room));
    }
    case ValueKind::moment: {
      std::array<char, 48> room;
      return base::append_json_string(out, write_moment(item.as_moment(), room));
    }
    default:
      return base::append_json_string(out, model::to_text(item));
  }
}

}  // namespace

std::string_view write_date(base::PartialDate date, std::array<char, 16>& room) {
  char* out = room.data();
  if (!date.complete() || date.year < 0 || date.year > 9999) {
    const auto text = base::to_text(date);
    return {room.data(), text.copy(room.data(), room.size())};
  }
  put(out, static_cast<unsigned>(date.year), 4);
  *out++ = '-';
  put(out, date.month, 2);
  *out++ = '-';
  put(out, date.day, 2);
  return {room.data(), 10};
}

std::string_view write_moment(model::Moment moment, std::array<char, 48>& room) {
  using namespace std::chrono;
  const sys_time<microseconds> local{microseconds(moment.microseconds) + minutes(moment.offset_minutes)};
  const auto day = floor<days>(local);
  const year_month_day date(day);
  const hh_mm_ss time(local - day);
  const int offset = std::abs(moment.offset_minutes);
  auto* out = fmt::format_to(room.data(), FMT_COMPILE("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}"),
                             int(date.year()), unsigned(date.month()), unsigned(date.day()),
                             time.hours().count(), time.minutes().count(), time.seconds().count());
  if (time.subseconds().count() != 0)
    out = fmt::format_to(out, FMT_COMPILE(".{:06}"), time.subseconds().count());
  out = fmt::format_to(out, FMT_COMPILE("{}{:02}:{:02}"), moment.offset_minutes < 0 ? '-' : '+', offset / 60,
                       offset % 60);
  return {room.data(), out};
}

base::PartialDate read_date(std::string_view text) {
  base::PartialDate date;
  if (!text.starts_with("--"))
    date.year = static_cast<std::int16_t>(take(text, 4));
  else
    text.remove_prefix(1);
  if (take_sign(text, '-')) date.month = static_cast<std::uint8_t>(take(text, 2));
  if (take_sign(text, '-')) date.day = static_cast<std::uint8_t>(take(text, 2));
  return date;
}

model::Moment read_moment(std::string_view text) {
  using namespace std::chrono;
  const auto date = read_date(text.substr(0, 10));
  text.remove_prefix(std::min<std::size_t>(text.size(), 11));
  const int hour = take(text, 2);
  take_sign(text, ':');
  const int minute = take(text, 2);
  take_sign(text, ':');
  const int second = take(text, 2);
  microseconds fraction{0};
  if (take_sign(text, '.')) {
    fraction = microseconds(microseconds_of(text.substr(0, 6)));
    text.remove_prefix(std::min<std::size_t>(text.size(), 6));
  }
  const bool west = take_sign(text, '-');
  if (!west) take_sign(text, '+');
  const int offset_hours = take(text, 2);
  take_sign(text, ':');
  const int offset = (offset_hours * 60 + take(text, 2)) * (west ? -1 : 1);
  const auto day = base::day_of(date).value_or(sys_days{});
  const auto local = sys_time<microseconds>(day) + hours(hour) + minutes(minute) + seconds(second) + fraction;
  return {(local - minutes(offset)).time_since_epoch().count(), static_cast<std::int16_t>(offset)};
}

std::optional<model::Decimal> read_decimal(std::string_view text) {
  std::string digits;
  std::uint8_t scale = 0;
  bool point = false;
  for (const char each : text) {
    if (each == '.') {
      point = true;
      continue;
    }
    digits += each;
    if (point) ++scale;
  }
  model::Decimal number{0, scale};
  const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), number.mantissa);
  if (read.ec != std::errc{} || read.ptr != digits.data() + digits.size()) return std::nullopt;
  return number;
}

void append_list(std::string& out, std::span<const Value> items) {
  out += '[';
  for (const Value& item : items) {
    if (out.back() != '[') out += ',';
    append_item(out, item);
  }
  out += ']';
}

Value read_list(std::string_view json, FieldType type, model::RecordBatch& batch) {
  boost::system::error_code failed;
  const auto parsed = boost::json::parse(json, failed);
  const auto* array = failed ? nullptr : parsed.if_array();
  if (array == nullptr) return Value::absent(model::AbsentReason::unreadable);
  const auto items = batch.keep_list(array->size());
  for (std::size_t index = 0; index < items.size(); ++index)
    items[index] = item_of((*array)[index], type, batch);
  return Value::list(items);
}

Value read_text(std::string_view text, FieldType type) {
  switch (type) {
    case FieldType::date:
      return Value::date(read_date(text));
    case FieldType::time:
      return Value::moment(read_moment(text));
    case FieldType::decimal:
    case FieldType::quantity: {
      const auto number = read_decimal(text);
      return number ? Value::decimal(*number) : Value::absent(model::AbsentReason::unreadable);
    }
    case FieldType::age: {
      int amount = 0;
      std::from_chars(text.data(), text.data() + text.size(), amount);
      return Value::age({amount, text.ends_with("months")});
    }
    case FieldType::code:
    case FieldType::municipality_code:
      return Value::code(text);
    default:
      return Value::text(text);
  }
}

}  // namespace musubi::sinks
