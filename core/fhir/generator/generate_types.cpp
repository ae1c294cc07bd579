// musubi_generate_fhir_types DEFINITIONS FOLDER
//   DEFINITIONS  a folder with profiles-types.json, profiles-resources.json, profiles-others.json,
//                extension-definitions.json, valuesets.json, v3-codesystems.json and v2-tables.json of FHIR
//                R4
//   FOLDER       core/fhir/src: r4_types.inc, r4_rules.inc, r4_extensions.inc and r4_profiles.inc are written
//                there
#include <fmt/core.h>

#include <exception>
#include <fstream>

#include "definitions.h"

namespace {

bool write(const std::filesystem::path& path, const std::string& text) {
  std::ofstream file(path);
  file << text;
  file.close();
  if (!file) fmt::print(stderr, "{} cannot be written\n", path.string());
  return static_cast<bool>(file);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) {
    fmt::print(stderr, "usage: musubi_generate_fhir_types DEFINITIONS FOLDER\n");
    return 2;
  }
  try {
    namespace generator = musubi::fhir::generator;
    const auto definitions = generator::read_definitions(argv[1]);
    const auto rules = generator::read_rules(argv[1], definitions);
    const std::filesystem::path folder = argv[2];
    const bool written = write(folder / "r4_profiles.inc", generator::profiles_text(argv[1])) &&
                         write(folder / "r4_types.inc", generator::table_text(definitions)) &&
                         write(folder / "r4_rules.inc", generator::rules_text(definitions, rules)) &&
                         write(folder / "r4_extensions.inc",
                               generator::extensions_text(definitions, generator::read_extensions(argv[1])));
    return written ? 0 : 3;
  } catch (const std::exception& error) {
    fmt::print(stderr, "the definitions cannot be read: {}\n", error.what());
    return 1;
  }
}
