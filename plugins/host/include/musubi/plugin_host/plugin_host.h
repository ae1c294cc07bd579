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

  /// All or none. Errors: plugin.not_found, plugin.broken_library, plugin.alias_missing,
  /// plugin.wrong_version, plugin.wrong_stamp, plugin.name_taken; every refusal is among the causes.
  base::Status load(const std::vector<std::filesystem::path>& libraries);
  std::vector<PluginInfo> plugins() const;

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

/// Looks at one library without running its code beyond reading the manifest. Errors as load().
base::Result<PluginInfo> inspect(const std::filesystem::path& library);

}  // namespace musubi::plugin_host
