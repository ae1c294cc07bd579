#include "calls.h"

#include "comparing.h"
#include "musubi/base/text.h"

namespace musubi::fhirpath {
namespace {

bool take_text(Run& run, const Step& step, const Maybe& from, MaybeText& into) {
  into.found = from.found;
  if (!from.found) return true;
  if (!from.value.is(ValueKind::string)) {
    return run.fail(step, "fhirpath.run.text_expected", {{"name", std::string(step.name)}});
  }
  into.value = from.value.text();
  return run.count_steps(into.value.size() / kBytesPerStep);
}

bool check_number(Run& run, const Step& step, const Maybe& from) {
  if (!from.found || is_number(from.value)) return true;
  return run.fail(step, "fhirpath.run.number_expected", {{"name", std::string(step.name)}});
}

}  // namespace

bool input_value(Run& run, const Step& step, Maybe& input) {
  const auto mark = run.mark();
  return run.eval_input(step) && run.only_value(step, mark, input.value, input.found);
}

bool input_text(Run& run, const Step& step, MaybeText& input) {
  Maybe value;
  return input_value(run, step, value) && take_text(run, step, value, input);
}

bool input_number(Run& run, const Step& step, Maybe& input) {
  return input_value(run, step, input) && check_number(run, step, input);
}

bool argument_value(Run& run, const Step& step, std::size_t index, Maybe& argument) {
  const auto mark = run.mark();
  return run.eval_argument(step, index) && run.only_value(step, mark, argument.value, argument.found);
}

bool argument_text(Run& run, const Step& step, std::size_t index, MaybeText& argument) {
  Maybe value;
  return argument_value(run, step, index, value) && take_text(run, step, value, argument);
}

bool argument_number(Run& run, const Step& step, std::size_t index, Maybe& argument) {
  return argument_value(run, step, index, argument) && check_number(run, step, argument);
}

bool argument_integer(Run& run, const Step& step, std::size_t index, MaybeInteger& argument) {
  Maybe value;
  if (!argument_value(run, step, index, value)) return false;
  argument.found = value.found;
  if (!value.found) return true;
  if (!value.value.is(ValueKind::integer)) {
    return run.fail(step, "fhirpath.run.integer_expected", {{"name", std::string(step.name)}});
  }
  argument.value = value.value.integer();
  return true;
}

bool append_text(const Value& value, std::string& into) {
  char buffer[kDecimalText];
  static_assert(kDecimalText >= kTemporalText);
  switch (value.kind()) {
    case ValueKind::boolean:
      into += value.boolean() ? "true" : "false";
      return true;
    case ValueKind::integer:
      into += std::to_string(value.integer());
      return true;
    case ValueKind::decimal:
      into += write_text(value.decimal(), buffer);
      return true;
    case ValueKind::string:
      into += value.text();
      return true;
    case ValueKind::date:
      into += write_text(value.date(), buffer);
      return true;
    case ValueKind::date_time:
      into += write_text(value.date_time(), buffer);
      return true;
    case ValueKind::time:
      into += write_text(value.time(), buffer);
      return true;
    case ValueKind::quantity:
      into += to_text(value.quantity());
      return true;
    default:
      return false;
  }
}

bool eval_items(Run& run, const Step& step, Items& items) {
  items.mark = run.mark();
  if (!run.eval_input(step)) return false;
  items.begin = run.mark();
  return run.count_steps(items.size());
}

Frame frame_of(Run& run, const Value* item, std::uint32_t index) {
  auto frame = run.frame();
  frame.focus = item;
  frame.focus_count = 1;
  frame.index = index;
  frame.has_index = true;
  return frame;
}

bool criterion(Run& run, const Step& step, const Value* item, std::uint32_t index, Truth& truth) {
  const auto mark = run.mark();
  return run.eval_argument_on(step, 0, frame_of(run, item, index)) && run.truth_from(step, mark, truth);
}

bool answer(Run& run, std::uint32_t mark, bool value) {
  run.drop(mark);
  return !run.failed() && run.push_boolean(value);
}

std::size_t byte_of_character(std::string_view text, std::int64_t index) noexcept {
  std::size_t at = 0;
  for (; at < text.size(); ++at) {
    const bool begins = (static_cast<unsigned char>(text[at]) & 0xC0U) != 0x80U;
    if (begins && index-- == 0) break;
  }
  return at;
}

}  // namespace musubi::fhirpath
