#include <CLI/CLI.hpp>
#include <algorithm>
#include <iostream>
#include <optional>
#include <set>

#include "../command_line.h"
#include "../stored_records.h"
#include "musubi/base/csv_text.h"
#include "musubi/mapping/outward.h"

namespace musubi::app {
namespace {

using base::say;

struct QueryOptions {
  std::string where, format = "ndjson", role = "central-store", kind = "case", sink = "central";
  std::vector<std::string> fields;
  bool history = false;
};

class Output {
 public:
  virtual ~Output() = default;
  virtual void add(const model::Disclosure& disclosure, std::size_t index) = 0;
  virtual void finish() {}
};

class JsonOutput final : public Output {
 public:
  explicit JsonOutput(bool lines) : lines_(lines) {}
  void add(const model::Disclosure& disclosure, std::size_t index) override {
    if (!lines_) std::cout << (first_ ? "[" : ",\n");
    first_ = false;
    const auto record = std::to_string(disclosure.key(index).record);
    const auto fields = model::to_json(disclosure.layout(), disclosure.values(index));
    std::cout << "{\"_record\":" << record << ",\"_source\":\"" << disclosure.source() << '"'
              << (fields.size() > 2 ? "," : "") << fields.substr(1);
    if (lines_) std::cout << '\n';
  }
  void finish() override {
    if (!lines_) std::cout << (first_ ? "[]\n" : "]\n");
  }

 private:
  bool lines_;
  bool first_ = true;
};

/// An absent value is written as its reason in angle brackets, so that blank means silent.
std::string csv_cell(const model::Value& value) {
  if (value.is_absent()) return "<" + std::string(model::name_of(value.absent_reason())) + ">";
  return model::to_text(value);
}

class CsvOutput final : public Output {
 public:
  CsvOutput(const model::Catalogue& catalogue, std::vector<model::FieldNumber> fields)
      : fields_(std::move(fields)) {
    std::string head = "_record,_source";
    for (const auto field : fields_) head += "," + catalogue.at(field).id;
    std::cout << head << "\r\n";
  }
  void add(const model::Disclosure& disclosure, std::size_t index) override {
    std::string line = std::to_string(disclosure.key(index).record) + "," + disclosure.source();
    for (const auto field : fields_) {
      const int slot = disclosure.layout().slot(field);
      line += ',';
      if (slot >= 0)
        base::append_csv_cell(line, csv_cell(disclosure.values(index)[static_cast<std::size_t>(slot)]));
    }
    std::cout << line << "\r\n";
  }

 private:
  std::vector<model::FieldNumber> fields_;
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
  StoredQuery query;
  query.sink = options.sink;
  query.role = options.role;
  query.history = options.history;
  const auto kind = model::record_kind_named(options.kind);
  if (!kind) return base::Error(base::ErrorKind::usage, "app.query.kind_unknown", {{"kind", options.kind}});
  query.kind = *kind;
  for (const auto& id : options.fields) {
    const auto field = catalogue.number_of(id);
    if (field == model::kNoField) {
      return base::Error(base::ErrorKind::usage, "pipeline.field_unknown",
                         {{"field_id", id}, {"suggestion", catalogue.suggest(id)}});
    }
    query.fields.push_back(field);
  }
  return query;
}

/// With the value sets in force, as the records were stored. nullopt: every record is meant.
base::Result<std::optional<mapping::RecordCondition>> condition_of(Workshop& workshop,
                                                                   const std::string& where,
                                                                   model::RecordKind kind) {
  std::optional<mapping::RecordCondition> condition;
  if (where.empty()) return condition;
  MUSUBI_ASSIGN(const auto context, workshop.context_in_force());
  MUSUBI_ASSIGN(auto compiled, mapping::RecordCondition::compile(where, context, kind));
  condition.emplace(std::move(compiled));
  return condition;
}

base::Result<int> run_query(Workshop& workshop, const QueryOptions& options) {
  MUSUBI_ASSIGN(const auto catalogue, workshop.catalogue());
  MUSUBI_ASSIGN(const auto query, read_query(options, *catalogue));
  MUSUBI_ASSIGN(auto where, condition_of(workshop, options.where, query.kind));
  std::unique_ptr<Output> output;
  if (options.format == "csv") {
    MUSUBI_ASSIGN(auto fields, spoken_fields(workshop, query));
    output = std::make_unique<CsvOutput>(*catalogue, std::move(fields));
  } else {
    output = std::make_unique<JsonOutput>(options.format == "ndjson");
  }
  base::Status failed;
  MUSUBI_TRY(visit_stored(workshop, query, [&](const model::Disclosure& disclosure, std::size_t index) {
    if (failed.has_error()) return;
    const auto meant =
        where ? where->holds(disclosure.layout(), disclosure.values(index)) : base::Result<bool>(true);
    if (meant.has_error())
      failed = meant.error();
    else if (*meant)
      output->add(disclosure, index);
  }));
  if (failed.has_error()) return failed.error();
  output->finish();
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
  command->add_option("--sink", options->sink, say(language, "app.query.option.sink"));
  command->add_flag("--history", options->history, say(language, "app.query.option.history"));
  command->footer("  musubi query --where \"patient.sex = 'male'\" --format csv");
  command->callback([options, &action] {
    action = [options](Workshop& workshop) { return run_query(workshop, *options); };
  });
}

}  // namespace musubi::app
