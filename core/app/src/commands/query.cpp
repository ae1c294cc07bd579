#include <CLI/CLI.hpp>
#include <iostream>
#include <set>

#include "../command_line.h"
#include "../condition.h"
#include "../stored_records.h"
#include "musubi/base/csv_text.h"

namespace musubi::app {
namespace {

using base::say;

struct QueryOptions {
  std::string where, format, role = "central-store", kind = "case", sink = "central";
  std::vector<std::string> fields;
  bool history = false;
};

/// The part of a disclosure that was asked for: reading may have taken more, for the condition.
class Projection {
 public:
  /// No fields: all.
  explicit Projection(std::vector<model::FieldNumber> fields) : fields_(std::move(fields)) {}

  std::string json(const model::Disclosure& disclosure, std::size_t index) {
    if (fields_.empty()) return model::to_json(disclosure.layout(), disclosure.values(index));
    const auto& whole = disclosure.layout();
    const auto layout = model::make_layout(whole.catalogue, whole.kind, fields_);
    std::vector<model::Value> values;
    for (const auto field : layout.slots) {
      const int slot = whole.slot(field);
      values.push_back(slot < 0 ? model::Value() : disclosure.values(index)[static_cast<std::size_t>(slot)]);
    }
    return model::to_json(layout, values);
  }

 private:
  std::vector<model::FieldNumber> fields_;
};

class Output {
 public:
  virtual ~Output() = default;
  virtual void add(const model::Disclosure& disclosure, std::size_t index) = 0;
  virtual void finish() {}
};

class JsonOutput final : public Output {
 public:
  JsonOutput(bool lines, std::vector<model::FieldNumber> fields)
      : projection_(std::move(fields)), lines_(lines) {}
  void add(const model::Disclosure& disclosure, std::size_t index) override {
    if (!lines_) std::cout << (first_ ? "[" : ",\n");
    first_ = false;
    const auto record = std::to_string(disclosure.key(index).record);
    const auto fields = projection_.json(disclosure, index);
    std::cout << "{\"_record\":" << record << ",\"_source\":\"" << disclosure.source() << '"'
              << (fields.size() > 2 ? "," : "") << fields.substr(1);
    if (lines_) std::cout << '\n';
  }
  void finish() override {
    if (!lines_) std::cout << (first_ ? "[]\n" : "]\n");
  }

 private:
  Projection projection_;
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

base::Result<std::unique_ptr<Output>> output_for(Workshop& workshop, const std::string& format,
                                                 const StoredQuery& asked,
                                                 const model::Catalogue& catalogue) {
  if (format != "csv")
    return std::unique_ptr<Output>(std::make_unique<JsonOutput>(format == "ndjson", asked.fields));
  MUSUBI_ASSIGN(auto fields, spoken_fields(workshop, asked));
  return std::unique_ptr<Output>(std::make_unique<CsvOutput>(catalogue, std::move(fields)));
}

base::Result<int> run_query(Workshop& workshop, const QueryOptions& options) {
  MUSUBI_ASSIGN(const auto format, format_of(options, workshop.options().json));
  MUSUBI_ASSIGN(const auto catalogue, workshop.catalogue());
  MUSUBI_ASSIGN(const auto in_force, workshop.in_force());
  MUSUBI_ASSIGN(const auto asked, read_query(options, *catalogue));
  MUSUBI_ASSIGN(const auto condition, read_condition(options.where, *catalogue, *in_force->value_sets));
  MUSUBI_TRY(check_role(workshop, options.role));
  MUSUBI_ASSIGN(const auto output, output_for(workshop, format, asked, *catalogue));
  auto query = asked;
  if (condition && !query.fields.empty()) query.fields.push_back(condition->field);
  MUSUBI_TRY(visit_stored(workshop, query, [&](const model::Disclosure& disclosure, std::size_t index) {
    if (meets(condition, disclosure, index)) output->add(disclosure, index);
  }));
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
