// Any bytes as a file of the catalogue, as a value set and as the table of municipalities: each is either
// loaded, and then everything can be derived from it, or refused with a place.
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

#include "musubi/base/messages.h"
#include "musubi/model/schema.h"
#include "musubi/model/value_set.h"

namespace {

using namespace musubi;

/// One per process; the system clears it away with the others.
const std::filesystem::path& folder() {
  static const std::filesystem::path made = [] {
    std::string name = "/tmp/musubi-fuzz-XXXXXX";
    if (::mkdtemp(name.data()) == nullptr) std::abort();
    for (const char* part : {"catalogue", "valuesets"}) std::filesystem::create_directory(name + "/" + part);
    std::ofstream(name + "/catalogue/00.yaml")
        << "purposes: { surveillance: { ja: a, en: A } }\ntabs: { tab: { ja: a, en: A } }\n";
    std::ofstream(name + "/valuesets/municipality.csv") << "131016,東京都,千代田区,,チヨダク,Chiyoda-ku,\n";
    return std::filesystem::path(name);
  }();
  return made;
}

std::filesystem::path write(const char* name, std::string_view bytes) {
  const auto path = folder() / name;
  std::ofstream(path, std::ios::binary).write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  return path;
}

void refused(const base::Error& error) {
  if (error.place().file.empty() || base::describe(base::Language::english, error).empty()) std::abort();
}

void try_catalogue(std::string_view bytes) {
  write("catalogue/10.yaml", bytes);
  const auto catalogue = model::Catalogue::load(folder() / "catalogue");
  if (catalogue.has_error()) return refused(catalogue.error());
  for (const auto dialect : {model::SqlDialect::sqlite, model::SqlDialect::postgresql})
    if (model::sql_schema(**catalogue, dialect).empty()) std::abort();
  if (model::json_schema(**catalogue, model::RecordKind::case_report).empty()) std::abort();
  if (model::field_table_markdown(**catalogue).empty()) std::abort();
}

void try_value_set(std::string_view bytes) {
  write("valuesets/10.yaml", bytes);
  const auto sets = model::ValueSets::load(folder() / "valuesets");
  if (sets.has_error()) return refused(sets.error());
  for (const auto& id : (*sets)->ids())
    for (const auto& coded : (*sets)->find(id)->concepts())
      if ((*sets)->find(id)->look_up(coded.code).found != &coded) std::abort();
}

void try_municipalities(std::string_view bytes) {
  const auto table = model::Municipalities::load(write("table.csv", bytes));
  if (table.has_error()) return refused(table.error());
  for (const auto& place : table->all())
    if (table->by_code(place.code) == nullptr) std::abort();
  table->find(bytes.substr(0, 200), "13");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string bytes(data + 1, data + size);
  switch (data[0] % 3) {
    case 0:
      try_catalogue(bytes);
      break;
    case 1:
      try_value_set(bytes);
      break;
    default:
      try_municipalities(bytes);
  }
  return 0;
}
