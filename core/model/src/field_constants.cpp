#include <fmt/format.h>

#include <iterator>

#include "musubi/model/schema.h"
#include "sql_names.h"

namespace musubi::model {

std::string field_constants_header(const Catalogue& catalogue) {
  std::string header =
      "// Generated from mappings/catalogue: ids of the canonical fields.\n#pragma once\n\n"
      "#include <string_view>\n\nnamespace musubi::fields {\n\n";
  for (const Field& field : catalogue.fields())
    fmt::format_to(std::back_inserter(header), "inline constexpr std::string_view {} = \"{}\";\n",
                   column_name(field.id), field.id);
  return header + "\n}  // namespace musubi::fields\n";
}

}  // namespace musubi::model
