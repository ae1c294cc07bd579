#include <CLI/CLI.hpp>
#include <boost/json.hpp>
#include <iostream>

#include "../command_line.h"
#include "../trial.h"
#include "../trial_watch.h"
#include "musubi/base/shown_text.h"

namespace musubi::app {
namespace {

using base::say;

struct TryOptions {
  TrialOptions trial;
  bool watch = false;
};

base::Result<int> run_try(Workshop& workshop, const TrialOptions& options) {
  const auto& common = workshop.options();
  std::size_t count = 0;
  MUSUBI_ASSIGN(const bool errors, run_trial(workshop, options, [&](const boost::json::object& record) {
                  if (common.json)
                    std::cout << (count == 0 ? "[" : ",") << base::as_utf8(boost::json::serialize(record));
                  else
                    std::cout << text_of(record, common.language);
                  return ++count != 0;
                }));
  if (common.json) std::cout << (count == 0 ? "[]\n" : "]\n");
  return errors ? 1 : 0;
}

base::Result<int> run_watch(Workshop& workshop, const TrialOptions& options) {
  if (workshop.options().json) return base::Error(base::ErrorKind::usage, "app.watch.not_for_machines");
  MUSUBI_TRY(watch_trial(workshop.options(), options, std::cout, wait_for_changes));
  return 0;
}

}  // namespace

void add_try(CLI::App& app, base::Language language, Action& action) {
  auto options = std::make_shared<TryOptions>();
  auto& trial = options->trial;
  auto* command = app.add_subcommand("try", say(language, "app.try.help"));
  command->add_option("--mapping", trial.mapping, say(language, "app.try.option.mapping"))->required();
  command->add_option("--mapping-version", trial.version, say(language, "app.try.option.version"));
  command->add_option("--record", trial.record, say(language, "app.try.option.record"));
  command->add_flag("--watch", options->watch, say(language, "app.try.option.watch"));
  command->add_option("file", trial.file, say(language, "app.try.option.file"))->required();
  command->footer(
      "  musubi try --mapping tokyo/positive-cases patients.csv --record 3\n"
      "  musubi try --watch --mapping mappings/town/cases.yaml patients.csv");
  command->callback([options, &action] {
    action = [options](Workshop& workshop) {
      return options->watch ? run_watch(workshop, options->trial) : run_try(workshop, options->trial);
    };
  });
}

}  // namespace musubi::app
