#include <CLI/CLI.hpp>
#include <algorithm>
#include <boost/json.hpp>
#include <filesystem>
#include <iostream>

#include "../command_line.h"
#include "../json_out.h"

namespace musubi::app {
namespace {

using base::say;
namespace fs = std::filesystem;

struct LintOptions {
  std::vector<std::string> paths;
};

bool is_mapping_file(const fs::path& path) {
  const auto name = path.filename().string();
  return path.extension() == ".yaml" && !name.ends_with(".test.yaml") &&
         path.parent_path().filename() != "catalogue" && path.parent_path().filename() != "valuesets";
}

void collect(const fs::path& path, std::vector<fs::path>& files) {
  std::error_code ignored;
  if (!fs::is_directory(path, ignored)) return files.push_back(path);
  for (const auto& entry : fs::recursive_directory_iterator(path, ignored)) {
    if (entry.is_regular_file() && is_mapping_file(entry.path())) files.push_back(entry.path());
  }
}

/// Counts and prints what was found.
class Findings {
 public:
  explicit Findings(const CommonOptions& options) : options_(options) {}

  void add(const base::Error& problem, model::Severity severity) {
    ++(severity == model::Severity::error ? errors_ : warnings_);
    if (options_.json) {
      auto object = to_json(problem, options_.language);
      object["severity"] = model::name_of(severity);
      list_.push_back(std::move(object));
      return;
    }
    std::cout << say(options_.language,
                     severity == model::Severity::error ? "app.lint.error" : "app.lint.warning")
              << " " << base::describe(options_.language, problem) << '\n';
  }

  /// A whole configuration that does not load counts as one error.
  template <class T>
  void expect(const base::Result<T>& result) {
    if (result.has_error()) add(result.error(), model::Severity::error);
  }

  int finish(std::size_t files) {
    if (options_.json) {
      print(boost::json::object{
          {"files", files}, {"errors", errors_}, {"warnings", warnings_}, {"findings", std::move(list_)}});
    } else {
      std::cout << say(options_.language, "app.lint.sum",
                       {{"files", std::to_string(files)},
                        {"errors", std::to_string(errors_)},
                        {"warnings", std::to_string(warnings_)}})
                << '\n';
    }
    return errors_ == 0 ? 0 : 1;
  }

 private:
  const CommonOptions& options_;
  boost::json::array list_;
  std::size_t errors_ = 0, warnings_ = 0;
};

base::Result<int> run_lint(Workshop& workshop, const LintOptions& options) {
  MUSUBI_ASSIGN(const auto* settings, workshop.settings());
  Findings findings(workshop.options());
  const auto context = workshop.context();
  findings.expect(context);
  if (context.has_error()) return findings.finish(0);
  std::vector<fs::path> files;
  for (const auto& path : options.paths) collect(path, files);
  if (options.paths.empty()) {
    collect(settings->mappings, files);
    findings.expect(workshop.checks());
    findings.expect(workshop.policies());
    findings.expect(workshop.routes());
  }
  std::ranges::sort(files);
  for (const auto& file : files) {
    for (const auto& each : mapping::lint(file, *context)) findings.add(each.error, each.severity);
  }
  return findings.finish(files.size());
}

}  // namespace

void add_lint(CLI::App& app, base::Language language, Action& action) {
  auto options = std::make_shared<LintOptions>();
  auto* command = app.add_subcommand("lint", say(language, "app.lint.help"));
  command->add_option("paths", options->paths, say(language, "app.lint.option.paths"));
  command->footer("  musubi lint mappings/tokyo");
  command->callback([options, &action] {
    action = [options](Workshop& workshop) { return run_lint(workshop, *options); };
  });
}

}  // namespace musubi::app
