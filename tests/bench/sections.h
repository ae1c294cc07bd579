// The sections of the report. Each prints its lines.
#pragma once

#include <cstdint>
#include <filesystem>

#include "workshop.h"

namespace musubi::bench {

struct Setting {
  app::Workshop* workshop = nullptr;
  std::filesystem::path folder;  ///< temporary, removed afterwards
  std::uint64_t rows = 200'000;
};

void decoding(const Setting& setting);
void reading_and_mapping(const Setting& setting);
/// The mapped 20-column file once more, alone, for callgrind.
void instructions(const Setting& setting, bool with_expressions);
void stages(const Setting& setting);
void whole_road(const Setting& setting);
/// The same into PostgreSQL; says so where no server can be started.
void into_postgres(const Setting& setting);
/// FHIRPath on rows and resources, beside fhirpath.js.
void expressions(const Setting& setting);

}  // namespace musubi::bench
