#include "day_option.h"

#include "musubi/base/japanese_date.h"

namespace musubi::app {

base::Result<std::optional<std::chrono::sys_days>> day_of_option(const std::string& option,
                                                                 const std::string& text) {
  if (text.empty()) return std::optional<std::chrono::sys_days>{};
  const auto date = base::parse_date(text);
  const auto day = date ? base::day_of(*date) : std::nullopt;
  if (!day) return base::Error(base::ErrorKind::usage, "app.not_a_day", {{"option", option}});
  return day;
}

}  // namespace musubi::app
