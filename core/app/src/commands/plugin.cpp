#include <CLI/CLI.hpp>
#include <boost/json.hpp>
#include <iostream>

#include "../command_line.h"
#include "../json_out.h"
#include "../terminal.h"

namespace musubi::app {
namespace {

using base::say;

std::string kind_of(const plugin_host::PluginInfo& info) {
  return info.kind == plugin::AdapterKind::source ? "source" : "sink";
}

boost::json::object to_json(const plugin_host::PluginInfo& info) {
  boost::json::array options;
  for (const auto& option : info.options) {
    options.push_back(boost::json::object{{"name", option.name},
                                          {"default", option.default_value},
                                          {"help_ja", option.help_japanese},
                                          {"help_en", option.help_english}});
  }
  return {{"kind", kind_of(info)},
          {"name", info.name},
          {"version", info.version},
          {"build_stamp", info.build_stamp},
          {"library", info.library.string()},
          {"options", std::move(options)}};
}

base::Result<int> run_list(Workshop& workshop) {
  MUSUBI_ASSIGN(const auto* host, workshop.plugins());
  const bool japanese = workshop.options().language == base::Language::japanese;
  boost::json::array list;
  std::vector<std::vector<std::string>> rows{{say(workshop.options().language, "app.plugin.kind"),
                                              say(workshop.options().language, "app.plugin.name"),
                                              say(workshop.options().language, "app.plugin.version"),
                                              say(workshop.options().language, "app.plugin.summary")}};
  for (const auto& info : host->plugins()) {
    list.push_back(to_json(info));
    rows.push_back(
        {kind_of(info), info.name, info.version, japanese ? info.summary_japanese : info.summary_english});
  }
  if (workshop.options().json)
    print(list);
  else
    std::cout << table(rows);
  return 0;
}

base::Result<int> run_check(Workshop& workshop, const std::vector<std::string>& libraries) {
  const auto language = workshop.options().language;
  boost::json::array list;
  int exit_code = 0;
  for (const auto& library : libraries) {
    const auto info = plugin_host::inspect(library);
    if (info.has_error()) exit_code = 1;
    if (workshop.options().json) {
      list.push_back(info.has_error() ? app::to_json(info.error(), language) : to_json(*info));
    } else if (info.has_error()) {
      std::cout << base::describe(language, info.error()) << '\n';
    } else {
      std::cout << say(language, "app.plugin.fits",
                       {{"library", library}, {"kind", kind_of(*info)}, {"name", info->name}})
                << '\n';
    }
  }
  if (workshop.options().json) print(list);
  return exit_code;
}

base::Result<int> run_new(Workshop& workshop, const std::string& name, const std::string& folder) {
  MUSUBI_TRY(plugin_host::write_template(name, folder));
  if (workshop.options().json)
    print(boost::json::object{{"name", name}, {"folder", folder}});
  else
    std::cout << say(workshop.options().language, "app.plugin.written", {{"folder", folder}}) << '\n';
  return 0;
}

}  // namespace

void add_plugin(CLI::App& app, base::Language language, Action& action) {
  auto* command = app.add_subcommand("plugin", say(language, "app.plugin.help"));
  command->require_subcommand(1);
  command->footer("  musubi plugin list\n  musubi plugin new nagoya ./nagoya-adapter");
  auto* list = command->add_subcommand("list", say(language, "app.plugin.list.help"));
  list->footer("  musubi plugin list");
  list->callback([&action] { action = run_list; });

  auto libraries = std::make_shared<std::vector<std::string>>();
  auto* check = command->add_subcommand("check", say(language, "app.plugin.check.help"));
  check->add_option("libraries", *libraries, say(language, "app.plugin.option.library"))->required();
  check->footer("  musubi plugin check build/release/lib/musubi/musubi_source_tokyo.so");
  check->callback([libraries, &action] {
    action = [libraries](Workshop& workshop) { return run_check(workshop, *libraries); };
  });

  auto name = std::make_shared<std::string>();
  auto folder = std::make_shared<std::string>();
  auto* fresh = command->add_subcommand("new", say(language, "app.plugin.new.help"));
  fresh->add_option("name", *name, say(language, "app.plugin.option.name"))->required();
  fresh->add_option("folder", *folder, say(language, "app.plugin.option.folder"))->required();
  fresh->footer("  musubi plugin new nagoya ./nagoya-adapter");
  fresh->callback([name, folder, &action] {
    action = [name, folder](Workshop& workshop) { return run_new(workshop, *name, *folder); };
  });
}

}  // namespace musubi::app
