#include <CLI/CLI.hpp>
#include <boost/json.hpp>
#include <iostream>
#include <set>

#include "../command_line.h"
#include "../json_out.h"
#include "../reason_text.h"
#include "../record_source.h"
#include "musubi/base/nearest.h"
#include "musubi/base/shown_text.h"

namespace musubi::app {
namespace {

using base::say;

struct TryOptions {
  std::string mapping, version, file;
  std::uint64_t record = 0;
};

boost::json::value to_value(const model::RecordLayout& layout, const model::RecordBatch& records,
                            std::size_t record, std::size_t slot) {
  model::RecordLayout one = model::make_layout(layout.catalogue, layout.kind, {layout.slots[slot]});
  const auto parsed = boost::json::parse(model::to_json(one, records.values(record).subspan(slot, 1)));
  return parsed.as_object().begin()->value();
}

boost::json::object provenance(const model::RecordLayout& layout, const model::Value& value) {
  const auto& rule = layout.rules[value.rule()];
  boost::json::object object{{"rule", rule.rule}, {"line", rule.line}};
  if (!rule.from.empty()) object["from"] = rule.from;
  return object;
}

boost::json::array findings_of(const model::RecordBatch& records, std::size_t record,
                               base::Language language) {
  boost::json::array findings;
  for (const auto& each : records.findings()) {
    if (each.record != record) continue;
    const std::string field =
        each.field == model::kNoField ? std::string() : records.layout().catalogue->at(each.field).id;
    boost::json::object object{{"code", each.code},
                               {"severity", model::name_of(each.severity)},
                               {"message", finding_text(nullptr, each.code, field, language)}};
    if (!field.empty()) object["field"] = field;
    if (!each.column.empty()) object["column"] = each.column;
    findings.push_back(std::move(object));
  }
  return findings;
}

boost::json::object to_json(const model::RecordBatch& records, std::size_t record, base::Language language) {
  const auto& layout = records.layout();
  boost::json::object fields, origins;
  const auto values = records.values(record);
  for (std::size_t slot = 0; slot < values.size(); ++slot) {
    if (values[slot].silent()) continue;
    const auto& id = layout.catalogue->at(layout.slots[slot]).id;
    fields[id] = to_value(layout, records, record, slot);
    origins[id] = provenance(layout, values[slot]);
  }
  const auto& origin = records.origin(record);
  return {{"row", origin.row},
          {"line", origin.line},
          {"byte", origin.byte},
          {"length", origin.length},
          {"record", std::move(fields)},
          {"provenance", std::move(origins)},
          {"findings", findings_of(records, record, language)}};
}

void print_for_people(const boost::json::object& record, base::Language language) {
  std::cout << say(language, "app.try.record",
                   {{"row", std::to_string(record.at("row").to_number<std::uint64_t>())},
                    {"line", std::to_string(record.at("line").to_number<std::uint64_t>())}})
            << '\n';
  for (const auto& [field, value] : record.at("record").as_object()) {
    const auto& from = record.at("provenance").as_object().at(field).as_object();
    std::cout << "  " << field << " = " << boost::json::serialize(value);
    if (from.contains("from")) std::cout << "   <- " << base::printable(from.at("from").as_string().c_str());
    std::cout << '\n';
  }
  for (const auto& finding : record.at("findings").as_array()) {
    const auto& object = finding.as_object();
    std::cout << "  ! " << object.at("severity").as_string().c_str() << ": "
              << object.at("message").as_string().c_str();
    if (object.contains("field")) std::cout << " [" << object.at("field").as_string().c_str() << "]";
    std::cout << '\n';
  }
}

/// Shows the records asked for: all as one JSON array, or each for people.
class Shown {
 public:
  Shown(const TryOptions& options, const CommonOptions& common) : options_(options), common_(common) {}

  void add(const model::RecordBatch& records) {
    for (std::size_t record = 0; record < records.size(); ++record) {
      if (options_.record != 0 && records.origin(record).row != options_.record) continue;
      const auto object = to_json(records, record, common_.language);
      if (common_.json)
        std::cout << (count_ == 0 ? "[" : ",") << base::as_utf8(boost::json::serialize(object));
      else
        print_for_people(object, common_.language);
      ++count_;
    }
  }

  base::Status finish() const {
    if (options_.record != 0 && count_ == 0)
      return base::Error(base::ErrorKind::not_found, "app.try.no_record",
                         {{"record", std::to_string(options_.record)}});
    if (common_.json) std::cout << (count_ == 0 ? "[]\n" : "]\n");
    return {};
  }

 private:
  const TryOptions& options_;
  const CommonOptions& common_;
  std::size_t count_ = 0;
};

base::Error no_mapping(const mapping::MappingSet& mappings, const TryOptions& options) {
  std::set<std::string> ids, versions;
  for (const auto& each : mappings.all()) {
    ids.insert(each->head().id);
    if (each->head().id == options.mapping) versions.insert(each->head().version);
  }
  const auto& names = versions.empty() ? ids : versions;
  const auto known = base::joined(std::vector<std::string_view>(names.begin(), names.end()));
  if (!versions.empty())
    return base::Error(base::ErrorKind::usage, "app.mapping_version_unknown",
                       {{"mapping", options.mapping}, {"version", options.version}, {"known", known}});
  return base::Error(base::ErrorKind::usage, "app.mapping_unknown",
                     {{"mapping", options.mapping}, {"known", known}});
}

base::Result<std::shared_ptr<const mapping::Mapping>> mapping_for(Workshop& workshop,
                                                                  const TryOptions& options) {
  if (options.mapping.ends_with(".yaml")) {
    MUSUBI_ASSIGN(const auto context, workshop.folder_context());
    return mapping::Mapping::load(options.mapping, context);
  }
  MUSUBI_ASSIGN(const auto mappings, workshop.folder_mappings());
  auto found = mappings->find(options.mapping, options.version);
  if (found) return found;
  return no_mapping(*mappings, options);
}

base::Result<int> run_try(Workshop& workshop, const TryOptions& options) {
  MUSUBI_ASSIGN(const auto mapping, mapping_for(workshop, options));
  MUSUBI_ASSIGN(const auto checks, workshop.checks_with(mapping->context().value_sets));
  MUSUBI_ASSIGN(const auto rows, open_for(*mapping, options.file));
  MUSUBI_ASSIGN(const auto bound, mapping->bind(rows->columns()));
  const auto today = base::day_in_japan(workshop.clock().now());
  document::RowBatch batch;
  model::RecordBatch records(bound.layout());
  Shown shown(options, workshop.options());
  bool errors = false;
  for (;;) {
    MUSUBI_ASSIGN(const auto got, rows->read(batch, 1000));
    if (got == 0) break;
    records.clear();
    bound.apply(batch, records);
    checks->run(records, today);
    for (const auto& finding : records.findings()) errors |= finding.severity == model::Severity::error;
    shown.add(records);
    if (options.record != 0 && batch.origin(batch.size() - 1).row >= options.record) break;
  }
  MUSUBI_TRY(shown.finish());
  return errors ? 1 : 0;
}

}  // namespace

void add_try(CLI::App& app, base::Language language, Action& action) {
  auto options = std::make_shared<TryOptions>();
  auto* command = app.add_subcommand("try", say(language, "app.try.help"));
  command->add_option("--mapping", options->mapping, say(language, "app.try.option.mapping"))->required();
  command->add_option("--mapping-version", options->version, say(language, "app.try.option.version"));
  command->add_option("--record", options->record, say(language, "app.try.option.record"));
  command->add_option("file", options->file, say(language, "app.try.option.file"))->required();
  command->footer("  musubi try --mapping tokyo/positive-cases patients.csv --record 3");
  command->callback(
      [options, &action] { action = [options](Workshop& workshop) { return run_try(workshop, *options); }; });
}

}  // namespace musubi::app
