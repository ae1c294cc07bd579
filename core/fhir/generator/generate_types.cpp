// musubi_generate_fhir_types DEFINITIONS FOLDER
//   DEFINITIONS  a folder with profiles-types.json, profiles-resources.json, profiles-others.json,
//                extension-definitions.json, valuesets.json, v3-codesystems.json and v2-tables.json of FHIR
//                R4
//   FOLDER       core/fhir: tables are written into src and models/src, headers into
//                models/include/musubi/fhir/r4, whose other files are removed
#include <fmt/core.h>

#include <exception>
#include <fstream>

#include "definitions.h"

namespace {

bool write(const std::filesystem::path& path, const std::string& text) {
  std::filesystem::create_directories(path.parent_path());
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
    const std::filesystem::path folder = argv[2];
    const auto files = musubi::fhir::generator::generated_files(argv[1]);
    std::filesystem::remove_all(folder / "models/include/musubi/fhir/r4");
    for (const auto& [path, text] : files)
      if (!write(folder / path, text)) return 3;
    return 0;
  } catch (const std::exception& error) {
    fmt::print(stderr, "the definitions cannot be read: {}\n", error.what());
    return 1;
  }
}
