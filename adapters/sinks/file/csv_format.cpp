#include <algorithm>
#include <vector>

#include "format.h"
#include "musubi/base/csv_text.h"
#include "musubi/model/schema.h"

namespace musubi::file_sink {
namespace {

using model::FieldType;
using model::Value;
using model::ValueKind;

constexpr std::string_view kMark = "\xEF\xBB\xBF";
constexpr std::string_view kBook = "record,version,position,as_of,source,submission,absent";

class CsvFormat final : public Format {
 public:
  CsvFormat(std::shared_ptr<const model::Catalogue> catalogue, model::RecordKind kind, bool mark)
      : catalogue_(std::move(catalogue)), kind_(kind), mark_(mark) {
    for (const auto number : catalogue_->fields_of(kind))
      if (catalogue_->at(number).group == model::kNoField) columns_.push_back(number);
  }

  std::string beginning() const override;
  base::Status resume(std::string_view first_bytes) override;
  base::Status prepare(const model::RecordLayout& layout) override;
  void append(std::string& out, const model::Disclosure& disclosure, std::size_t index) const override;

 private:
  std::shared_ptr<const model::Catalogue> catalogue_;
  model::RecordKind kind_;
  bool mark_;
  std::vector<model::FieldNumber> columns_;
};

base::Error header_unknown() { return {base::ErrorKind::environment, "adapter.csv_header_unknown"}; }

bool is_number(FieldType type) {
  return type == FieldType::integer || type == FieldType::decimal || type == FieldType::quantity ||
         type == FieldType::age;
}

/// One value as JSON, by way of a record that has nothing else.
std::string json_of(const model::RecordLayout& layout, std::size_t slot, const Value& value) {
  std::vector<Value> alone(layout.slots.size());
  alone[slot] = value;
  const auto record = model::to_json(layout, alone);
  const auto colon = record.find(':');
  return record.substr(colon + 1, record.size() - colon - 2);
}

void append_value(std::string& out, const model::RecordLayout& layout, std::size_t slot, const Value& value) {
  if (!value.present()) return;
  const auto& field = layout.catalogue->at(layout.slots[slot]);
  if (value.kind() == ValueKind::list) return base::append_csv_cell(out, json_of(layout, slot, value));
  const auto cell = is_number(field.type) ? base::CsvCell::number : base::CsvCell::text;
  base::append_csv_cell(out, model::to_text(value), cell);
}

std::string CsvFormat::beginning() const {
  std::string header(mark_ ? kMark : "");
  header += kBook;
  for (const auto column : columns_) header.append(",").append(catalogue_->at(column).id);
  return header + "\r\n";
}

base::Status CsvFormat::resume(std::string_view first_bytes) {
  if (first_bytes.starts_with(kMark)) first_bytes.remove_prefix(kMark.size());
  const auto end = first_bytes.find("\r\n");
  if (!first_bytes.starts_with(kBook) || end == first_bytes.npos) return header_unknown();
  auto rest = first_bytes.substr(kBook.size(), end - kBook.size());
  columns_.clear();
  while (!rest.empty()) {
    const auto comma = rest.find(',', 1);
    const auto number = catalogue_->number_of(rest.substr(1, comma == rest.npos ? rest.npos : comma - 1));
    if (number == model::kNoField) return header_unknown();
    columns_.push_back(number);
    rest.remove_prefix(comma == rest.npos ? rest.size() : comma);
  }
  return {};
}

base::Status CsvFormat::prepare(const model::RecordLayout& layout) {
  if (layout.kind != kind_) {
    return base::Error(base::ErrorKind::bad_configuration, "adapter.csv_other_kind",
                       {{"expected", std::string(model::name_of(kind_))},
                        {"given", std::string(model::name_of(layout.kind))}});
  }
  for (const auto field : layout.slots) {
    if (std::ranges::find(columns_, field) == columns_.end())
      return base::Error(base::ErrorKind::bad_configuration, "adapter.csv_column_missing")
          .on_path(layout.catalogue->at(field).id);
  }
  return {};
}

void CsvFormat::append(std::string& out, const model::Disclosure& disclosure, std::size_t index) const {
  const auto& key = disclosure.key(index);
  const auto& layout = disclosure.layout();
  const auto values = disclosure.values(index);
  out.append(std::to_string(key.record)).append(",").append(std::to_string(key.version)).append(",");
  out.append(name_of(key.position)).append(",").append(day_text(key.as_of)).append(",");
  base::append_csv_cell(out, disclosure.source());
  out.append(",").append(std::to_string(disclosure.submission())).append(",");
  std::string absent;
  model::append_absences(layout, values, absent);
  base::append_csv_cell(out, absent);
  for (const auto column : columns_) {
    out += ',';
    if (const int slot = layout.slot(column); slot >= 0)
      append_value(out, layout, static_cast<std::size_t>(slot), values[static_cast<std::size_t>(slot)]);
  }
  out += "\r\n";
}

}  // namespace

std::unique_ptr<Format> csv_format(std::shared_ptr<const model::Catalogue> catalogue, model::RecordKind kind,
                                   bool byte_order_mark) {
  return std::make_unique<CsvFormat>(std::move(catalogue), kind, byte_order_mark);
}

}  // namespace musubi::file_sink
