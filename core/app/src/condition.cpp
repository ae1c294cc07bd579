#include "condition.h"

#include <algorithm>
#include <vector>

#include "musubi/base/nearest.h"
#include "musubi/base/text.h"

namespace musubi::app {
namespace {

using base::Error;
using base::ErrorKind;

/// More codes than these are not listed: the nearest is named.
constexpr std::size_t kMostListed = 40;

Error not_understood() { return {ErrorKind::usage, "app.query.where_not_understood"}; }

Error code_unknown(const std::string& id, const std::string& value,
                   const std::vector<std::string_view>& codes) {
  const auto near = base::nearest(value, codes);
  const auto known = codes.size() <= kMostListed ? base::joined(codes) : near;
  return {ErrorKind::usage,
          known.empty() ? "app.query.code_unknown_many" : "app.query.code_unknown",
          {{"field_id", id}, {"value", value}, {"known", known}, {"count", std::to_string(codes.size())}}};
}

std::vector<std::string_view> codes_of(const model::Field& field, const model::ValueSets& value_sets) {
  if (field.type == model::FieldType::boolean) return {"true", "false"};
  std::vector<std::string_view> codes;
  if (field.type == model::FieldType::municipality_code)
    for (const auto& each : value_sets.municipalities().all()) codes.push_back(each.code);
  const auto* set = field.value_set.empty() ? nullptr : value_sets.find(field.value_set);
  if (set == nullptr) return codes;
  for (const auto& each : set->concepts()) codes.push_back(each.code);
  return codes;
}

base::Status check_value(const model::Field& field, const std::string& value,
                         const model::ValueSets& value_sets) {
  const auto codes = codes_of(field, value_sets);
  if (codes.empty() || std::ranges::find(codes, value) != codes.end()) return {};
  return code_unknown(field.id, value, codes);
}

bool is(const model::Value& value, const std::string& wanted) {
  if (value.kind() != model::ValueKind::list) return value.present() && model::to_text(value) == wanted;
  return std::ranges::any_of(value.as_list(),
                             [&wanted](const model::Value& item) { return is(item, wanted); });
}

}  // namespace

base::Result<model::FieldNumber> field_named(const std::string& id, const model::Catalogue& catalogue) {
  const auto field = catalogue.number_of(id);
  if (field != model::kNoField) return field;
  const auto suggestion = catalogue.suggest(id);
  return Error(ErrorKind::usage,
               suggestion.empty() ? "pipeline.field_unknown" : "pipeline.field_unknown_near",
               {{"field_id", id}, {"suggestion", suggestion}});
}

base::Result<std::optional<Condition>> read_condition(const std::string& text,
                                                      const model::Catalogue& catalogue,
                                                      const model::ValueSets& value_sets) {
  if (text.empty()) return std::optional<Condition>{};
  const auto equals = text.find('=');
  if (equals == text.npos) return not_understood();
  const std::string id(base::trim(std::string_view(text).substr(0, equals)));
  const auto literal = base::trim(std::string_view(text).substr(equals + 1));
  if (literal.size() < 2 || literal.front() != '\'' || literal.back() != '\'') return not_understood();
  Condition condition;
  MUSUBI_ASSIGN(condition.field, field_named(id, catalogue));
  condition.value = literal.substr(1, literal.size() - 2);
  MUSUBI_TRY(check_value(catalogue.at(condition.field), condition.value, value_sets));
  return std::optional(std::move(condition));
}

bool meets(const std::optional<Condition>& condition, const model::Disclosure& disclosure,
           std::size_t index) {
  if (!condition) return true;
  const int slot = disclosure.layout().slot(condition->field);
  return slot >= 0 && is(disclosure.values(index)[static_cast<std::size_t>(slot)], condition->value);
}

}  // namespace musubi::app
