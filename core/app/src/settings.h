// config/musubi.yaml: where the catalogue, mappings and policies are, which adapters to load, and how sources
// and sinks are called. Relative paths are relative to the file.
#pragma once

#include <cstddef>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "musubi/base/result.h"
#include "serve/serve_settings.h"

namespace musubi::app {

/// A source or sink: which adapter serves it, and with which options.
struct AdapterUse {
  std::string adapter;
  std::map<std::string, std::string> options;
};

struct Settings {
  std::filesystem::path file;  ///< it was read from
  std::filesystem::path catalogue, value_sets, mappings, checks, policies, jurisdictions, routes;
  std::vector<std::filesystem::path> overlays;
  std::vector<std::filesystem::path> plugins;
  std::map<std::string, AdapterUse> sources, sinks;
  std::size_t batch_rows = 10'000;  ///< records per ledger transaction and per delivery
  ServeSettings serve;
};

/// The file to use: `given`, $MUSUBI_CONFIG, ./config/musubi.yaml, the one of the source tree or the
/// installation the program runs from. Error: app.config_not_found.
base::Result<std::filesystem::path> find_settings(const std::string& given);

/// `home`: what inboxes and secrets are relative to. Errors: yaml.*, plugin.*, intake.* and
/// app.config_batch_rows with file, line and column, all of them, chained as causes; those of
/// base::read_file().
base::Result<Settings> read_settings(const std::filesystem::path& file,
                                     const std::filesystem::path& home = "var");

/// The folder of the running program.
std::filesystem::path program_folder();

}  // namespace musubi::app
