// JSON Schema (draft 2020-12) of the canonical JSON of a record.
#include <fmt/format.h>

#include <string>

#include "musubi/base/json_text.h"
#include "musubi/model/schema.h"

namespace musubi::model {
namespace {

constexpr std::string_view kPartialDate =
    R"("pattern":"^([0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?|--[0-9]{2}(-[0-9]{2})?)$")";
constexpr std::string_view kAbsent =
    R"("absent":{"type":"object","properties":{"absent":{"enum":["not_asked","unknown","under_investigation",)"
    R"("not_disclosed","not_applicable","unreadable"]}},"required":["absent"],"additionalProperties":false})";

std::string json_text(std::string_view text) {
  std::string out;
  base::append_json_string(out, text);
  return out;
}

/// What one value of the type looks like, without braces.
std::string type_keywords(const Field& field) {
  switch (field.type) {
    case FieldType::integer:
      return R"("type":"integer")";
    case FieldType::decimal:
    case FieldType::quantity:
      return R"("type":"number")";
    case FieldType::boolean:
      return R"("type":"boolean")";
    case FieldType::age:
      return R"("oneOf":[{"type":"integer","minimum":0},{"type":"string","pattern":"^[0-9]+ months$"}])";
    case FieldType::date:
      return fmt::format(R"("type":"string",{})", kPartialDate);
    case FieldType::time:
      return R"("type":"string","format":"date-time")";
    case FieldType::postal_code:
      return R"("type":"string","pattern":"^[0-9]{7}$")";
    case FieldType::municipality_code:
      return R"("type":"string","pattern":"^[0-9]{6}$")";
    default:
      return R"("type":"string")";
  }
}

/// What a person or a form generator wants to know, as annotations.
std::string annotations(const Field& field) {
  auto text = fmt::format(R"("title":{},"description":{},"x-type":"{}","x-class":"{}")",
                          json_text(field.label.japanese), json_text(field.label.english),
                          name_of(field.type), name_of(field.personal_class));
  if (!field.value_set.empty()) text += fmt::format(R"(,"x-values":{})", json_text(field.value_set));
  if (!field.unit.empty()) text += fmt::format(R"(,"x-unit":{})", json_text(field.unit));
  return text;
}

std::string property(const Catalogue& catalogue, const Field& field);

std::string object_keywords(const Catalogue& catalogue, const std::vector<FieldNumber>& fields) {
  std::string properties, required;
  for (const auto number : fields) {
    const Field& field = catalogue.at(number);
    properties += (properties.empty() ? "\n" : ",\n") + property(catalogue, field);
    if (field.required) required += (required.empty() ? "" : ",") + json_text(field.id);
  }
  return fmt::format(R"("type":"object","properties":{{{}}},"required":[{}],"additionalProperties":false)",
                     properties, required);
}

std::string value_keywords(const Catalogue& catalogue, const Field& field) {
  const auto one = field.type == FieldType::group
                       ? object_keywords(catalogue, catalogue.members_of(field.number))
                       : type_keywords(field);
  return field.repeats ? fmt::format(R"("type":"array","items":{{{}}})", one) : one;
}

std::string property(const Catalogue& catalogue, const Field& field) {
  return fmt::format(R"({}:{{{},"anyOf":[{{{}}},{{"$ref":"#/$defs/absent"}}]}})", json_text(field.id),
                     annotations(field), value_keywords(catalogue, field));
}

}  // namespace

std::string json_schema(const Catalogue& catalogue, RecordKind kind) {
  std::vector<FieldNumber> own;
  for (const auto number : catalogue.fields_of(kind))
    if (catalogue.at(number).group == kNoField) own.push_back(number);
  return fmt::format(
      "{{\"$schema\":\"https://json-schema.org/draft/2020-12/schema\",\"$id\":\"urn:musubi:{}\",\n"
      "\"$comment\":\"Generated from the catalogue, version {}\",\"$defs\":{{{}}},\n{}}}\n",
      name_of(kind), catalogue.version(), kAbsent, object_keywords(catalogue, own));
}

}  // namespace musubi::model
