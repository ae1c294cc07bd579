// What the handlers of functions share: their input and arguments as single values of one type.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "run.h"

namespace musubi::fhirpath {

/// Work on texts counts as steps, so that long texts end like long collections.
inline constexpr std::size_t kBytesPerStep = 64;

/// One value that may be missing.
struct Maybe {
  Value value{};
  bool found = false;
};
struct MaybeText {
  std::string_view value{};
  bool found = false;
};
struct MaybeInteger {
  std::int64_t value = 0;
  bool found = false;
};

// Each fails where there are several values or the type is another; then false.
bool input_value(Run& run, const Step& step, Maybe& input);
bool input_text(Run& run, const Step& step, MaybeText& input);
bool input_number(Run& run, const Step& step, Maybe& input);
bool argument_value(Run& run, const Step& step, std::size_t index, Maybe& argument);
bool argument_text(Run& run, const Step& step, std::size_t index, MaybeText& argument);
bool argument_integer(Run& run, const Step& step, std::size_t index, MaybeInteger& argument);
bool argument_number(Run& run, const Step& step, std::size_t index, Maybe& argument);

/// The text of a simple System value as toString() gives it; false: it has none.
bool append_text(const Value& value, std::string& into);

/// Input on the stack from `mark` to `begin`; handlers that look at each item use it.
struct Items {
  std::uint32_t mark = 0, begin = 0;
  std::uint32_t size() const noexcept { return begin - mark; }
};
bool eval_items(Run& run, const Step& step, Items& items);

/// The frame in which a criterion or projection is evaluated for one item.
Frame frame_of(Run& run, const Value* item, std::uint32_t index);
/// The criterion (argument 0) for one item.
bool criterion(Run& run, const Step& step, const Value* item, std::uint32_t index, Truth& truth);

/// Answers and drops everything from `mark`.
bool answer(Run& run, std::uint32_t mark, bool value);

/// Characters of well-formed UTF-8: the byte where character number `index` begins; text.size() beyond the
/// end.
std::size_t byte_of_character(std::string_view text, std::int64_t index) noexcept;

}  // namespace musubi::fhirpath
