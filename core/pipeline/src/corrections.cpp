#include "corrections.h"

#include <algorithm>
#include <boost/json.hpp>

#include "musubi/pipeline/review.h"

namespace musubi::pipeline {
namespace {

using boost::json::object;
using model::FieldNumber;

constexpr std::string_view kName = "correction";
constexpr std::string_view kAbsent = ".absent";
constexpr std::string_view kNotRead = "review.field_not_read";
constexpr std::string_view kNotUnderstood = "review.value_not_understood";

std::string taking_canonical(model::RecordKind kind) {
  return "mapping: review/corrections\nversion: 2020-01-01\nreads: json\ncolumns: [correction]\n"
         "takes: canonical\nrecord: " +
         std::string(model::name_of(kind)) + "\n";
}

base::Error about(const model::Catalogue& catalogue, std::string_view code, FieldNumber field) {
  return base::Error(base::ErrorKind::bad_input, code,
                     {{"field", field == model::kNoField ? std::string() : catalogue.at(field).id}});
}

/// The one record that `fields` is; with an error finding for each value that is not understood.
base::Result<std::shared_ptr<const model::RecordBatch>> read(std::string_view fields,
                                                             const mapping::Mapping& canonical) {
  auto bytes = document::ByteSource::of_text(std::string(fields), std::string(kName));
  MUSUBI_ASSIGN(auto rows, document::open_rows(document::Shape::json, std::move(bytes),
                                               mapping::table_options(canonical.head())));
  const auto items = canonical.items_of(std::move(rows));
  MUSUBI_ASSIGN(const auto bound, canonical.bind(items->columns()));
  document::RowBatch batch;
  MUSUBI_TRY(items->read(batch, 1));
  auto records = std::make_shared<model::RecordBatch>(bound.layout());
  bound.apply(batch, *records);
  if (records->size() != 1) return base::Error(base::ErrorKind::bad_input, "review.fields_expected");
  return std::shared_ptr<const model::RecordBatch>(std::move(records));
}

base::Result<std::shared_ptr<const mapping::Mapping>> canonical_mapping(const mapping::Mapping& mapping) {
  return mapping::Mapping::parse(taking_canonical(mapping.head().record), std::string(kName),
                                 mapping.context());
}

base::Error form_of(const std::string& field) {
  return base::Error(base::ErrorKind::bad_input, "review.value_form", {{"field", field}});
}

std::optional<std::string> scalar_text(const boost::json::value& value) {
  if (value.is_string()) return std::string(value.get_string());
  if (value.is_bool() || value.is_int64() || value.is_uint64() || value.is_double())
    return boost::json::serialize(value);
  return {};
}

base::Result<std::string> joined(const std::string& field, const boost::json::array& given) {
  std::string all;
  for (const auto& each : given) {
    const auto text = scalar_text(each);
    if (!text || text->find(';') != std::string::npos) return form_of(field);
    all += (all.empty() ? "" : ";") + *text;
  }
  return all;
}

/// Fields as people write them, as canonical columns.
class ColumnWriter {
 public:
  ColumnWriter(const model::Catalogue& catalogue, model::RecordKind kind)
      : catalogue_(catalogue), kind_(kind) {}

  /// The fields of a record, or of one item of a group.
  base::Status add_all(const object& fields, FieldNumber group, object& columns) const {
    for (const auto& [name, value] : fields) {
      MUSUBI_TRY(check_known(name, group));
      MUSUBI_TRY(add(name, value, columns));
    }
    return {};
  }

 private:
  base::Status check_known(const std::string& field, FieldNumber group) const {
    const auto* known = catalogue_.find(field);
    if (known != nullptr && known->kind == kind_ && known->group == group) return {};
    const auto near = suggestion(field, known);
    return base::Error(base::ErrorKind::bad_input,
                       near.empty() ? "pipeline.field_unknown" : "pipeline.field_unknown_near",
                       {{"field_id", field}, {"suggestion", near}});
  }

  /// Of a field that has another place: its group.
  std::string suggestion(const std::string& field, const model::Field* known) const {
    if (known == nullptr || known->kind != kind_) return catalogue_.suggest(field);
    return known->group == model::kNoField ? std::string() : catalogue_.at(known->group).id;
  }

  base::Status add(const std::string& field, const boost::json::value& given, object& columns) const {
    if (const auto text = scalar_text(given); text && !text->empty()) {
      columns[field] = *text;
      return {};
    }
    if (given.is_array() && !given.get_array().empty()) return add_list(field, given.get_array(), columns);
    const auto* reason = given.is_object() ? given.get_object().if_contains("absent") : nullptr;
    if (reason == nullptr || !reason->is_string() || !model::absent_reason_named(reason->get_string()))
      return form_of(field);
    columns[field + std::string(kAbsent)] = *reason;
    return {};
  }

  base::Status add_list(const std::string& field, const boost::json::array& given, object& columns) const {
    if (!given.front().is_object()) {
      MUSUBI_ASSIGN(columns[field], joined(field, given));
      return {};
    }
    boost::json::array items;
    for (const auto& each : given) {
      object item;
      if (!each.is_object()) return form_of(field);
      MUSUBI_TRY(add_all(each.get_object(), catalogue_.find(field)->number, item));
      items.push_back(std::move(item));
    }
    columns[field] = std::move(items);
    return {};
  }

  const model::Catalogue& catalogue_;
  model::RecordKind kind_;
};

/// The field that a canonical column is about; empty for the mark of the correction itself.
std::string_view field_of(std::string_view column) {
  if (column == kName) return {};
  if (column.ends_with(kAbsent)) column.remove_suffix(kAbsent.size());
  return column;
}

}  // namespace

std::vector<std::string> fields_named_in(std::string_view kept_fields) {
  std::vector<std::string> named;
  const auto columns = boost::json::parse(kept_fields);
  for (const auto& column : columns.as_object())
    if (const auto field = field_of(column.key()); !field.empty()) named.emplace_back(field);
  return named;
}

base::Status send_back(ledger::Ledger& ledger, const ledger::QuarantinedRecord& held, std::string_view by) {
  return ledger.resolve_quarantined(held.id,
                                    {.row = held.row,
                                     .line = held.line,
                                     .byte = held.byte,
                                     .length = held.length,
                                     .disposition = ledger::Disposition::rejected,
                                     .reason = held.reason,
                                     .findings = held.findings},
                                    by);
}

base::Result<std::string> canonical_columns(std::string_view json, const model::Catalogue& catalogue,
                                            model::RecordKind kind) {
  boost::system::error_code failure;
  const auto parsed = boost::json::parse(json, failure);
  if (failure || !parsed.is_object() || parsed.get_object().empty())
    return base::Error(base::ErrorKind::bad_input, "review.fields_expected");
  object columns{{kName, "1"}};
  MUSUBI_TRY(ColumnWriter(catalogue, kind).add_all(parsed.get_object(), model::kNoField, columns));
  return boost::json::serialize(columns);
}

std::optional<ledger::Correction> newest_correction(const ledger::Ledger& ledger, std::int64_t part,
                                                    std::uint64_t row, const std::string& field) {
  std::optional<ledger::Correction> newest;
  for (auto& each : ledger.corrections_of(part)) {
    if (each.row != row) continue;
    const auto named = fields_named_in(each.fields);
    if (std::ranges::find(named, field) == named.end()) continue;
    newest = std::move(each);
    newest->fields.clear();
  }
  return newest;
}

base::Result<Corrections> Corrections::of_part(const ledger::Ledger& ledger, std::int64_t part,
                                               const mapping::Mapping& mapping) {
  Corrections corrections;
  const auto kept = ledger.corrections_of(part);
  if (kept.empty()) return corrections;
  MUSUBI_ASSIGN(const auto canonical, canonical_mapping(mapping));
  for (const auto& each : kept) {
    MUSUBI_ASSIGN(auto given, read(each.fields, *canonical));
    corrections.of_row_[each.row].push_back(std::move(given));
  }
  return corrections;
}

base::Status Corrections::check(std::string_view fields, const mapping::Mapping& mapping,
                                const model::RecordLayout& layout) {
  MUSUBI_ASSIGN(const auto canonical, canonical_mapping(mapping));
  MUSUBI_ASSIGN(const auto given, read(fields, *canonical));
  const auto wrong = std::ranges::find(given->findings(), model::Severity::error, &model::Finding::severity);
  if (wrong != given->findings().end()) return about(*layout.catalogue, kNotUnderstood, wrong->field);
  const auto values = given->values(0);
  for (std::size_t slot = 0; slot < values.size(); ++slot) {
    const auto field = given->layout().slots[slot];
    if (!values[slot].silent() && layout.slot(field) < 0) return about(*layout.catalogue, kNotRead, field);
  }
  return {};
}

bool Corrections::touches(std::uint64_t row, FieldNumber field) const {
  const auto found = of_row_.find(row);
  return found != of_row_.end() && std::ranges::any_of(found->second, [field](const Given& given) {
           return !given->value(0, field).silent();
         });
}

void Corrections::lay_over(const Given& given, model::RecordBatch& records, std::size_t record) const {
  const auto corrected = given->values(0);
  const auto values = records.values(record);
  auto& findings = records.findings();
  const auto hold = [&](std::string_view code, FieldNumber field) {
    findings.push_back({.code = code,
                        .severity = model::Severity::error,
                        .field = field,
                        .record = static_cast<std::uint32_t>(record),
                        .column = {}});
  };
  records.keep_alive(given);
  for (std::size_t slot = 0; slot < corrected.size(); ++slot) {
    if (corrected[slot].silent()) continue;
    const auto field = given->layout().slots[slot];
    std::erase_if(findings, [&](const model::Finding& finding) {
      return finding.record == record && finding.field == field;
    });
    const int place = records.layout().slot(field);
    if (place < 0) {
      hold(kNotRead, field);
      continue;
    }
    auto& value = values[static_cast<std::size_t>(place)];
    const auto rule = value.rule();
    value = corrected[slot];
    value.set_rule(rule);
  }
  for (const auto& finding : given->findings())
    if (finding.severity == model::Severity::error) hold(kNotUnderstood, finding.field);
}

void Corrections::apply(model::RecordBatch& records, std::size_t first) const {
  if (empty()) return;
  for (auto record = first; record < records.size(); ++record) {
    const auto found = of_row_.find(records.origin(record).row);
    if (found == of_row_.end()) continue;
    for (const auto& given : found->second) lay_over(given, records, record);
  }
  std::ranges::stable_sort(records.findings(), {}, &model::Finding::record);
}

}  // namespace musubi::pipeline
