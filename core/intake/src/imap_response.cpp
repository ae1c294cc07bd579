#include "imap_response.h"

#include <algorithm>
#include <charconv>

namespace musubi::intake {
namespace {

constexpr std::size_t kMostValues = 1'000'000;

std::string capitals(std::string_view text) {
  std::string letters(text);
  for (char& each : letters)
    if (each >= 'a' && each <= 'z') each = static_cast<char>(each - 'a' + 'A');
  return letters;
}

std::optional<std::uint64_t> number_in(std::string_view text) noexcept {
  std::uint64_t number = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
  if (text.empty() || read.ec != std::errc() || read.ptr != text.data() + text.size()) return std::nullopt;
  return number;
}

void skip_blanks(std::string_view& text) {
  text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
}

std::string_view take_word(std::string_view& text) {
  const auto end = std::min(text.find(' '), text.size());
  const auto word = text.substr(0, end);
  text.remove_prefix(end);
  skip_blanks(text);
  return word;
}

/// What stands in quotes, its escapes resolved, taken from `text`.
std::string take_quoted(std::string_view& text) {
  std::string inner;
  std::size_t at = 1;
  for (; at < text.size() && text[at] != '"'; ++at) {
    if (text[at] == '\\' && at + 1 < text.size()) ++at;
    inner += text[at];
  }
  text.remove_prefix(std::min(at + 1, text.size()));
  return inner;
}

void skip_list(std::string_view& text) {
  std::size_t depth = 0;
  do {
    if (text.front() == '"') {
      take_quoted(text);
      continue;
    }
    if (text.front() == '(') ++depth;
    if (text.front() == ')') --depth;
    text.remove_prefix(1);
  } while (depth > 0 && !text.empty());
}

/// BODY[HEADER.FIELDS (FROM)]<0> is one.
std::string take_atom(std::string_view& text) {
  std::size_t end = 0;
  for (bool in_brackets = false; end < text.size(); ++end) {
    if (text[end] == '[') in_brackets = true;
    if (text[end] == ']') in_brackets = false;
    if (!in_brackets && (text[end] == ' ' || text[end] == ')' || text[end] == '(')) break;
  }
  std::string atom(text.substr(0, end));
  text.remove_prefix(end);
  return atom;
}

std::vector<std::string> take_values(std::string_view text) {
  std::vector<std::string> values;
  for (skip_blanks(text); !text.empty() && values.size() < kMostValues; skip_blanks(text)) {
    if (text.front() == '(') {
      skip_list(text);
      values.emplace_back();
    } else if (text.front() == ')') {
      text.remove_prefix(1);
    } else {
      values.push_back(text.front() == '"' ? take_quoted(text) : take_atom(text));
    }
  }
  return values;
}

bool is_state(std::string_view word) {
  return word == "OK" || word == "NO" || word == "BAD" || word == "BYE" || word == "PREAUTH";
}

}  // namespace

std::optional<std::uint64_t> ImapResponse::number_of(std::string_view name) const {
  for (std::size_t at = 0; at + 1 < values.size(); at += 2)
    if (capitals(values[at]) == name) return number_in(values[at + 1]);
  return std::nullopt;
}

std::optional<ImapResponse> parse_imap_response(std::string_view line) {
  ImapResponse response{.tag = std::string(take_word(line))};
  if (response.tag.empty()) return std::nullopt;
  if (response.tag == "+") return response;
  auto word = take_word(line);
  if (const auto number = number_in(word)) {
    response.number = *number;
    word = take_word(line);
  }
  response.word = capitals(word);
  if (response.word.empty()) return std::nullopt;
  if (is_state(response.word)) {
    if (line.starts_with('[')) response.code = capitals(line.substr(1, line.find_first_of(" ]") - 1));
    return response;
  }
  if (response.word == "FETCH" && line.starts_with('(')) line.remove_prefix(1);
  response.values = take_values(line);
  return response;
}

std::optional<std::uint64_t> literal_after(std::string_view line) noexcept {
  if (!line.ends_with('}')) return std::nullopt;
  const auto open = line.rfind('{');
  if (open == line.npos) return std::nullopt;
  auto number = line.substr(open + 1, line.size() - open - 2);
  if (number.ends_with('+')) number.remove_suffix(1);
  return number_in(number);
}

std::string imap_quoted(std::string_view text) {
  std::string quoted = "\"";
  for (const char each : text) {
    if (each == '"' || each == '\\') quoted += '\\';
    quoted += each;
  }
  return quoted += '"';
}

}  // namespace musubi::intake
