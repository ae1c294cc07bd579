#include "corrections.h"

#include <algorithm>
#include <boost/json.hpp>

namespace musubi::pipeline {
namespace {

using boost::json::object;
using model::FieldNumber;

constexpr std::string_view kName = "correction";
constexpr std::string_view kAbsent = ".absent";
constexpr std::string_view kNotRead = "review.field_not_read";

std::string taking_canonical(model::RecordKind kind) {
  return "mapping: review/corrections\nversion: 2020-01-01\nreads: json\ncolumns: [correction]\n"
         "takes: canonical\nrecord: " +
         std::string(model::name_of(kind)) + "\n";
}

base::Error about(const model::Catalogue& catalogue, std::string_view code, FieldNumber field) {
  return base::Error(base::ErrorKind::bad_input, code,
                     {{"field", field == model::kNoField ? std::string() : catalogue.at(field).id}});
}

/// The one record that `fields` is.
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
  for (const auto& finding : records->findings())
    if (finding.severity == model::Severity::error)
      return about(*records->layout().catalogue, "review.value_not_understood", finding.field);
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

base::Status add_column(const std::string& field, const boost::json::value& given, object& columns);

base::Result<boost::json::array> items_of(const std::string& field, const boost::json::array& given) {
  boost::json::array items;
  for (const auto& each : given) {
    object item;
    if (!each.is_object()) return form_of(field);
    for (const auto& [name, value] : each.get_object()) MUSUBI_TRY(add_column(name, value, item));
    items.push_back(std::move(item));
  }
  return items;
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

base::Status add_list(const std::string& field, const boost::json::array& given, object& columns) {
  if (!given.empty() && given.front().is_object()) {
    MUSUBI_ASSIGN(columns[field], items_of(field, given));
  } else {
    MUSUBI_ASSIGN(columns[field], joined(field, given));
  }
  return {};
}

base::Status add_column(const std::string& field, const boost::json::value& given, object& columns) {
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

base::Status check_known(const std::string& field, const model::Catalogue& catalogue,
                         model::RecordKind kind) {
  const auto* known = catalogue.find(field);
  if (known != nullptr && known->kind == kind) return {};
  const auto near = catalogue.suggest(field);
  return base::Error(base::ErrorKind::bad_input,
                     near.empty() ? "pipeline.field_unknown" : "pipeline.field_unknown_near",
                     {{"field_id", field}, {"suggestion", near}});
}

}  // namespace

base::Result<std::string> canonical_columns(std::string_view json, const model::Catalogue& catalogue,
                                            model::RecordKind kind) {
  boost::system::error_code failure;
  const auto parsed = boost::json::parse(json, failure);
  if (failure || !parsed.is_object() || parsed.get_object().empty())
    return base::Error(base::ErrorKind::bad_input, "review.fields_expected");
  object columns{{kName, "1"}};
  for (const auto& [name, value] : parsed.get_object()) {
    MUSUBI_TRY(check_known(name, catalogue, kind));
    MUSUBI_TRY(add_column(name, value, columns));
  }
  return boost::json::serialize(columns);
}

std::optional<ledger::Correction> newest_correction(const ledger::Ledger& ledger, std::int64_t part,
                                                    std::uint64_t row, const std::string& field) {
  std::optional<ledger::Correction> newest;
  for (auto& each : ledger.corrections_of(part)) {
    const auto columns = boost::json::parse(each.fields).as_object();
    if (each.row != row || !(columns.contains(field) || columns.contains(field + std::string(kAbsent))))
      continue;
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
  records.keep_alive(given);
  for (std::size_t slot = 0; slot < corrected.size(); ++slot) {
    if (corrected[slot].silent()) continue;
    const auto field = given->layout().slots[slot];
    std::erase_if(findings, [&](const model::Finding& finding) {
      return finding.record == record && finding.field == field;
    });
    const int place = records.layout().slot(field);
    if (place < 0) {
      findings.push_back({.code = kNotRead,
                          .severity = model::Severity::error,
                          .field = field,
                          .record = static_cast<std::uint32_t>(record),
                          .column = {}});
      continue;
    }
    auto& value = values[static_cast<std::size_t>(place)];
    const auto rule = value.rule();
    value = corrected[slot];
    value.set_rule(rule);
  }
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
