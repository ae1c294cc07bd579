// A mapping file of any bytes: it loads or says why, and what loads can be bound and applied to odd rows.
#include <cstdlib>
#include <string>
#include <string_view>

#include "musubi/base/messages.h"
#include "musubi/document/row_reader.h"
#include "musubi/mapping/difference.h"
#include "musubi/mapping/mapping.h"
#include "rows.h"

namespace {

using namespace musubi;

mapping::Context load_context() {
  const std::string folder = MUSUBI_PROJECT_FOLDER "/mappings";
  const auto catalogue = model::Catalogue::load(folder + "/catalogue");
  const auto value_sets = model::ValueSets::load(folder + "/valuesets");
  if (catalogue.has_error() || value_sets.has_error()) std::abort();
  return {*catalogue, *value_sets};
}

document::RowBatch odd_rows(std::size_t width) {
  using musubi::testing::HandCell;
  std::vector<std::vector<HandCell>> rows;
  for (const std::string text : {"", " ", "2020-04-01", "４月初旬", "40代", "43922", "1e999", "―", "a;b;;",
                                 "計", "\xE3\x80\x80", "99999999999999999999", "千代田区", "+81-3-1234-5678"})
    for (const auto kind :
         {document::CellKind::text, document::CellKind::number, document::CellKind::date_serial})
      rows.emplace_back(width, HandCell(text, kind));
  return musubi::testing::rows(width, rows);
}

void apply_to_odd_rows(const mapping::Mapping& mapping) {
  auto columns = mapping.head().columns;
  columns.push_back("another");
  const auto bound = mapping.bind(columns);
  if (bound.has_error()) return;
  model::RecordBatch records(bound->layout());
  bound->apply(odd_rows(columns.size()), records);
  for (std::size_t index = 0; index < records.size(); ++index)
    model::to_json(records.layout(), records.values(index));
}

/// A line per text in every column, divided into items as the mapping says.
void apply_to_items(const mapping::Mapping& mapping) {
  std::string header, rows;
  for (const auto& column : mapping.head().columns) header += "\"" + column + "\",";
  for (const std::string_view text : {"", "40代", R"([{""結果"":""陽性""},{}])", "[1]", "[{}]"}) {
    for (std::size_t column = 0; column < mapping.head().columns.size(); ++column)
      rows.append("\"").append(text).append("\",");
    rows += "\n";
  }
  auto table = document::open_csv(document::ByteSource::of_text(header + "\n" + rows, "fuzz.csv"), {});
  if (table.has_error()) return;
  const auto items = mapping.items_of(std::move(*table));
  const auto bound = mapping.bind(items->columns());
  if (bound.has_error()) return;
  model::RecordBatch records(bound->layout());
  document::RowBatch batch;
  for (auto got = items->read(batch, 10); got.has_value() && *got != 0; got = items->read(batch, 10))
    bound->apply(batch, records);
}

/// Nothing differs from itself, and any two texts can be compared.
void compare(const std::string& yaml) {
  if (!mapping::differences(yaml, yaml).empty()) std::abort();
  if (!mapping::table_differences(yaml, yaml).empty()) std::abort();
  const auto half = yaml.substr(0, yaml.size() / 2);
  mapping::differences(half, yaml);
  mapping::table_differences(half, yaml);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const mapping::Context context = load_context();
  const std::string yaml(reinterpret_cast<const char*>(data), size);
  const auto mapping = mapping::Mapping::parse(yaml, "fuzz.yaml", context);
  if (mapping.has_value()) {
    apply_to_odd_rows(**mapping);
    apply_to_items(**mapping);
  } else {
    base::describe(base::Language::japanese, mapping.error());
  }
  compare(yaml);
  return 0;
}
