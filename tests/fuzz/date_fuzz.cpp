// Any bytes as a written date: what is accepted is possible, and is read again as the same date.
#include <cstdlib>

#include "musubi/base/japanese_date.h"

namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace musubi::base;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto date = parse_date(text);
  if (const auto iso = parse_iso_date(text)) require(iso == date);
  if (!date) return 0;
  require(possible(*date));
  require(parse_date(to_text(*date)) == date ||
          (date->month == 0 && (date->year < 1868 || date->year >= 2200)));
  if (date->complete()) require(partial_date(day_of(*date).value()) == *date);
  require(!to_wareki(*date).empty());
  require(possible(with_year_before(*date, {2020, 4, 20})));
  return 0;
}
