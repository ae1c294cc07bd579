// matches(), matchesFull(), replaceMatches(), matchesAll-like splitting by RE2: no pattern takes more than
// linear time.
#include <re2/re2.h>

#include "calls.h"
#include "functions.h"
#include "patterns.h"

namespace musubi::fhirpath {
namespace {

re2::RE2::Options options() {
  re2::RE2::Options made;
  made.set_log_errors(false);
  made.set_dot_nl(true);  // single-line mode, as the specification asks
  made.set_max_mem(4 << 20);
  return made;
}

/// i, m, s and x of the flags argument; s is always on.
std::string with_flags(std::string_view pattern, std::string_view flags) {
  std::string taken;
  for (const char flag : flags) {
    if (flag == 'i' || flag == 'm') taken += flag;
  }
  return taken.empty() ? std::string(pattern) : "(?" + taken + ")" + std::string(pattern);
}

/// The constant pattern of the step, or one made now into `own`.
const re2::RE2* pattern_of(Run& run, const Step& step, std::string_view text, std::string_view flags,
                           std::unique_ptr<const re2::RE2>& own) {
  if (step.pattern != nullptr) return step.pattern;
  own = compile_pattern(with_flags(text, flags));
  if (own) return own.get();
  run.fail(step, "fhirpath.run.pattern", {{"name", std::string(step.name)}});
  return nullptr;
}

bool flags_of(Run& run, const Step& step, std::size_t index, MaybeText& flags) {
  return step.argument_count <= index || argument_text(run, step, index, flags);
}

bool push_match(Run& run, const Step& step, bool whole) {
  MaybeText input, text, flags;
  if (!input_text(run, step, input) || !argument_text(run, step, 0, text)) return false;
  if (!flags_of(run, step, 1, flags)) return false;
  if (!input.found || !text.found) return true;
  if (!run.count_steps(input.value.size() / 64)) return false;
  std::unique_ptr<const re2::RE2> own;
  const auto* pattern = pattern_of(run, step, text.value, flags.value, own);
  if (pattern == nullptr) return false;
  const re2::StringPiece subject(input.value.data(), input.value.size());
  return run.push_boolean(whole ? re2::RE2::FullMatch(subject, *pattern)
                                : re2::RE2::PartialMatch(subject, *pattern));
}

/// $1 and ${name} of the specification (Java, XPath) as RE2's \1; a backslash takes the next character
/// literally.
std::string substitution(std::string_view text, const re2::RE2& pattern) {
  std::string made;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const bool more = at + 1 < text.size();
    if (text[at] == '$' && more && text[at + 1] >= '0' && text[at + 1] <= '9') {
      if (text[at + 1] - '0' <= pattern.NumberOfCapturingGroups()) made.append("\\").append(1, text[at + 1]);
      ++at;
    } else if (text[at] == '$' && more && text[at + 1] == '{') {
      const auto end = std::min(text.find('}', at), text.size());
      const auto& groups = pattern.NamedCapturingGroups();
      const auto found = groups.find(std::string(text.substr(at + 2, end - at - 2)));
      if (found != groups.end()) made += "\\" + std::to_string(found->second);
      at = end;
    } else if (text[at] == '\\') {
      if (more) ++at;
      made += text[at] == '\\' ? "\\\\" : std::string(1, text[at]);
    } else {
      made += text[at];
    }
  }
  return made;
}

}  // namespace

std::unique_ptr<const re2::RE2> compile_pattern(std::string_view text) {
  if (text.size() > kLongestPattern) return nullptr;
  auto made = std::make_unique<const re2::RE2>(re2::StringPiece(text.data(), text.size()), options());
  return made->ok() ? std::move(made) : nullptr;
}

bool run_matches(Run& run, const Step& step) { return push_match(run, step, false); }
bool run_matches_full(Run& run, const Step& step) { return push_match(run, step, true); }

bool run_replace_matches(Run& run, const Step& step) {
  MaybeText input, text, by, flags;
  if (!input_text(run, step, input) || !argument_text(run, step, 0, text) || !argument_text(run, step, 1, by))
    return false;
  if (!flags_of(run, step, 2, flags)) return false;
  if (!input.found || !text.found || !by.found) return true;
  if (text.value.empty())
    return run.push(Value::of_text(input.value));  // an empty pattern finds nothing to replace
  std::unique_ptr<const re2::RE2> own;
  const auto* pattern = pattern_of(run, step, text.value, flags.value, own);
  if (pattern == nullptr) return false;
  const auto limit = run.limits().text_bytes;
  if ((input.value.size() + 1) * (by.value.size() + 1) > std::uint64_t{limit} * 64)
    return run.fail_limit("fhirpath.limit.text", limit);
  auto& into = run.scratch();
  into = input.value;
  re2::RE2::GlobalReplace(&into, *pattern, substitution(by.value, *pattern));
  return run.push_copy(into);
}

}  // namespace musubi::fhirpath
