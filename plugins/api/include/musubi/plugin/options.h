// Options of an adapter: one table drives validation, unknown-key errors, defaults and the docs.
#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "musubi/base/result.h"

namespace musubi::plugin {

enum class OptionType : std::uint8_t { text, integer, boolean, path, duration };

struct Option {
  std::string_view name;
  OptionType type = OptionType::text;
  std::string_view default_value;
  std::string_view help_japanese, help_english;
};

/// Validated values of a table; every option of the table has one.
class MUSUBI_SDK_API Options {
 public:
  /// Errors: plugin.unknown_option (with "did you mean"), plugin.bad_option.
  static base::Result<Options> read(std::span<const Option> table,
                                    const std::map<std::string, std::string>& given);

  const std::string& text(std::string_view name) const;
  std::int64_t integer(std::string_view name) const;
  bool boolean(std::string_view name) const;

 private:
  std::map<std::string, std::string, std::less<>> values_;
};

}  // namespace musubi::plugin
