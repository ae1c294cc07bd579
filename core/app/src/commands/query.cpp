#include <CLI/CLI.hpp>
#include <iostream>
#include <set>

#include "../command_line.h"
#include "../condition.h"
#include "../query_output.h"
#include "../stored_records.h"
#include "../terminal.h"

namespace musubi::app {
namespace {

using base::say;

struct QueryOptions {
  std::string where, format, role = "central-store", kind = "case", sink = "central";
  std::vector<std::string> fields, count_by;
  bool history = false, withdrawn = false;
};

/// The fields that any record has something to say about: the columns of the CSV.
base::Result<std::vector<model::FieldNumber>> spoken_fields(Workshop& workshop, const StoredQuery& query) {
  std::set<model::FieldNumber> spoken;
  MUSUBI_TRY(visit_stored(workshop, query, [&spoken](const model::Disclosure& disclosure, std::size_t index) {
    const auto values = disclosure.values(index);
    for (std::size_t slot = 0; slot < values.size(); ++slot) {
      if (!values[slot].silent()) spoken.insert(disclosure.layout().slots[slot]);
    }
  }));
  return std::vector<model::FieldNumber>(spoken.begin(), spoken.end());
}

base::Result<StoredQuery> read_query(const QueryOptions& options, const model::Catalogue& catalogue) {
  if (!options.count_by.empty() && !options.fields.empty())
    return base::Error(base::ErrorKind::usage, "app.query.fields_and_count_by");
  StoredQuery query;
  query.sink = options.sink;
  query.role = options.role;
  query.history = options.history;
  query.withdrawn = options.withdrawn;
  const auto kind = model::record_kind_named(options.kind);
  if (!kind) return base::Error(base::ErrorKind::usage, "app.query.kind_unknown", {{"kind", options.kind}});
  query.kind = *kind;
  for (const auto& id : options.count_by.empty() ? options.fields : options.count_by) {
    MUSUBI_ASSIGN(const auto field, field_named(id, catalogue));
    query.fields.push_back(field);
  }
  return query;
}

/// --json is the format json; another one beside it is a contradiction.
base::Result<std::string> format_of(const QueryOptions& options, bool json) {
  if (!json) return options.format.empty() ? std::string("ndjson") : options.format;
  if (options.format.empty() || options.format == "json") return std::string("json");
  return base::Error(base::ErrorKind::usage, "app.query.format_conflict", {{"format", options.format}});
}

base::Result<std::unique_ptr<QueryOutput>> output_for(Workshop& workshop, const QueryOptions& options,
                                                      const StoredQuery& asked,
                                                      const model::Catalogue& catalogue) {
  MUSUBI_ASSIGN(const auto format, format_of(options, workshop.options().json));
  if (!options.count_by.empty()) return counts_of_records(format, catalogue, asked.fields);
  if (format != "csv") return records_as_json(format == "ndjson", asked.fields);
  MUSUBI_ASSIGN(auto fields, spoken_fields(workshop, asked));
  return records_as_csv(catalogue, std::move(fields));
}

base::Result<int> run_query(Workshop& workshop, const QueryOptions& options) {
  MUSUBI_ASSIGN(const auto catalogue, workshop.catalogue());
  MUSUBI_ASSIGN(const auto context, workshop.context_in_force());
  MUSUBI_ASSIGN(const auto asked, read_query(options, *catalogue));
  MUSUBI_ASSIGN(auto where, read_condition(options.where, context, asked.kind));
  MUSUBI_TRY(check_role(workshop, options.role));
  MUSUBI_ASSIGN(const auto output, output_for(workshop, options, asked, *catalogue));
  auto query = asked;
  if (where) query.fields.clear();  // a condition may look at fields that are not shown
  base::Status failed;
  const auto visit = [&](const model::Disclosure& disclosure, std::size_t index) {
    if (failed.has_error()) return;
    const auto meant =
        where ? where->holds(disclosure.layout(), disclosure.values(index)) : base::Result<bool>(true);
    if (meant.has_error())
      failed = meant.error();
    else if (*meant)
      output->add(disclosure, index);
  };
  MUSUBI_ASSIGN(const auto left_out, visit_stored(workshop, query, visit));
  if (failed.has_error()) return failed.error();
  output->finish();
  if (left_out != 0)
    std::cerr << say(workshop.options().language, "app.query.withdrawn",
                     {{"records", with_separators(left_out)}})
              << '\n';
  return 0;
}

}  // namespace

void add_query(CLI::App& app, base::Language language, Action& action) {
  auto options = std::make_shared<QueryOptions>();
  auto* command = app.add_subcommand("query", say(language, "app.query.help"));
  command->add_option("--where", options->where, say(language, "app.query.option.where"));
  command->add_option("--format", options->format, say(language, "app.query.option.format"))
      ->check(CLI::IsMember({"json", "csv", "ndjson"}));
  command->add_option("--role", options->role, say(language, "app.query.option.role"));
  command->add_option("--kind", options->kind, say(language, "app.query.option.kind"));
  command->add_option("--fields", options->fields, say(language, "app.query.option.fields"))->delimiter(',');
  command->add_option("--count-by", options->count_by, say(language, "app.query.option.count_by"))
      ->delimiter(',');
  command->add_option("--sink", options->sink, say(language, "app.query.option.sink"));
  command->add_flag("--history", options->history, say(language, "app.query.option.history"));
  command->add_flag("--withdrawn", options->withdrawn, say(language, "app.query.option.withdrawn"));
  command->footer(
      "  musubi query --where \"patient.sex = 'male'\" --format csv\n"
      "  musubi query --count-by report.published_on --format csv");
  command->callback([options, &action] {
    action = [options](Workshop& workshop) { return run_query(workshop, *options); };
  });
}

}  // namespace musubi::app
