#include <CLI/CLI.hpp>
#include <boost/json.hpp>
#include <iostream>

#include "../command_line.h"
#include "../schemas.h"
#include "musubi/base/nearest.h"

namespace musubi::app {
namespace {

using base::say;

base::Result<int> run_schema(Workshop& workshop, const std::string& name) {
  const auto names = schema_names();
  MUSUBI_ASSIGN(const auto context, workshop.folder_context());
  const auto schema = schema_named(name, context);
  if (!schema)
    return base::Error(base::ErrorKind::usage, "app.schema.unknown",
                       {{"name", name}, {"known", base::joined(names)}});
  std::cout << indented(*schema);
  return 0;
}

}  // namespace

void add_schema(CLI::App& app, base::Language language, Action& action) {
  auto name = std::make_shared<std::string>();
  auto* command = app.add_subcommand("schema", say(language, "app.schema.help"));
  command
      ->add_option("name", *name,
                   say(language, "app.schema.option.name", {{"known", base::joined(schema_names())}}))
      ->required();
  command->footer("  musubi schema mapping > config/schemas/mapping.schema.json");
  command->callback(
      [name, &action] { action = [name](Workshop& workshop) { return run_schema(workshop, *name); }; });
}

}  // namespace musubi::app
