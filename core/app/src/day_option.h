// Days on the command line.
#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "musubi/base/result.h"

namespace musubi::app {

/// "2020-04-20", "令和2年4月20日"; nullopt where the option was not given. Error: app.not_a_day, a usage
/// error that names `option`.
base::Result<std::optional<std::chrono::sys_days>> day_of_option(const std::string& option,
                                                                 const std::string& text);

}  // namespace musubi::app
