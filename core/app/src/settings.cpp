#include "settings.h"

#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <string_view>

#include "musubi/base/text.h"

namespace musubi::app {
namespace {

namespace fs = std::filesystem;
using base::Error;
using base::ErrorKind;

constexpr std::array<std::string_view, 12> kKeys{"catalogue", "overlays", "value_sets",    "mappings",
                                                 "checks",    "policies", "jurisdictions", "routes",
                                                 "plugins",   "sources",  "sinks",         "batch_rows"};

base::Place place_of(const fs::path& file, const YAML::Mark& mark) {
  base::Place place{.file = file.string()};
  place.line = static_cast<std::uint64_t>(mark.line) + 1;
  place.column = static_cast<std::uint64_t>(mark.column) + 1;
  return place;
}

std::string nearest(std::string_view key) {
  const auto best = std::ranges::min_element(
      kKeys, {}, [key](std::string_view each) { return base::edit_distance(each, key, 4); });
  return std::string(*best);
}

/// Turns the file into Settings; throws YAML::Exception, which read_settings() catches.
class Reader {
 public:
  explicit Reader(fs::path file) : file_(std::move(file)), folder_(fs::absolute(file_).parent_path()) {}

  base::Result<Settings> read() const {
    const auto root = YAML::LoadFile(file_.string());
    if (!root.IsMap())
      return Error(ErrorKind::bad_configuration, "app.config_not_a_map").at({.file = file_.string()});
    for (const auto& entry : root) {
      const auto key = entry.first.as<std::string>();
      if (std::ranges::find(kKeys, key) == kKeys.end()) return unknown(entry.first, key);
    }
    Settings settings;
    settings.file = file_;
    settings.catalogue = path(root, "catalogue");
    settings.value_sets = path(root, "value_sets");
    settings.mappings = path(root, "mappings");
    settings.checks = path(root, "checks");
    settings.policies = path(root, "policies");
    settings.jurisdictions = path(root, "jurisdictions");
    settings.routes = path(root, "routes");
    for (const auto& each : root["overlays"]) settings.overlays.push_back(absolute(each.as<std::string>()));
    for (const auto& each : root["plugins"]) settings.plugins.push_back(library(each.as<std::string>()));
    settings.sources = uses(root["sources"]);
    settings.sinks = uses(root["sinks"]);
    if (root["batch_rows"]) settings.batch_rows = root["batch_rows"].as<std::size_t>();
    return settings;
  }

 private:
  Error unknown(const YAML::Node& node, const std::string& key) const {
    return Error(ErrorKind::bad_configuration, "app.config_unknown_key",
                 {{"key", key}, {"suggestion", nearest(key)}})
        .at(place_of(file_, node.Mark()));
  }

  fs::path absolute(const std::string& text) const { return (folder_ / text).lexically_normal(); }

  fs::path path(const YAML::Node& root, const char* key) const {
    return absolute(root[key].as<std::string>());
  }

  /// A bare name is looked for in the program's own lib/musubi.
  fs::path library(const std::string& name) const {
    if (name.find('/') != name.npos) return absolute(name);
    return (program_folder() / "../lib/musubi" / name).lexically_normal();
  }

  static std::map<std::string, AdapterUse> uses(const YAML::Node& node) {
    std::map<std::string, AdapterUse> all;
    for (const auto& entry : node) {
      AdapterUse use;
      use.adapter = entry.second["adapter"].as<std::string>();
      for (const auto& option : entry.second["options"]) {
        use.options[option.first.as<std::string>()] = option.second.as<std::string>();
      }
      all.emplace(entry.first.as<std::string>(), std::move(use));
    }
    return all;
  }

  fs::path file_, folder_;
};

}  // namespace

fs::path program_folder() {
  std::error_code ignored;
  return fs::read_symlink("/proc/self/exe", ignored).parent_path();
}

base::Result<fs::path> find_settings(const std::string& given) {
  if (!given.empty()) return fs::path(given);
  if (const char* named = std::getenv("MUSUBI_CONFIG")) return fs::path(named);
  for (const auto& each : {fs::path("config/musubi.yaml"), program_folder() / "../../../config/musubi.yaml",
                           program_folder() / "../share/musubi/config/musubi.yaml"}) {
    if (fs::exists(each)) return each.lexically_normal();
  }
  return Error(ErrorKind::environment, "app.config_not_found");
}

base::Result<Settings> read_settings(const fs::path& file) {
  try {
    return Reader(file).read();
  } catch (const YAML::BadFile&) {
    return Error(ErrorKind::environment, "file.not_found").at({.file = file.string()});
  } catch (const YAML::Exception& problem) {
    return Error(ErrorKind::bad_configuration, "app.config_not_understood").at(place_of(file, problem.mark));
  }
}

}  // namespace musubi::app
