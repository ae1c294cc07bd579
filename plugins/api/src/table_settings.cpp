#include "musubi/plugin/table_settings.h"

#include <algorithm>

namespace musubi::plugin {
namespace {

document::Encoding encoding_named(std::string_view name) {
  if (name == "utf8") return document::Encoding::utf8;
  if (name == "cp932") return document::Encoding::cp932;
  if (name == "iso2022jp") return document::Encoding::iso2022jp;
  return document::Encoding::detect;
}

}  // namespace

TableSettings table_settings(const Options& options) {
  TableSettings settings;
  settings.encoding = encoding_named(options.text("encoding"));
  settings.limits.bytes = static_cast<std::uint64_t>(options.integer("max_bytes"));
  settings.limits.expanded_bytes = static_cast<std::uint64_t>(options.integer("max_expanded_bytes"));
  settings.limits.columns = static_cast<std::uint32_t>(options.integer("max_columns"));
  settings.limits.cell_bytes = static_cast<std::uint32_t>(options.integer("max_cell_bytes"));
  settings.limits.row_bytes = std::max(settings.limits.row_bytes, settings.limits.cell_bytes);
  return settings;
}

std::vector<Layout> with_encoding(std::span<const Layout> layouts, document::Encoding encoding) {
  std::vector<Layout> result(layouts.begin(), layouts.end());
  for (auto& layout : result) {
    if (layout.encoding == document::Encoding::detect) layout.encoding = encoding;
  }
  return result;
}

}  // namespace musubi::plugin
