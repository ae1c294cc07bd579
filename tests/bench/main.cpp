#include <fmt/format.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <exception>
#include <iostream>

#include "machine_limits.h"
#include "sections.h"

namespace {

struct TemporaryFolder {
  std::filesystem::path path;
  TemporaryFolder()
      : path(std::filesystem::temp_directory_path() / ("musubi-bench-" + std::to_string(::getpid()))) {
    std::filesystem::create_directories(path);
  }
  ~TemporaryFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path, ignored);
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
};

int run(int count, char** arguments) {
  CLI::App app("Figures of the road as ratios against limits measured in the same run", "musubi_bench");
  std::string only;
  std::uint64_t rows = 200'000;
  app.add_option("--only", only,
                 "decode, map, stages, road, postgres, fhirpath, callgrind or callgrind-expressions");
  app.add_option("--rows", rows, "records of each input");
  CLI11_PARSE(app, count, arguments);

  const TemporaryFolder folder;
  musubi::app::CommonOptions options;
  options.config = std::string(MUSUBI_PROJECT_FOLDER) + "/config/musubi.yaml";
  options.home = folder.path / "home";
  musubi::app::Workshop workshop(options);
  const musubi::bench::Setting setting{&workshop, folder.path, rows};
  const auto wanted = [&only](const char* section) { return only.empty() || only == section; };
  if (only == "callgrind") musubi::bench::instructions(setting, false);
  if (only == "callgrind-expressions") musubi::bench::instructions(setting, true);
  if (wanted("decode")) musubi::bench::decoding(setting);
  if (wanted("map")) musubi::bench::reading_and_mapping(setting);
  if (wanted("stages")) musubi::bench::stages(setting);
  if (wanted("road")) musubi::bench::whole_road(setting);
  if (wanted("postgres")) musubi::bench::into_postgres(setting);
  if (wanted("fhirpath")) musubi::bench::expressions(setting);
  return 0;
}

}  // namespace

int main(int count, char** arguments) {
  try {
    return run(count, arguments);
  } catch (const std::exception& failure) {
    std::cerr << "musubi_bench: " << failure.what() << '\n';
    return 3;
  }
}
