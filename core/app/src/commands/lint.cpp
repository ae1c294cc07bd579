#include <CLI/CLI.hpp>
#include <boost/json.hpp>
#include <filesystem>
#include <iostream>

#include "../command_line.h"
#include "../json_out.h"
#include "../lint_out.h"

namespace musubi::app {
namespace {

using base::say;

struct LintOptions {
  std::vector<std::string> paths;
  bool sarif = false;
};

base::Result<int> run_lint(Workshop& workshop, const LintOptions& options) {
  const std::vector<std::filesystem::path> paths(options.paths.begin(), options.paths.end());
  MUSUBI_ASSIGN(const auto report, collect_findings(workshop, paths));
  MUSUBI_ASSIGN(const auto* settings, workshop.settings());
  QuotedLines lines(settings->file);
  const auto language = workshop.options().language;
  if (options.sarif)
    print(lint_sarif(report, lines, language));
  else if (workshop.options().json)
    print(lint_json(report, lines, language));
  else
    std::cout << lint_text(report, !paths.empty(), lines, language);
  return count_of(report, base::Severity::error) == 0 ? 0 : 1;
}

}  // namespace

void add_lint(CLI::App& app, base::Language language, Action& action) {
  auto options = std::make_shared<LintOptions>();
  auto* command = app.add_subcommand("lint", say(language, "app.lint.help"));
  command->add_option("paths", options->paths, say(language, "app.lint.option.paths"));
  command->add_flag("--sarif", options->sarif, say(language, "app.lint.option.sarif"));
  command->footer(
      "  musubi lint mappings/tokyo config/policies\n"
      "  musubi lint --sarif > lint.sarif");
  command->callback([options, &action] {
    action = [options](Workshop& workshop) { return run_lint(workshop, *options); };
  });
}

}  // namespace musubi::app
