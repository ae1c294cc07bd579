// Loads adapters from an explicit list (never a folder scan), refuses with a sentence what does not fit,
// loads all or none, and never unloads: a new version needs a new process.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "musubi/base/result.h"
#include "musubi/plugin/host_services.h"
#include "musubi/plugin/manifest.h"

namespace musubi::plugin_host {

/// What a library says of itself; copies, except the texts of `options`, which live as long as the process.
struct PluginInfo {
  std::filesystem::path library;
  plugin::AdapterKind kind;
  std::string name, version, build_stamp, summary_japanese, summary_english;
  std::vector<plugin::Option> options;
};

/// Threads: one at a time.
class PluginHost {
 public:
  PluginHost();
  ~PluginHost();
  PluginHost(const PluginHost&) = delete;
  PluginHost& operator=(const PluginHost&) = delete;

  /// All or none. Errors: plugin.not_found, plugin.not_a_library, plugin.broken_library,
  /// plugin.alias_missing, plugin.wrong_version, plugin.wrong_stamp, plugin.bad_manifest, plugin.name_taken;
  /// the first refusal, with every other among its causes.
  base::Status load(const std::vector<std::filesystem::path>& libraries);
  /// In the order in which they were loaded.
  std::vector<PluginInfo> plugins() const;

  /// Validates `options` by the manifest's table. The object may outlive this host; `services` must outlive
  /// the object. It lets no exception out, whatever the adapter throws. Errors: plugin.not_loaded,
  /// plugin.unknown_option and the like, those of the adapter, plugin.exception, plugin.made_nothing.
  base::Result<std::unique_ptr<plugin::Source>> make_source(
      const std::string& name, plugin::HostServices& services,
      const std::map<std::string, std::string>& options);
  base::Result<std::unique_ptr<plugin::Sink>> make_sink(const std::string& name,
                                                        plugin::HostServices& services,
                                                        const std::map<std::string, std::string>& options);

 private:
  struct Loaded;
  std::vector<std::unique_ptr<Loaded>> loaded_;
};

/// Looks at one library. Aliases and build stamp are compared before any of its code runs; then it is loaded
/// (its static initialisers run) and its manifest is read. Errors as load().
base::Result<PluginInfo> inspect(const std::filesystem::path& library);

/// "musubi_source_tokyo.so".
std::string library_file_name(plugin::AdapterKind kind, const std::string& name);

/// Writes a whole small source adapter named `name` into `folder`, which must be new or empty. Errors:
/// plugin.bad_name, plugin.folder_not_empty, file.*
base::Status write_template(const std::string& name, const std::filesystem::path& folder);

}  // namespace musubi::plugin_host
