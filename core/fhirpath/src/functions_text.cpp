// String manipulation: FHIRPath 2.0, section 5.6. Positions count characters, not bytes.
#include <unicode/ucasemap.h>

#include <cstring>

#include "calls.h"
#include "functions.h"
#include "musubi/base/text.h"

namespace musubi::fhirpath {
namespace {

/// Input and one text argument; `both`: neither is empty.
struct TwoTexts {
  MaybeText input, argument;
  bool both() const noexcept { return input.found && argument.found; }
};

bool eval_two(Run& run, const Step& step, TwoTexts& texts) {
  return input_text(run, step, texts.input) && argument_text(run, step, 0, texts.argument);
}

/// Linear, whatever the texts are: what std::string_view::find is not.
std::size_t find_text(std::string_view text, std::string_view part, std::size_t from = 0) {
  if (part.empty()) return from <= text.size() ? from : std::string_view::npos;
  if (from >= text.size()) return std::string_view::npos;
  const auto* found = memmem(text.data() + from, text.size() - from, part.data(), part.size());
  if (found == nullptr) return std::string_view::npos;
  return static_cast<std::size_t>(static_cast<const char*>(found) - text.data());
}

/// As above from the end; long parts are sought in the texts turned round.
std::size_t find_last_text(std::string_view text, std::string_view part) {
  constexpr std::size_t kShort = 64;
  if (part.size() <= kShort) return text.rfind(part);
  const std::string turned(text.rbegin(), text.rend()), turned_part(part.rbegin(), part.rend());
  const auto found = find_text(turned, turned_part);
  return found == std::string_view::npos ? found : text.size() - found - part.size();
}

bool push_position(Run& run, std::string_view text, std::size_t byte) {
  if (byte == std::string_view::npos) return run.push_integer(-1);
  return run.push_integer(static_cast<std::int64_t>(base::characters(text.substr(0, byte))));
}

}  // namespace

bool run_index_of(Run& run, const Step& step) {
  TwoTexts texts;
  if (!eval_two(run, step, texts)) return false;
  return !texts.both() ||
         push_position(run, texts.input.value, find_text(texts.input.value, texts.argument.value));
}

bool run_last_index_of(Run& run, const Step& step) {
  TwoTexts texts;
  if (!eval_two(run, step, texts)) return false;
  return !texts.both() ||
         push_position(run, texts.input.value, find_last_text(texts.input.value, texts.argument.value));
}

bool run_substring(Run& run, const Step& step) {
  MaybeText input;
  MaybeInteger start, length;
  if (!input_text(run, step, input) || !argument_integer(run, step, 0, start)) return false;
  if (step.argument_count > 1 && !argument_integer(run, step, 1, length)) return false;
  if (!input.found || !start.found || start.value < 0) return true;
  const auto begin = byte_of_character(input.value, start.value);
  if (begin == input.value.size()) return true;
  const auto rest = input.value.substr(begin);
  if (!length.found) return run.push(Value::of_text(rest));
  return run.push(
      Value::of_text(rest.substr(0, length.value <= 0 ? 0 : byte_of_character(rest, length.value))));
}

bool run_starts_with(Run& run, const Step& step) {
  TwoTexts texts;
  if (!eval_two(run, step, texts)) return false;
  return !texts.both() || run.push_boolean(texts.input.value.starts_with(texts.argument.value));
}

bool run_ends_with(Run& run, const Step& step) {
  TwoTexts texts;
  if (!eval_two(run, step, texts)) return false;
  return !texts.both() || run.push_boolean(texts.input.value.ends_with(texts.argument.value));
}

bool run_contains(Run& run, const Step& step) {
  TwoTexts texts;
  if (!eval_two(run, step, texts)) return false;
  return !texts.both() ||
         run.push_boolean(find_text(texts.input.value, texts.argument.value) != std::string_view::npos);
}

namespace {

bool is_ascii(std::string_view text) {
  for (const char each : text) {
    if (static_cast<unsigned char>(each) >= 0x80) return false;
  }
  return true;
}

/// ICU's case mapping, without a language.
bool push_mapped(Run& run, std::string_view text, bool upper) {
  UErrorCode status = U_ZERO_ERROR;
  auto* map = ucasemap_open("", 0, &status);
  auto& into = run.scratch();
  into.resize(text.size() * 3 + 16);
  const auto convert = upper ? ucasemap_utf8ToUpper : ucasemap_utf8ToLower;
  const auto size = convert(map, into.data(), static_cast<std::int32_t>(into.size()), text.data(),
                            static_cast<std::int32_t>(text.size()), &status);
  ucasemap_close(map);
  return run.push_copy(
      U_SUCCESS(status) != 0 ? std::string_view(into).substr(0, static_cast<std::size_t>(size)) : text);
}

bool change_case(Run& run, const Step& step, char first, char last, bool upper) {
  MaybeText input;
  if (!input_text(run, step, input)) return false;
  if (!input.found) return true;
  if (!is_ascii(input.value)) return push_mapped(run, input.value, upper);
  auto& text = run.scratch();
  text = input.value;
  for (auto& each : text) {
    if (each >= first && each <= last) each = static_cast<char>(each ^ 0x20);
  }
  return run.push_copy(text);
}

}  // namespace

bool run_upper(Run& run, const Step& step) { return change_case(run, step, 'a', 'z', true); }
bool run_lower(Run& run, const Step& step) { return change_case(run, step, 'A', 'Z', false); }

namespace {

/// Appends `text` with each `pattern` replaced; an empty pattern stands between all characters. False: too
/// long.
bool append_replaced(std::string_view text, std::string_view pattern, std::string_view by, std::size_t limit,
                     std::string& into) {
  std::size_t at = 0;
  while (into.size() <= limit) {
    const auto step =
        pattern.empty() ? byte_of_character(text.substr(at), at == 0 && into.empty() ? 0 : 1) : 0;
    const auto found = pattern.empty() ? at + step : find_text(text, pattern, at);
    if (found == std::string_view::npos) {
      into += text.substr(at);
      break;
    }
    into.append(text.substr(at, found - at)).append(by);
    at = found + pattern.size();
    if (pattern.empty() && at >= text.size()) break;
  }
  return into.size() <= limit;
}

}  // namespace

bool run_replace(Run& run, const Step& step) {
  TwoTexts texts;
  MaybeText by;
  if (!eval_two(run, step, texts) || !argument_text(run, step, 1, by)) return false;
  if (!texts.both() || !by.found) return true;
  auto& text = run.scratch();
  const auto limit = run.limits().text_bytes;
  if (!append_replaced(texts.input.value, texts.argument.value, by.value, limit, text)) {
    return run.fail_limit("fhirpath.limit.text", limit);
  }
  return run.push_copy(text);
}

bool run_length(Run& run, const Step& step) {
  MaybeText input;
  if (!input_text(run, step, input)) return false;
  return !input.found || run.push_integer(static_cast<std::int64_t>(base::characters(input.value)));
}

bool run_to_chars(Run& run, const Step& step) {
  MaybeText input;
  if (!input_text(run, step, input)) return false;
  for (auto rest = input.value; !rest.empty();) {
    const auto size = byte_of_character(rest, 1);
    if (!run.count_steps() || !run.push(Value::of_text(rest.substr(0, size)))) return false;
    rest.remove_prefix(size);
  }
  return true;
}

bool run_trim(Run& run, const Step& step) {
  MaybeText input;
  if (!input_text(run, step, input)) return false;
  return !input.found || run.push(Value::of_text(base::trim(input.value)));
}

bool run_split(Run& run, const Step& step) {
  TwoTexts texts;
  if (!eval_two(run, step, texts)) return false;
  if (!texts.both()) return true;
  auto rest = texts.input.value;
  const auto separator = texts.argument.value;
  for (;;) {
    const auto found = separator.empty() ? byte_of_character(rest, 1) : find_text(rest, separator);
    if (!run.count_steps() || !run.push(Value::of_text(rest.substr(0, found)))) return false;
    if (found == std::string_view::npos || found + separator.size() > rest.size()) return true;
    rest.remove_prefix(found + separator.size());
    if (separator.empty() && rest.empty()) return true;
  }
}

bool run_join(Run& run, const Step& step) {
  Items items;
  MaybeText separator;
  if (!eval_items(run, step, items)) return false;
  if (step.argument_count != 0 && !argument_text(run, step, 0, separator)) return false;
  auto& text = run.scratch();
  for (std::uint32_t index = 0; index < items.size(); ++index) {
    const auto value = run.system_value(*run.at(items.mark + index));
    if (!value.is(ValueKind::string)) return run.fail(step, "fhirpath.run.text_expected", {{"name", "join"}});
    if (index != 0) text += separator.value;
    text += value.text();
    if (text.size() > run.limits().text_bytes)
      return run.fail_limit("fhirpath.limit.text", run.limits().text_bytes);
  }
  run.drop(items.mark);
  return items.size() == 0 || run.push_copy(text);
}

}  // namespace musubi::fhirpath
