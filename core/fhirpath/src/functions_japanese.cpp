// Japanese functions on values: what japanese.h does to texts and dates, and what Places knows.
#include "calls.h"
#include "comparing.h"
#include "functions.h"
#include "musubi/fhirpath/japanese.h"

namespace musubi::fhirpath {
namespace {

/// Applies a function of texts that always has an answer.
bool push_changed(Run& run, const Step& step, std::string (*change)(std::string_view)) {
  MaybeText input;
  if (!input_text(run, step, input)) return false;
  return !input.found || run.push_copy(change(input.value));
}

bool push_read(Run& run, const Step& step, std::optional<std::string> (*read)(std::string_view)) {
  MaybeText input;
  if (!input_text(run, step, input)) return false;
  const auto made = input.found ? read(input.value) : std::nullopt;
  return !made || run.push_copy(*made);
}

/// A Date, the date of a DateTime, or a text in ISO form.
std::optional<Date> date_from(const Value& value) {
  if (value.is(ValueKind::date)) return value.date();
  if (value.is(ValueKind::date_time)) return date_of(value.date_time());
  return value.is(ValueKind::string) ? parse_date(value.text()) : std::nullopt;
}

}  // namespace

bool run_wareki(Run& run, const Step& step) {
  MaybeText input;
  if (!input_text(run, step, input)) return false;
  const auto date = input.found ? date_of_wareki(input.value) : std::nullopt;
  return !date || run.push(Value::of(*date));
}

bool run_to_wareki(Run& run, const Step& step) {
  Maybe input;
  if (!input_value(run, step, input)) return false;
  const auto date = input.found ? date_from(input.value) : std::nullopt;
  const auto text = date ? wareki_of(*date) : std::nullopt;
  return !text || run.push_copy(*text);
}

bool run_kana(Run& run, const Step& step) { return push_changed(run, step, kana); }
bool run_hiragana(Run& run, const Step& step) { return push_changed(run, step, hiragana); }
bool run_halfwidth(Run& run, const Step& step) { return push_changed(run, step, halfwidth); }
bool run_fullwidth(Run& run, const Step& step) { return push_changed(run, step, fullwidth); }
bool run_phone(Run& run, const Step& step) { return push_read(run, step, phone); }
bool run_postal(Run& run, const Step& step) { return push_read(run, step, postal); }

bool run_age_at(Run& run, const Step& step) {
  Maybe birth, when;
  if (!input_value(run, step, birth) || !argument_value(run, step, 0, when)) return false;
  if (!birth.found || !when.found) return true;
  const auto born = date_from(birth.value), day = date_from(when.value);
  const auto age = born && day ? age_at(*born, *day) : std::nullopt;
  return !age || run.push_integer(*age);
}

bool run_age_band(Run& run, const Step& step) {
  Maybe input;
  if (!input_value(run, step, input)) return false;
  if (!input.found) return true;
  std::optional<std::int64_t> age;
  if (is_number(input.value)) age = to_integer(truncate(decimal_of(input.value)));
  if (input.value.is(ValueKind::string)) {
    const auto number = parse_decimal(input.value.text());
    if (number) age = to_integer(*number);
  }
  const auto band = age ? age_band(*age) : std::nullopt;
  return !band || run.push_copy(*band);
}

bool run_excel_date(Run& run, const Step& step) {
  Maybe input, from_1904;
  if (!input_value(run, step, input)) return false;
  if (step.argument_count != 0 && !argument_value(run, step, 0, from_1904)) return false;
  if (!input.found) return true;
  std::optional<Decimal> serial;
  if (is_number(input.value)) serial = decimal_of(input.value);
  if (input.value.is(ValueKind::string)) serial = parse_decimal(input.value.text());
  const bool later = from_1904.found && from_1904.value.is(ValueKind::boolean) && from_1904.value.boolean();
  const auto date = serial ? date_of_excel(*serial, later) : std::nullopt;
  return !date || run.push(Value::of(*date));
}

/// Family name first, given name second.
bool run_name_parts(Run& run, const Step& step) {
  MaybeText input;
  if (!input_text(run, step, input)) return false;
  const auto parts = input.found ? name_parts(input.value) : std::nullopt;
  return !parts || (run.push(Value::of_text(parts->family)) && run.push(Value::of_text(parts->given)));
}

bool run_municipality(Run& run, const Step& step) {
  MaybeText input, prefecture;
  if (!input_text(run, step, input)) return false;
  if (step.argument_count != 0 && !argument_text(run, step, 0, prefecture)) return false;
  const auto* places = run.services().places;
  if (places == nullptr) return run.fail(step, "fhirpath.run.places_missing", {{"name", "municipality"}});
  if (!input.found) return true;
  const auto code = places->municipality(input.value, prefecture.value);
  return code.empty() || run.push_copy(code);
}

bool run_prefecture(Run& run, const Step& step) {
  MaybeText input;
  if (!input_text(run, step, input)) return false;
  const auto* places = run.services().places;
  if (places == nullptr) return run.fail(step, "fhirpath.run.places_missing", {{"name", "prefecture"}});
  if (!input.found) return true;
  const auto code = places->prefecture(input.value);
  return code.empty() || run.push_copy(code);
}

}  // namespace musubi::fhirpath
