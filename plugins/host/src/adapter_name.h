// Names of adapters and their options: up to 40 of a-z, 0-9 and underscore, starting with a letter.
#pragma once

#include <algorithm>
#include <string_view>

namespace musubi::plugin_host {

inline bool is_adapter_name(std::string_view name) {
  const auto is_letter = [](char each) { return each >= 'a' && each <= 'z'; };
  const auto is_allowed = [&](char each) {
    return is_letter(each) || (each >= '0' && each <= '9') || each == '_';
  };
  return !name.empty() && name.size() <= 40 && is_letter(name.front()) &&
         std::ranges::all_of(name, is_allowed);
}

}  // namespace musubi::plugin_host
