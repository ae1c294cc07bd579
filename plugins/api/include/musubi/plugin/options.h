// Options of an adapter: one table drives validation, unknown-key errors, defaults and the docs.
#pragma once

#include <chrono>
#include <cstdint>
#include <limits>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "musubi/base/result.h"

namespace musubi::plugin {

enum class OptionType : std::uint8_t { text, integer, boolean, path, duration };

/// Boolean: true, false, yes, no, on, off. Duration: 500ms, 30s, 5m, 2h, 7d.
struct Option {
  std::string_view name;
  OptionType type = OptionType::text;
  std::string_view default_value = {};  ///< valid by its type, or empty: none
  std::string_view help_japanese = {}, help_english = {};
  std::int64_t minimum = std::numeric_limits<std::int64_t>::min();  ///< of an integer
  std::int64_t maximum = std::numeric_limits<std::int64_t>::max();
  std::string_view choices = {};  ///< the values a text may take: "detect|utf8|cp932"; empty: any
};

/// Validated values of a table; every option of the table has one. Asking for an option that is not in the
/// table is a fault of the adapter and throws std::logic_error.
class MUSUBI_SDK_API Options {
 public:
  /// Errors: plugin.unknown_option, plugin.misspelt_option ("did you mean"), plugin.bad_option,
  /// plugin.option_out_of_range, plugin.option_not_a_choice. The value given is in none of them.
  static base::Result<Options> read(std::span<const Option> table,
                                    const std::map<std::string, std::string>& given);

  const std::string& text(std::string_view name) const;
  std::int64_t integer(std::string_view name) const;  ///< 0 where the option is empty
  bool boolean(std::string_view name) const;          ///< false where the option is empty
  std::chrono::milliseconds duration(std::string_view name) const;

 private:
  std::map<std::string, std::string, std::less<>> values_;
};

}  // namespace musubi::plugin
