#include "command_line.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <boost/json.hpp>
#include <cstdlib>
#include <iostream>
#include <string_view>

#include "json_out.h"
#include "musubi/plugin/build_stamp.h"
#include "usage.h"

namespace musubi::app {
namespace {

using base::say;

struct Spoken {
  base::Language language;
  bool known = true;  ///< false: --lang names a language that Musubi does not speak
};

/// --lang has to be known before the help texts are made.
Spoken language_of(Words words) {
  std::string_view given;
  bool named = false;
  for (std::size_t index = 0; index < words.size(); ++index) {
    const std::string_view word = words[index];
    if (word == "--") break;
    if (word.starts_with("--lang=")) given = word.substr(7);
    if (word == "--lang" && index + 1 < words.size()) given = words[index + 1];
    named |= word.starts_with("--lang=") || word == "--lang";
  }
  const bool spoken = given == "ja" || given == "en" || given.starts_with("ja_") || given.starts_with("en_");
  return {base::choose_language(spoken ? given : std::string_view()), !named || spoken || given.empty()};
}

void add_common(CLI::App& app, CommonOptions& options, std::string& language) {
  if (const char* home = std::getenv("MUSUBI_HOME")) options.home = home;
  app.set_help_flag("-h,--help", say(options.language, "app.option.help"));
  app.add_option("--home", options.home, say(options.language, "app.option.home"));
  app.add_option("--config", options.config, say(options.language, "app.option.config"));
  app.add_option("--lang", language, say(options.language, "app.option.lang"));
  app.add_flag("--json", options.json, say(options.language, "app.option.json"));
  app.set_version_flag("--version", std::string("musubi ") + plugin::kBuildStamp,
                       say(options.language, "app.option.version"));
  app.fallthrough();
}

int report(const base::Error& error, const CommonOptions& options) {
  if (options.json)
    print(boost::json::object{{"error", to_json(error, options.language)}});
  else
    std::cerr << "musubi: " << base::describe(options.language, error) << '\n';
  return base::exit_code(error);
}

int refuse(const base::Error& error, const CommonOptions& options) {
  const int exit_code = report(error, options);
  if (!options.json) std::cerr << say(options.language, "app.see_help") << '\n';
  return exit_code;
}

/// Answers --help and --version, else says what is wrong with the command line.
int answer(const CLI::App& app, const CLI::ParseError& problem, const CommonOptions& options) {
  const bool asked_for = problem.get_exit_code() == static_cast<int>(CLI::ExitCodes::Success);
  if (!asked_for) return refuse(usage_error(app, problem), options);
  app.exit(problem, std::cout, std::cerr);
  return 0;
}

int perform(const Action& action, const CommonOptions& options) {
  Workshop workshop(options);
  const auto done = action(workshop);
  return done.has_error() ? report(done.error(), options) : *done;
}

int run(Words words, int count, const char* const* arguments, CommonOptions& options) {
  CLI::App app(say(options.language, "app.summary"), "musubi");
  std::string language;
  add_common(app, options, language);
  app.require_subcommand(1);
  Action action;
  for (const auto add : {add_serve, add_import, add_try, add_fhir, add_fhirpath, add_lint, add_test,
                         add_schema, add_mapping, add_ledger, add_lineage, add_quarantine, add_submission,
                         add_query, add_export, add_sample, add_plugin, add_token, add_doctor}) {
    add(app, options.language, action);
  }
  finish_help(app, options.language);
  if (const auto unknown = unknown_word(app, words)) return refuse(*unknown, options);
  try {
    app.parse(count, arguments);
  } catch (const CLI::ParseError& problem) {
    return answer(app, problem, options);
  }
  return perform(action, options);
}

/// A full disk or a closed pipe behind standard output must not pass for success.
int with_output_written(int exit_code, const CommonOptions& options) {
  std::cout.flush();
  if (std::cout) return exit_code;
  std::cerr << "musubi: " << say(options.language, "app.output_failed") << '\n';
  return base::exit_code(base::Error(base::ErrorKind::environment, "app.output_failed"));
}

}  // namespace

int run_program(int count, const char* const* arguments) {
  const Words words(arguments + std::min(count, 1), static_cast<std::size_t>(std::max(count - 1, 0)));
  const auto spoken = language_of(words);
  CommonOptions options;
  options.language = spoken.language;
  options.json = is_given(words, "--json");
  if (!spoken.known)
    return refuse(base::Error(base::ErrorKind::usage, "app.usage.language_unknown"), options);
  return with_output_written(run(words, count, arguments, options), options);
}

}  // namespace musubi::app
