// Codes of Japanese administration: municipalities (JIS X 0401 + 0402 + check digit), postal codes, phone
// numbers.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "musubi/base/export.h"

namespace musubi::base {

/// What repairing a municipality code had to do.
enum class CodeRepair : std::uint8_t {
  none,
  zero_restored,
  check_digit_added,
  both,
  wrong_check_digit,
  not_a_code
};

struct MunicipalityCode {
  char digits[6] = {};
  CodeRepair repair = CodeRepair::not_a_code;
  std::string_view text() const noexcept { return {digits, 6}; }
  bool valid() const noexcept { return repair < CodeRepair::wrong_check_digit; }
};

/// Weights 6 5 4 3 2 over the first five digits, 11 − (sum mod 11), its last digit.
MUSUBI_SDK_API char municipality_check_digit(std::string_view five_digits) noexcept;
/// How a code of five digits is read. About one real code in eighteen fits both repairs ("12203": 市川市
/// without its check digit, or 小樽市 without its zero), so a source that is known to leave one out should
/// say so.
enum class FiveDigits : std::uint8_t { either, check_digit_left_out, zero_left_out };

/// "131016" as it is; "10006" → "010006" (zero dropped, check digit right); "26000" → "260002" (check digit
/// missing: 026000 cannot be); five digits that fit both readings are read with the check digit when that is
/// right; a wrong check digit is refused. Width is folded. A prefecture alone ("13") → "130001".
MUSUBI_SDK_API MunicipalityCode repair_municipality_code(std::string_view text,
                                                         FiveDigits reading = FiveDigits::either) noexcept;

/// Seven digits, "〒" and hyphens of any kind removed; nullopt otherwise.
MUSUBI_SDK_API std::optional<std::string> normalise_postal_code(std::string_view text);
/// Digits and leading "+", hyphens of any kind and brackets removed; 9 to 15 digits, starting with 0 or +81
/// (stored as the domestic form 0…).
MUSUBI_SDK_API std::optional<std::string> normalise_phone(std::string_view text);

}  // namespace musubi::base
