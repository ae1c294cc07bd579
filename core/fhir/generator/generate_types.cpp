// musubi_generate_fhir_types DEFINITIONS OUTPUT
//   DEFINITIONS  a folder with profiles-types.json and profiles-resources.json of FHIR R4
//   OUTPUT       core/fhir/src/r4_types.inc
#include <fmt/core.h>

#include <exception>
#include <fstream>

#include "definitions.h"

int main(int argc, char** argv) {
  if (argc != 3) {
    fmt::print(stderr, "usage: musubi_generate_fhir_types DEFINITIONS OUTPUT\n");
    return 2;
  }
  try {
    const auto definitions = musubi::fhir::generator::read_definitions(argv[1]);
    std::ofstream file(argv[2]);
    file << musubi::fhir::generator::table_text(definitions);
    file.close();
    if (!file) {
      fmt::print(stderr, "{} cannot be written\n", argv[2]);
      return 3;
    }
    return 0;
  } catch (const std::exception& error) {
    fmt::print(stderr, "the definitions cannot be read: {}\n", error.what());
    return 1;
  }
}
