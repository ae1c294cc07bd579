#include "musubi/base/codes.h"

#include <algorithm>

#include "kana_width.h"
#include "musubi/base/text.h"

namespace musubi::base {
namespace {

constexpr bool is_digit(char32_t code) noexcept { return code >= '0' && code <= '9'; }

// At most 16 width-folded characters on the stack; more do not fit any code.
struct Digits {
  char text[16] = {};
  std::size_t size = 0;
  bool fits = true;

  void add(char32_t code) noexcept {
    fits = fits && size < sizeof text;
    if (fits) text[size++] = static_cast<char>(code);
  }
  std::string_view view() const noexcept { return {text, size}; }
};

/// Keeps what `keeps` says, drops what `drops` says; anything else does not fit.
template <class Keeps, class Drops>
Digits read_digits(std::string_view text, Keeps keeps, Drops drops) noexcept {
  Digits digits;
  for (std::size_t position = 0; position < text.size() && digits.fits;) {
    const Character next = character_at(text, position);
    const char32_t code = to_narrow(next.code);
    if (keeps(code, digits.size)) {
      digits.add(code);
    } else if (!drops(code)) {
      digits.fits = false;
    }
    position += next.length;
  }
  return digits;
}

bool in_a_prefecture(std::string_view code) noexcept {
  const int prefecture = (code[0] - '0') * 10 + (code[1] - '0');
  return prefecture >= 1 && prefecture <= 47;
}

bool check_digit_right(std::string_view six) noexcept {
  return municipality_check_digit(six.substr(0, 5)) == six[5];
}

/// JIS X 0402: 000 the prefecture itself, from 100 cities and wards, from 301 towns and villages; no full
/// hundreds.
bool can_be_a_municipality(std::string_view six) noexcept {
  const std::string_view number = six.substr(2, 3);
  return number == "000" || number == "100" || (number >= "100" && number < "800" && !number.ends_with("00"));
}

MunicipalityCode made_of(std::string_view six, CodeRepair repair) noexcept {
  MunicipalityCode code;
  if (!in_a_prefecture(six)) return code;
  std::ranges::copy(six, code.digits);
  code.repair = repair;
  return code;
}

MunicipalityCode with_check_digit(std::string_view five, CodeRepair repair) noexcept {
  char six[6] = {};
  std::ranges::copy(five, six);
  six[5] = municipality_check_digit(five);
  return made_of({six, 6}, repair);
}

MunicipalityCode with_zero(std::string_view digits, CodeRepair repair) noexcept {
  char six[6] = {'0'};
  std::ranges::copy(digits, six + 1);
  const std::string_view all(six, digits.size() + 1);
  return all.size() == 5 ? with_check_digit(all, repair) : made_of(all, repair);
}

MunicipalityCode from_six(std::string_view six) noexcept {
  if (!in_a_prefecture(six)) return {};
  return made_of(six, check_digit_right(six) ? CodeRepair::none : CodeRepair::wrong_check_digit);
}

MunicipalityCode from_five(std::string_view five, FiveDigits reading) noexcept {
  if (reading == FiveDigits::check_digit_left_out)
    return with_check_digit(five, CodeRepair::check_digit_added);
  const MunicipalityCode restored = with_zero(five, CodeRepair::zero_restored);
  if (restored.valid() && check_digit_right(restored.text()) && can_be_a_municipality(restored.text()))
    return restored;
  if (reading == FiveDigits::either) return with_check_digit(five, CodeRepair::check_digit_added);
  MunicipalityCode refused = restored;
  if (refused.valid()) refused.repair = CodeRepair::wrong_check_digit;
  return refused;
}

MunicipalityCode from_prefecture(std::string_view digits) noexcept {
  char five[5] = {'0', '0', '0', '0', '0'};
  std::ranges::copy(digits, five + 2 - digits.size());
  return with_check_digit({five, 5}, digits.size() == 2 ? CodeRepair::check_digit_added : CodeRepair::both);
}

constexpr bool is_blank(char32_t code) noexcept { return code == ' ' || code == '\t'; }

}  // namespace

char municipality_check_digit(std::string_view five_digits) noexcept {
  constexpr int kWeights[] = {6, 5, 4, 3, 2};
  if (five_digits.size() != 5 || !std::ranges::all_of(five_digits, is_digit)) return '\0';
  int sum = 0;
  for (std::size_t index = 0; index < 5; ++index) sum += (five_digits[index] - '0') * kWeights[index];
  return static_cast<char>('0' + (11 - sum % 11) % 10);
}

MunicipalityCode repair_municipality_code(std::string_view text, FiveDigits reading) noexcept {
  const Digits digits = read_digits(
      trim(text), [](char32_t code, std::size_t) { return is_digit(code); }, [](char32_t) { return false; });
  if (!digits.fits) return {};
  switch (digits.size) {
    case 6:
      return from_six(digits.view());
    case 5:
      return from_five(digits.view(), reading);
    case 4:
      return with_zero(digits.view(), CodeRepair::both);
    case 2:
    case 1:
      return from_prefecture(digits.view());
    default:
      return {};
  }
}

std::optional<std::string> normalise_postal_code(std::string_view text) {
  const Digits digits = read_digits(
      trim(text), [](char32_t code, std::size_t) { return is_digit(code); },
      [](char32_t code) { return is_hyphen(code) || is_blank(code) || code == U'〒'; });
  if (!digits.fits || digits.size != 7) return {};
  return std::string(digits.view());
}

std::optional<std::string> normalise_phone(std::string_view text) {
  const Digits digits = read_digits(
      trim(text),
      [](char32_t code, std::size_t size) { return is_digit(code) || (code == '+' && size == 0); },
      [](char32_t code) { return is_hyphen(code) || is_blank(code) || code == '(' || code == ')'; });
  if (!digits.fits) return {};
  std::string_view number = digits.view();
  std::string domestic;
  if (number.starts_with("+81")) {
    number.remove_prefix(3);
    if (!number.starts_with('0')) domestic = "0";
  }
  domestic += number;
  if (domestic.size() < 9 || domestic.size() > 15 || domestic[0] != '0') return {};
  return domestic;
}

}  // namespace musubi::base
