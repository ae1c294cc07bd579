#include <CLI/CLI.hpp>
#include <algorithm>
#include <boost/json.hpp>
#include <filesystem>
#include <iostream>

#include "../command_line.h"
#include "../json_out.h"
#include "../lint_findings.h"

namespace musubi::app {
namespace {

using base::say;
struct LintOptions {
  std::vector<std::string> paths;
};

std::size_t count(const LintReport& report, base::Severity severity) {
  return static_cast<std::size_t>(std::ranges::count(report.findings, severity, &base::Problem::severity));
}

std::size_t all_files(const LintReport& report) {
  std::size_t sum = 0;
  for (const auto& [kind, files] : report.files) sum += files;
  return sum;
}

void print_json(const LintReport& report, base::Language language) {
  boost::json::object kinds;
  for (const auto& [kind, files] : report.files) kinds[name_of(kind)] = files;
  boost::json::array findings;
  for (const auto& each : report.findings) {
    auto object = to_json(each.error, language);
    object["severity"] = base::name_of(each.severity);
    findings.push_back(std::move(object));
  }
  print(boost::json::object{{"files", all_files(report)},
                            {"kinds", std::move(kinds)},
                            {"errors", count(report, base::Severity::error)},
                            {"warnings", count(report, base::Severity::warning)},
                            {"findings", std::move(findings)}});
}

void print_for_people(const LintReport& report, base::Language language) {
  for (const auto& each : report.findings) {
    const bool error = each.severity == base::Severity::error;
    std::cout << say(language, error ? "app.lint.error" : "app.lint.warning") << " "
              << base::describe(language, each.error) << '\n';
  }
  std::string kinds;
  for (const auto& [kind, files] : report.files)
    kinds += (kinds.empty() ? "" : ", ") + say(language, "app.lint.kind." + std::string(name_of(kind))) +
             " " + std::to_string(files);
  std::cout << say(language, "app.lint.sum",
                   {{"files", std::to_string(all_files(report))},
                    {"kinds", kinds},
                    {"errors", std::to_string(count(report, base::Severity::error))},
                    {"warnings", std::to_string(count(report, base::Severity::warning))}})
            << '\n';
}

base::Result<int> run_lint(Workshop& workshop, const LintOptions& options) {
  const std::vector<std::filesystem::path> paths(options.paths.begin(), options.paths.end());
  MUSUBI_ASSIGN(const auto report, collect_findings(workshop, paths));
  if (workshop.options().json)
    print_json(report, workshop.options().language);
  else
    print_for_people(report, workshop.options().language);
  return count(report, base::Severity::error) == 0 ? 0 : 1;
}

}  // namespace

void add_lint(CLI::App& app, base::Language language, Action& action) {
  auto options = std::make_shared<LintOptions>();
  auto* command = app.add_subcommand("lint", say(language, "app.lint.help"));
  command->add_option("paths", options->paths, say(language, "app.lint.option.paths"));
  command->footer("  musubi lint mappings/tokyo config/policies");
  command->callback([options, &action] {
    action = [options](Workshop& workshop) { return run_lint(workshop, *options); };
  });
}

}  // namespace musubi::app
