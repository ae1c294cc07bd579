// The command line: one subcommand per file in commands/. Exit codes: 0 fine, 1 findings, 2 usage, 3
// environment.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "workshop.h"

namespace CLI {
class App;
}

namespace musubi::app {

/// Set by the subcommand that was given; run after parsing.
using Action = std::function<base::Result<int>(Workshop&)>;

/// Each adds its subcommand, whose callback sets `action`.
void add_import(CLI::App& app, base::Language language, Action& action);
void add_mapping(CLI::App& app, base::Language language, Action& action);
void add_try(CLI::App& app, base::Language language, Action& action);
void add_fhir(CLI::App& app, base::Language language, Action& action);
void add_fhirpath(CLI::App& app, base::Language language, Action& action);
void add_lint(CLI::App& app, base::Language language, Action& action);
void add_schema(CLI::App& app, base::Language language, Action& action);
void add_test(CLI::App& app, base::Language language, Action& action);
void add_ledger(CLI::App& app, base::Language language, Action& action);
void add_lineage(CLI::App& app, base::Language language, Action& action);
void add_quarantine(CLI::App& app, base::Language language, Action& action);
void add_export(CLI::App& app, base::Language language, Action& action);
void add_query(CLI::App& app, base::Language language, Action& action);
void add_submission(CLI::App& app, base::Language language, Action& action);
void add_sample(CLI::App& app, base::Language language, Action& action);
void add_plugin(CLI::App& app, base::Language language, Action& action);
void add_serve(CLI::App& app, base::Language language, Action& action);
void add_token(CLI::App& app, base::Language language, Action& action);
void add_doctor(CLI::App& app, base::Language language, Action& action);

int run_program(int count, const char* const* arguments);

}  // namespace musubi::app
