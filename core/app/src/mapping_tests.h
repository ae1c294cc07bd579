// The tests beside mappings and value sets: which there are, and what comes of running them.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "musubi/mapping/tests.h"
#include "workshop.h"

namespace musubi::app {

struct TestedFile {
  std::string subject{};         ///< "tokyo/positive-cases", "valuesets/sex"
  std::filesystem::path file{};  ///< of the tests
  std::optional<base::Error>
      problem{};  ///< why nothing was run: of the mapping, of the tests, or none there are
  mapping::TestReport report{};
  mapping::Coverage coverage{};  ///< where all of a mapping's tests passed
  bool passed() const noexcept { return !problem && report.failed() == 0; }
};

/// The tests of the mapping and test files, and of all below the folders, named by `paths`; of the whole
/// configuration where there are none. Errors: those of the settings; file.* for a path that is not there.
base::Result<std::vector<TestedFile>> run_tests(Workshop& workshop,
                                                const std::vector<std::filesystem::path>& paths);

/// The test file of a mapping: beside its file, else where the folder of mappings has that of its id;
/// nullopt: there is none.
std::optional<std::filesystem::path> find_tests(const std::filesystem::path& mapping_file,
                                                const std::filesystem::path& mappings, const std::string& id);

/// JUnit's XML, as build servers read it.
std::string junit_of(const std::vector<TestedFile>& files);

}  // namespace musubi::app
