#include "mapping.h"

#include <CLI/CLI.hpp>

namespace musubi::app {
namespace {

using base::say;

/// Adds the subcommands, which all share one set of options.
class MappingCommands {
 public:
  using Run = base::Result<int> (*)(Workshop&, const MappingOptions&);

  MappingCommands(CLI::App& command, base::Language language, Action& action)
      : command_(command), language_(language), action_(action) {}

  CLI::App& add(const std::string& name, Run run, const std::string& example) {
    auto* added = command_.add_subcommand(name, say(language_, "app.mapping." + name + ".help"));
    added->footer("  " + example);
    added->callback([options = options_, &action = action_, run] {
      action = [options, run](Workshop& workshop) { return run(workshop, *options); };
    });
    return *added;
  }

  CLI::Option* mapping(CLI::App& to) {
    return to.add_option("mapping", options_->mapping, say(language_, "app.mapping.option.mapping"));
  }
  void candidate(CLI::App& to, const std::string& name) {
    to.add_option(name, options_->file, say(language_, "app.mapping.option.candidate"));
  }
  void who_and_why(CLI::App& to) {
    to.add_option("--by", options_->by, say(language_, "app.mapping.option.by"))->required();
    to.add_option("--why", options_->why, say(language_, "app.mapping.option.why"))->required();
  }
  void without_tests(CLI::App& to) {
    to.add_flag("--without-tests", options_->without_tests,
                say(language_, "app.mapping.option.without_tests"));
  }
  void how_much(CLI::App& to) {
    to.add_option("--since", options_->since, say(language_, "app.mapping.option.since"));
    to.add_option("--limit", options_->limit, say(language_, "app.mapping.option.limit"))
        ->check(CLI::NonNegativeNumber);
  }

 private:
  CLI::App& command_;
  base::Language language_;
  Action& action_;
  std::shared_ptr<MappingOptions> options_ = std::make_shared<MappingOptions>();
};

}  // namespace

void add_mapping(CLI::App& app, base::Language language, Action& action) {
  auto* command = app.add_subcommand("mapping", say(language, "app.mapping.help"));
  command->require_subcommand(1);
  MappingCommands commands(*command, language, action);
  commands.add("list", run_mapping_list, "musubi mapping list");
  commands.mapping(
      commands.add("history", run_mapping_history, "musubi mapping history tokyo/positive-cases"));

  auto& diff = commands.add("diff", run_mapping_diff, "musubi mapping diff tokyo/positive-cases");
  commands.mapping(diff)->required();
  commands.candidate(diff, "--candidate");

  auto& shadow = commands.add("shadow", run_mapping_shadow,
                              "musubi mapping shadow tokyo/positive-cases --since 2020-04-01 --limit 50");
  commands.mapping(shadow)->required();
  commands.candidate(shadow, "--candidate");
  commands.how_much(shadow);

  auto& activate =
      commands.add("activate", run_mapping_activate,
                   "musubi mapping activate tokyo/positive-cases --by 佐藤 --why '90代以上の書き方を追加'");
  commands.mapping(activate)->required();
  commands.candidate(activate, "--from");
  commands.without_tests(activate);
  commands.who_and_why(activate);

  auto& rollback =
      commands.add("rollback", run_mapping_rollback,
                   "musubi mapping rollback tokyo/positive-cases --by 佐藤 --why '年代の取り違え'");
  commands.mapping(rollback)->required();
  commands.who_and_why(rollback);
  command->footer(
      "  musubi mapping list\n  musubi mapping shadow tokyo/positive-cases\n"
      "  musubi mapping activate tokyo/positive-cases --by NAME --why TEXT");
}

}  // namespace musubi::app
