#include "trial.h"

#include <boost/json.hpp>
#include <set>

#include "musubi/base/nearest.h"
#include "musubi/base/shown_text.h"
#include "reason_text.h"
#include "record_source.h"

namespace musubi::app {
namespace {

using base::say;

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
  if (!rule.mapping.empty()) object["mapping"] = rule.mapping;
  return object;
}

boost::json::array findings_of(const model::RecordBatch& records, std::size_t record,
                               const ReasonSources& reasons, base::Language language) {
  boost::json::array findings;
  for (const auto& each : records.findings()) {
    if (each.record != record) continue;
    const std::string field =
        each.field == model::kNoField ? std::string() : records.layout().catalogue->at(each.field).id;
    boost::json::object object{{"code", each.code},
                               {"severity", model::name_of(each.severity)},
                               {"message", finding_text(reasons, each.code, field, language)}};
    if (!field.empty()) object["field"] = field;
    if (!each.column.empty()) object["column"] = each.column;
    findings.push_back(std::move(object));
  }
  return findings;
}

boost::json::object to_json(const model::RecordBatch& records, std::size_t record,
                            const ReasonSources& reasons, base::Language language) {
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
          {"findings", findings_of(records, record, reasons, language)}};
}

base::Error no_mapping(const mapping::MappingSet& mappings, const TrialOptions& options) {
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
                                                                  const TrialOptions& options) {
  if (options.mapping.ends_with(".yaml")) {
    MUSUBI_ASSIGN(const auto context, workshop.folder_context());
    return mapping::Mapping::load(options.mapping, context);
  }
  MUSUBI_ASSIGN(const auto mappings, workshop.folder_mappings());
  auto found = mappings->find(options.mapping, options.version);
  if (found) return found;
  return no_mapping(*mappings, options);
}

/// Hands on those records of a batch that are asked for.
class Taken {
 public:
  Taken(const TrialOptions& options, base::Language language, const TakeRecord& take)
      : options_(options), language_(language), take_(take) {}

  /// False: enough.
  bool add(const model::RecordBatch& records, const ReasonSources& reasons) {
    for (const auto& finding : records.findings()) errors_ |= finding.severity == model::Severity::error;
    for (std::size_t record = 0; record < records.size(); ++record) {
      const auto row = records.origin(record).row;
      if (options_.record != 0 && row != options_.record) continue;
      any_ = true;
      if (!take_(to_json(records, record, reasons, language_))) return false;
    }
    return true;
  }

  base::Result<bool> finish() const {
    if (options_.record != 0 && !any_)
      return base::Error(base::ErrorKind::not_found, "app.try.no_record",
                         {{"record", std::to_string(options_.record)}});
    return errors_;
  }

 private:
  const TrialOptions& options_;
  base::Language language_;
  const TakeRecord& take_;
  bool any_ = false, errors_ = false;
};

}  // namespace

std::string text_of(const boost::json::object& record, base::Language language) {
  auto text = say(language, "app.try.record",
                  {{"row", std::to_string(record.at("row").to_number<std::uint64_t>())},
                   {"line", std::to_string(record.at("line").to_number<std::uint64_t>())}}) +
              '\n';
  for (const auto& [field, value] : record.at("record").as_object()) {
    const auto& from = record.at("provenance").as_object().at(field).as_object();
    text += "  " + std::string(field) + " = " + boost::json::serialize(value);
    if (from.contains("from")) text += "   <- " + base::printable(from.at("from").as_string().c_str());
    text += '\n';
  }
  for (const auto& finding : record.at("findings").as_array()) {
    const auto& object = finding.as_object();
    text += std::string("  ! ") + object.at("severity").as_string().c_str() + ": " +
            object.at("message").as_string().c_str();
    if (object.contains("field")) text += std::string(" [") + object.at("field").as_string().c_str() + "]";
    text += '\n';
  }
  return text;
}

base::Result<bool> run_trial(Workshop& workshop, const TrialOptions& options, const TakeRecord& take) {
  MUSUBI_ASSIGN(const auto mapping, mapping_for(workshop, options));
  MUSUBI_ASSIGN(const auto checks, workshop.checks_with(mapping->context().value_sets));
  MUSUBI_ASSIGN(auto table, open_for(*mapping, options.file));
  const auto rows = mapping->items_of(std::move(table));
  MUSUBI_ASSIGN(const auto bound, mapping->bind(rows->columns()));
  const auto today = base::day_in_japan(workshop.clock().now());
  document::RowBatch batch;
  model::RecordBatch records(bound.layout());
  Taken taken(options, workshop.options().language, take);
  for (;;) {
    MUSUBI_ASSIGN(const auto got, rows->read(batch, 1000));
    if (got == 0) break;
    records.clear();
    bound.apply(batch, records);
    checks->run(records, today);
    if (!taken.add(records, {.checks = checks, .mapping = mapping})) break;
    if (options.record != 0 && batch.origin(batch.size() - 1).row >= options.record) break;
  }
  return taken.finish();
}

}  // namespace musubi::app
