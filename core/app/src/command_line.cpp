#include "command_line.h"

#include <CLI/CLI.hpp>
#include <boost/json.hpp>
#include <cstdlib>
#include <iostream>
#include <string_view>

#include "json_out.h"
#include "musubi/plugin/build_stamp.h"

namespace musubi::app {
namespace {

using base::say;

/// --lang has to be known before the help texts are made.
base::Language language_of(int count, const char* const* arguments) {
  for (int index = 1; index < count; ++index) {
    const std::string_view argument = arguments[index];
    if (argument.starts_with("--lang=")) return base::choose_language(argument.substr(7));
    if (argument == "--lang" && index + 1 < count) return base::choose_language(arguments[index + 1]);
  }
  return base::choose_language({});
}

void add_common(CLI::App& app, CommonOptions& options, std::string& language) {
  if (const char* home = std::getenv("MUSUBI_HOME")) options.home = home;
  app.add_option("--home", options.home, say(options.language, "app.option.home"));
  app.add_option("--config", options.config, say(options.language, "app.option.config"));
  app.add_option("--lang", language, say(options.language, "app.option.lang"));
  app.add_flag("--json", options.json, say(options.language, "app.option.json"));
  app.set_version_flag("--version", std::string("musubi ") + plugin::kBuildStamp);
  app.fallthrough();
}

int report(const base::Error& error, const CommonOptions& options) {
  if (options.json)
    print(boost::json::object{{"error", to_json(error, options.language)}});
  else
    std::cerr << "musubi: " << base::describe(options.language, error) << '\n';
  return base::exit_code(error);
}

int perform(const Action& action, const CommonOptions& options) {
  Workshop workshop(options);
  const auto done = action(workshop);
  return done.has_error() ? report(done.error(), options) : *done;
}

}  // namespace

int run_program(int count, const char* const* arguments) {
  CommonOptions options;
  options.language = language_of(count, arguments);
  CLI::App app(say(options.language, "app.summary"), "musubi");
  std::string language;
  add_common(app, options, language);
  app.require_subcommand(1);
  Action action;
  for (const auto add : {add_import, add_try, add_fhirpath, add_lint, add_mapping, add_ledger, add_lineage,
                         add_quarantine, add_query, add_sample, add_plugin, add_doctor}) {
    add(app, options.language, action);
  }
  try {
    app.parse(count, arguments);
  } catch (const CLI::ParseError& problem) {
    const bool asked_for = problem.get_exit_code() == static_cast<int>(CLI::ExitCodes::Success);
    app.exit(problem, std::cout, std::cerr);
    if (!asked_for) std::cerr << say(options.language, "app.see_help") << '\n';
    return asked_for ? 0 : 2;
  }
  return perform(action, options);
}

}  // namespace musubi::app
