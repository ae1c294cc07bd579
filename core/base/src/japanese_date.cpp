#include "musubi/base/japanese_date.h"

#include <fmt/format.h>

namespace musubi::base {

std::string to_text(PartialDate date) {
  const bool month = date.month != 0;
  const bool day = date.day != 0;
  if (date.year == 0)
    return day ? fmt::format("--{:02}-{:02}", date.month, date.day) : fmt::format("--{:02}", date.month);
  if (!month) return fmt::format("{:04}", date.year);
  if (!day) return fmt::format("{:04}-{:02}", date.year, date.month);
  return fmt::format("{:04}-{:02}-{:02}", date.year, date.month, date.day);
}

}  // namespace musubi::base
