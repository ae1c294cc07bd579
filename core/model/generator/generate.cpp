// musubi_generate: writes what is derived from the catalogue. The build calls it; so does whoever wants a
// schema.
//
//   musubi_generate constants|sql|sql-postgresql|fields OUTPUT CATALOGUE_FOLDER
//   musubi_generate json-schema OUTPUT CATALOGUE_FOLDER RECORD_KIND
#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "musubi/base/file.h"
#include "musubi/base/messages.h"
#include "musubi/model/schema.h"

namespace {

using musubi::model::Catalogue;

constexpr std::uint64_t kLargestOutput = 64u << 20;

void tell(const std::string& text) { std::fprintf(stderr, "%s\n", text.c_str()); }

int usage() {
  tell(
      "musubi_generate constants|sql|sql-postgresql|fields OUTPUT CATALOGUE_FOLDER\n"
      "musubi_generate json-schema OUTPUT CATALOGUE_FOLDER "
      "case|health_observation|facility_report|published_count");
  return 2;
}

int fail(const musubi::base::Error& error) {
  tell(musubi::base::describe(musubi::base::choose_language(""), error));
  return musubi::base::exit_code(error);
}

std::optional<std::string> content(std::string_view what, std::string_view kind, const Catalogue& catalogue) {
  using namespace musubi::model;
  if (what == "constants") return field_constants_header(catalogue);
  if (what == "sql") return sql_schema(catalogue, SqlDialect::sqlite);
  if (what == "sql-postgresql") return sql_schema(catalogue, SqlDialect::postgresql);
  if (what == "fields") return field_table_markdown(catalogue);
  const auto record = record_kind_named(kind);
  if (what == "json-schema" && record) return json_schema(catalogue, *record);
  return std::nullopt;
}

/// A file that holds this already keeps its time, so that nothing is compiled again.
musubi::base::Status write(const std::filesystem::path& path, const std::string& text) {
  const auto old = musubi::base::read_file(path, kLargestOutput);
  if (old.has_value() && *old == text) return {};
  std::ofstream file(path, std::ios::binary);
  if (!file.write(text.data(), static_cast<std::streamsize>(text.size())).flush())
    return musubi::base::file_error(errno, path);
  return {};
}

int run(const std::vector<std::string>& words) {
  if (words.size() < 3 || words.size() > 4) return usage();
  const auto catalogue = Catalogue::load(words[2]);
  if (catalogue.has_error()) return fail(catalogue.error());
  const auto text = content(words[0], words.size() == 4 ? words[3] : "", **catalogue);
  if (!text) return usage();
  const auto written = write(words[1], *text);
  return written.has_error() ? fail(written.error()) : 0;
}

}  // namespace

int main(int count, char** words) { return run({words + 1, words + count}); }
