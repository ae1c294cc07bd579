// The options that every source of tables has: encoding and limits. An adapter takes kTableOptions as its
// table, or puts them in front of its own:
//   constexpr auto kOptions = plugin::with_table_options(std::array{plugin::Option{...}});
#pragma once

#include <array>
#include <cstddef>

#include "musubi/document/row_reader.h"
#include "musubi/plugin/options.h"
#include "musubi/plugin/source.h"

namespace musubi::plugin {

inline constexpr std::array<Option, 5> kTableOptions{{
    {.name = "encoding",
     .type = OptionType::text,
     .default_value = "detect",
     .help_japanese = "CSV の文字コード。detect は自動判定",
     .help_english = "Encoding of CSV files; detect finds out",
     .choices = "detect|utf8|cp932|iso2022jp"},
    {.name = "max_bytes",
     .type = OptionType::integer,
     .default_value = "4294967296",
     .help_japanese = "受け付けるファイルの最大バイト数",
     .help_english = "Largest file taken, in bytes",
     .minimum = 1,
     .maximum = std::int64_t{1} << 40},
    {.name = "max_expanded_bytes",
     .type = OptionType::integer,
     .default_value = "2147483648",
     .help_japanese = "ブックを展開した後の最大バイト数",
     .help_english = "Largest size of an unpacked workbook, in bytes",
     .minimum = 1,
     .maximum = std::int64_t{1} << 40},
    {.name = "max_columns",
     .type = OptionType::integer,
     .default_value = "4096",
     .help_japanese = "表の最大列数",
     .help_english = "Most columns in a table",
     .minimum = 1,
     .maximum = 65536},
    {.name = "max_cell_bytes",
     .type = OptionType::integer,
     .default_value = "1048576",
     .help_japanese = "セル一つの最大バイト数",
     .help_english = "Largest cell, in bytes",
     .minimum = 1,
     .maximum = 1 << 28},
}};

/// kTableOptions followed by an adapter's own.
template <std::size_t Count>
constexpr std::array<Option, kTableOptions.size() + Count> with_table_options(
    const std::array<Option, Count>& own) {
  std::array<Option, kTableOptions.size() + Count> all{};
  for (std::size_t index = 0; index < kTableOptions.size(); ++index) all[index] = kTableOptions[index];
  for (std::size_t index = 0; index < Count; ++index) all[kTableOptions.size() + index] = own[index];
  return all;
}

struct TableSettings {
  document::Encoding encoding = document::Encoding::detect;
  document::Limits limits;
};

/// From options that have kTableOptions among them.
MUSUBI_SDK_API TableSettings table_settings(const Options& options);

/// The layouts, with the encoding where they leave it open.
MUSUBI_SDK_API std::vector<Layout> with_encoding(std::span<const Layout> layouts,
                                                 document::Encoding encoding);

}  // namespace musubi::plugin
