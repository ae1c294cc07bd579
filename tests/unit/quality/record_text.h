// Records written as "field=value; field=value", for tables of tests.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "musubi/base/japanese_date.h"
#include "musubi/base/text.h"
#include "musubi/model/record_batch.h"

namespace musubi::quality::test {

struct Assignment {
  std::string field, value;
};

inline std::vector<Assignment> assignments_of(const std::string& text) {
  std::vector<Assignment> all;
  for (std::size_t begin = 0; begin <= text.size();) {
    const auto end = std::min(text.find(';', begin), text.size());
    const std::string_view part = base::trim(std::string_view(text).substr(begin, end - begin));
    const auto equals = std::min(part.find('='), part.size());
    all.push_back(
        {std::string(part.substr(0, equals)), std::string(part.substr(std::min(equals + 1, part.size())))});
    begin = end + 1;
  }
  return all;
}

inline model::Value age_of(const std::string& text) {
  const auto blank = text.find(' ');
  return model::Value::age({std::stoi(text.substr(0, blank)), blank != std::string::npos});
}

inline model::Value decimal_of(const std::string& text) {
  std::string digits = text;
  const auto point = text.find('.');
  if (point != std::string::npos) digits.erase(point, 1);
  const auto scale = point == std::string::npos ? 0 : text.size() - point - 1;
  return model::Value::decimal({std::stoll(digits), static_cast<std::uint8_t>(scale)});
}

/// `kept` must outlive the value.
inline model::Value value_of(model::FieldType type, std::string_view kept) {
  const std::string text(kept);
  if (text.empty()) return {};
  if (text[0] == '?') return model::Value::absent(model::absent_reason_named(text.substr(1)).value());
  switch (type) {
    case model::FieldType::date:
      return model::Value::date(base::parse_date(text).value());
    case model::FieldType::code:
    case model::FieldType::municipality_code:
      return model::Value::code(kept);
    case model::FieldType::age:
      return age_of(text);
    case model::FieldType::boolean:
      return model::Value::boolean(text == "true");
    case model::FieldType::integer:
      return model::Value::integer(std::stoll(text));
    case model::FieldType::decimal:
    case model::FieldType::quantity:
      return decimal_of(text);
    default:
      return model::Value::text(kept);
  }
}

/// A batch with one record, of a layout with just the fields named.
inline model::RecordBatch batch_of(const std::shared_ptr<const model::Catalogue>& catalogue,
                                   const std::vector<Assignment>& assignments,
                                   model::RecordKind kind = model::RecordKind::case_report) {
  std::vector<model::FieldNumber> fields;
  for (const auto& [field, value] : assignments) fields.push_back(catalogue->number_of(field));
  auto layout =
      std::make_shared<const model::RecordLayout>(model::make_layout(catalogue, kind, std::move(fields)));
  model::RecordBatch batch(layout);
  const auto values = batch.add({});
  for (const auto& [field, value] : assignments) {
    const model::Field& known = *catalogue->find(field);
    values[static_cast<std::size_t>(layout->slot(known.number))] = value_of(known.type, batch.keep(value));
  }
  return batch;
}

}  // namespace musubi::quality::test
