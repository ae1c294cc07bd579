#include "musubi/plugin/options.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <stdexcept>
#include <vector>

#include "musubi/base/nearest.h"
#include "musubi/base/text.h"

namespace musubi::plugin {
namespace {

using base::Error;
using base::ErrorKind;
using base::Result;

std::string names_of(std::span<const Option> table) {
  std::string names;
  for (const auto& option : table) {
    if (!names.empty()) names += ", ";
    names += option.name;
  }
  return names;
}

const Option* find(std::span<const Option> table, std::string_view name) {
  const auto found = std::ranges::find(table, name, &Option::name);
  return found == table.end() ? nullptr : &*found;
}

std::string nearest_name(std::span<const Option> table, std::string_view name) {
  std::vector<std::string> names;
  for (const auto& option : table) names.emplace_back(option.name);
  return base::nearest(name, names);
}

Error unknown_option(std::span<const Option> table, const std::string& name) {
  if (table.empty()) return {ErrorKind::bad_configuration, "plugin.no_options", {{"option", name}}};
  const auto nearest = nearest_name(table, name);
  if (nearest.empty()) {
    return {ErrorKind::bad_configuration,
            "plugin.unknown_option",
            {{"option", name}, {"known", names_of(table)}}};
  }
  return {ErrorKind::bad_configuration,
          "plugin.misspelt_option",
          {{"option", name}, {"suggestion", nearest}, {"known", names_of(table)}}};
}

std::string_view name_of(OptionType type) {
  switch (type) {
    case OptionType::text:
      return "text";
    case OptionType::integer:
      return "integer (100)";
    case OptionType::boolean:
      return "true | false";
    case OptionType::path:
      return "path";
    case OptionType::duration:
      return "500ms, 30s, 5m, 2h, 7d";
  }
  return "";
}

Error bad_option(const Option& option) {
  return {ErrorKind::bad_configuration,
          "plugin.bad_option",
          {{"option", std::string(option.name)}, {"expected", std::string(name_of(option.type))}}};
}

Result<std::string> read_integer(const Option& option, std::string_view given) {
  const auto number = base::parse_integer(given);
  if (!number) return bad_option(option);
  if (*number >= option.minimum && *number <= option.maximum) return std::to_string(*number);
  return Error(ErrorKind::bad_configuration, "plugin.option_out_of_range",
               {{"option", std::string(option.name)},
                {"minimum", std::to_string(option.minimum)},
                {"maximum", std::to_string(option.maximum)}});
}

Result<std::string> read_boolean(const Option& option, std::string_view given) {
  if (given == "true" || given == "yes" || given == "on") return std::string("true");
  if (given == "false" || given == "no" || given == "off") return std::string("false");
  return bad_option(option);
}

std::optional<std::int64_t> milliseconds_in(std::string_view unit) {
  if (unit == "ms") return 1;
  if (unit == "s") return 1000;
  if (unit == "m") return 60'000;
  if (unit == "h") return 3'600'000;
  if (unit == "d") return 86'400'000;
  return std::nullopt;
}

/// Kept as a number of milliseconds.
Result<std::string> read_duration(const Option& option, std::string_view given) {
  std::int64_t count = 0;
  const auto [end, problem] = std::from_chars(given.data(), given.data() + given.size(), count);
  if (problem != std::errc() || count < 0) return bad_option(option);
  const auto unit = milliseconds_in(given.substr(static_cast<std::size_t>(end - given.data())));
  std::int64_t milliseconds = 0;
  if (!unit || __builtin_mul_overflow(count, *unit, &milliseconds)) return bad_option(option);
  return std::to_string(milliseconds);
}

bool is_choice(std::string_view choices, std::string_view given) {
  while (!choices.empty()) {
    const auto bar = choices.find('|');
    if (choices.substr(0, bar) == given) return true;
    if (bar == std::string_view::npos) return false;
    choices.remove_prefix(bar + 1);
  }
  return false;
}

Result<std::string> read_text(const Option& option, std::string_view given) {
  if (given.find('\0') != std::string_view::npos) return bad_option(option);
  if (option.choices.empty() || is_choice(option.choices, given)) return std::string(given);
  return Error(ErrorKind::bad_configuration, "plugin.option_not_a_choice",
               {{"option", std::string(option.name)}, {"choices", std::string(option.choices)}});
}

Result<std::string> read_value(const Option& option, std::string_view given) {
  const auto trimmed = base::trim(given);
  if (trimmed.empty() && option.choices.empty()) return std::string();
  switch (option.type) {
    case OptionType::integer:
      return read_integer(option, trimmed);
    case OptionType::boolean:
      return read_boolean(option, trimmed);
    case OptionType::duration:
      return read_duration(option, trimmed);
    case OptionType::text:
    case OptionType::path:
      break;
  }
  return read_text(option, trimmed);
}

}  // namespace

Result<Options> Options::read(std::span<const Option> table,
                              const std::map<std::string, std::string>& given) {
  for (const auto& [name, value] : given) {
    if (find(table, name) == nullptr) return unknown_option(table, name);
  }
  Options options;
  for (const auto& option : table) {
    const auto value = given.find(std::string(option.name));
    MUSUBI_ASSIGN(auto valid,
                  read_value(option, value == given.end() ? option.default_value : value->second));
    options.values_.emplace(option.name, std::move(valid));
  }
  return options;
}

const std::string& Options::text(std::string_view name) const {
  const auto found = values_.find(name);
  if (found == values_.end()) throw std::logic_error("not in the table of options: " + std::string(name));
  return found->second;
}

std::int64_t Options::integer(std::string_view name) const {
  const auto& digits = text(name);
  std::int64_t number = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), number);
  return number;
}

bool Options::boolean(std::string_view name) const { return text(name) == "true"; }

std::chrono::milliseconds Options::duration(std::string_view name) const {
  return std::chrono::milliseconds(integer(name));
}

}  // namespace musubi::plugin
