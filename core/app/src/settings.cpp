#include "settings.h"

#include <cstdlib>
#include <string_view>

#include "musubi/base/yaml_map.h"

namespace musubi::app {
namespace {

namespace fs = std::filesystem;
using base::Error;
using base::ErrorKind;
using base::YamlMap;

constexpr double kMostBatchRows = 1'000'000;

class Reader {
 public:
  Reader(const fs::path& file, const fs::path& home, const YamlMap& root)
      : folder_(fs::absolute(file).parent_path()), home_(home), root_(root) {
    settings_.file = file;
  }

  Settings read() {
    settings_.catalogue = path("catalogue");
    settings_.value_sets = path("value_sets");
    settings_.mappings = path("mappings");
    settings_.checks = path("checks");
    settings_.policies = path("policies");
    settings_.jurisdictions = path("jurisdictions");
    settings_.routes = path("routes");
    for (const auto& each : root_.words("overlays")) settings_.overlays.push_back(absolute(each));
    for (const auto& each : root_.words("plugins")) settings_.plugins.push_back(library(each));
    settings_.sources = uses("sources");
    settings_.sinks = uses("sinks");
    read_batch_rows();
    settings_.serve = read_serve_settings(root_, folder_, home_);
    for (const auto& [name, use] : settings_.sources)
      for (auto& folder : settings_.serve.ways_in.folders) folder.sources.push_back(name);
    return std::move(settings_);
  }

 private:
  fs::path absolute(const std::string& text) const { return (folder_ / text).lexically_normal(); }

  fs::path path(std::string_view key) const { return absolute(root_.required_word(key)); }

  /// A bare name is looked for in the program's own lib/musubi.
  fs::path library(const std::string& name) const {
    if (name.find('/') != name.npos) return absolute(name);
    return (program_folder() / "../lib/musubi" / name).lexically_normal();
  }

  std::map<std::string, AdapterUse> uses(std::string_view key) const {
    std::map<std::string, AdapterUse> all;
    if (!root_.has(key)) return all;
    auto& problems = root_.problems();
    for (const auto& [name, node] : YamlMap(*root_.find(key), problems).entries()) {
      const YamlMap use(node, {"adapter", "options"}, problems);
      AdapterUse& read = all[name.text];
      read.adapter = use.required_word("adapter");
      if (!use.has("options")) continue;
      for (auto& [option, value] : base::pairs_of(*use.find("options"), "options", problems))
        read.options[option.text] = std::move(value.text);
    }
    return all;
  }

  void read_batch_rows() {
    const auto rows = root_.number("batch_rows");
    if (!rows) return;
    if (*rows >= 1 && *rows <= kMostBatchRows)
      settings_.batch_rows = static_cast<std::size_t>(*rows);
    else
      root_.problem("batch_rows", "app.config_batch_rows",
                    {{"most", std::to_string(static_cast<std::size_t>(kMostBatchRows))}});
  }

  fs::path folder_, home_;
  const YamlMap& root_;
  Settings settings_;
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

base::Result<Settings> read_settings(const fs::path& file, const fs::path& home) {
  base::Problems problems;
  const auto root = base::read_yaml_file(file, problems);
  if (!root) return problems.as_error();
  const YamlMap map(
      *root,
      {"catalogue", "overlays", "value_sets", "mappings", "checks", "policies", "jurisdictions", "routes",
       "plugins", "sources", "sinks", "batch_rows", "name", "serve", "delivery", "ways_in", "silence"},
      problems);
  auto settings = Reader(file, home, map).read();
  if (problems.has_errors()) return problems.as_error();
  return settings;
}

}  // namespace musubi::app
