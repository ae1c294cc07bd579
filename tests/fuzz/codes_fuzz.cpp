// Any bytes as codes, numbers and text: normal forms stay as they are, and lengths stay within bounds.
#include <cstdlib>

#include "musubi/base/codes.h"
#include "musubi/base/text.h"

namespace {

using namespace musubi::base;

void require(bool holds) {
  if (!holds) std::abort();
}

void check_codes(std::string_view text) {
  for (const auto reading :
       {FiveDigits::either, FiveDigits::check_digit_left_out, FiveDigits::zero_left_out}) {
    const MunicipalityCode code = repair_municipality_code(text, reading);
    if (!code.valid()) continue;
    require(code.text()[5] == municipality_check_digit(code.text().substr(0, 5)));
    require(repair_municipality_code(code.text()).repair == CodeRepair::none);
  }
  if (const auto postal = normalise_postal_code(text)) require(normalise_postal_code(*postal) == postal);
  if (const auto phone = normalise_phone(text)) require(normalise_phone(*phone) == phone);
}

void check_text(std::string_view text) {
  const std::string folded = fold_width(text);
  require(fold_width(folded) == folded && !needs_width_folding(folded));
  require(malformed_utf8_at(text).has_value() == malformed_utf8_at(to_katakana(text)).has_value());
  require(trim(trim(text)) == trim(text));
  require(characters(text) <= text.size());
  require(!is_katakana(text) || to_katakana(text) == text);
  if (const auto number = parse_integer(text)) require(parse_integer(std::to_string(*number)) == number);
  const auto half = text.size() / 2;
  require(edit_distance(text.substr(0, half), text.substr(half), 3) <= 4);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  check_codes(text);
  check_text(text);
  return 0;
}
