#include "date_characters.h"

#include "japanese_era.h"
#include "kana_width.h"

namespace musubi::base {
namespace {

constexpr std::size_t kLongestText = 128;
constexpr std::size_t kLongestWeekday = 6;  // characters: 水曜日・祝日

constexpr char mark_of(char32_t code) noexcept {
  switch (code) {
    case U'年':
      return 'y';
    case U'月':
      return 'm';
    case U'日':
      return 'd';
    case U'時':
      return 'h';
    case U'分':
      return 'n';
    case U'秒':
      return 's';
    case U'元':
      return 'g';
    case U'末':
    case U'頃':
      return 'p';
    case U'・':
      return '.';
    default:
      return '\0';
  }
}

constexpr char ascii_of(char32_t code) noexcept {
  if (is_hyphen(code)) return '-';
  const char32_t narrow = to_narrow(code);
  if (narrow >= 'a' && narrow <= 'z') return static_cast<char>(narrow - 'a' + 'A');
  const bool used = (narrow >= '0' && narrow <= '9') || (narrow >= 'A' && narrow <= 'Z') || narrow == '/' ||
                    narrow == '.' || narrow == ':' || narrow == '+' || narrow == ' ';
  return used ? static_cast<char>(narrow) : '\0';
}

constexpr bool is_one_of(std::u32string_view set, char32_t code) noexcept {
  return set.find(code) != std::u32string_view::npos;
}

char32_t code_at(std::string_view text, std::size_t position) noexcept {
  return position < text.size() ? character_at(text, position).code : kMalformed;
}

/// Bytes of "(水)", "（水・祝）"; 0 when there is something else in the brackets.
std::size_t weekday_length(std::string_view text, std::size_t position) noexcept {
  std::size_t end = position;
  for (std::size_t count = 0; end < text.size() && count <= kLongestWeekday + 1; ++count) {
    const Character next = character_at(text, end);
    end += next.length;
    if (count == 0) continue;
    if (to_narrow(next.code) == ')') return count > 1 ? end - position : 0;
    if (!is_one_of(U"月火水木金土日曜祝休・", next.code)) return 0;
  }
  return 0;
}

}  // namespace

DateCharacters::DateCharacters(std::string_view text) noexcept : readable_(text.size() <= kLongestText) {
  for (std::size_t position = 0; position < text.size() && readable_;) position += add_next(text, position);
}

void DateCharacters::add(char byte) noexcept {
  readable_ = byte != '\0' && size_ < sizeof bytes_;
  if (readable_) bytes_[size_++] = byte;
}

std::size_t DateCharacters::add_era(std::string_view text, std::size_t position, char32_t code,
                                    std::size_t length) noexcept {
  for (const Era& era : kEras) {
    const bool written_out =
        code == era.characters[0] && code_at(text, position + length) == era.characters[1];
    if (!written_out && code != era.square) continue;
    add(era.letter);
    return written_out ? era.name.size() : length;
  }
  return 0;
}

/// 初旬, 上旬, 中旬, 下旬, 初め, 半ば.
constexpr bool is_part_of_month(char32_t first, char32_t second) noexcept {
  return (is_one_of(U"初上中下", first) && second == U'旬') || (first == U'初' && second == U'め') ||
         (first == U'半' && second == U'ば');
}

std::size_t DateCharacters::add_next(std::string_view text, std::size_t position) noexcept {
  const auto [code, length] = character_at(text, position);
  if (const char ascii = ascii_of(code); ascii != '\0') {
    add(ascii);
    return length;
  }
  if (const std::size_t weekday = to_narrow(code) == '(' ? weekday_length(text, position) : 0; weekday != 0)
    return weekday;
  if (is_part_of_month(code, code_at(text, position + length))) {
    add('p');
    return 2 * length;
  }
  if (const std::size_t era = add_era(text, position, code, length); era != 0) return era;
  add(mark_of(code));
  return length;
}

}  // namespace musubi::base
