#include <algorithm>
#include <optional>

#include "musubi/base/nearest.h"
#include "musubi/fhirpath/evaluation.h"
#include "musubi/mapping/expression_services.h"
#include "musubi/mapping/outward.h"
#include "record_document.h"

namespace musubi::mapping {
namespace {

using base::Error;
using base::ErrorKind;

/// More codes than these are not listed.
constexpr std::size_t kMostListed = 40;

Error code_unknown(const fhirpath::ComparedText& compared, const model::ValueSet& set) {
  std::vector<std::string_view> codes;
  for (const auto& each : set.concepts()) codes.push_back(each.code);
  const auto suggestion = base::nearest(compared.text, codes);
  std::string_view code = "mapping.compared_code_unknown";
  if (codes.size() <= kMostListed)
    code = "mapping.compared_code_unknown_listed";
  else if (!suggestion.empty())
    code = "mapping.compared_code_unknown_near";
  return Error(ErrorKind::bad_configuration, code,
               {{"word", compared.text},
                {"field_id", compared.path},
                {"value_set", set.id()},
                {"suggestion", suggestion},
                {"known", base::joined(codes)}})
      .at({.line = compared.line, .column = compared.column});
}

const model::ValueSet* value_set_of(const model::Field& field, const model::ValueSets& value_sets) {
  const bool is_place = field.type == model::FieldType::municipality_code;
  return value_sets.find(is_place ? "municipality" : field.value_set);
}

/// How a value of a type is written in an expression, where that is not in quotation marks; empty: it is.
std::string_view written_form(model::FieldType type) {
  switch (type) {
    case model::FieldType::boolean:
      return "true";
    case model::FieldType::date:
      return "@2020-04-01";
    case model::FieldType::time:
      return "@2020-04-01T09:30:00+09:00";
    case model::FieldType::integer:
    case model::FieldType::age:
      return "40";
    case model::FieldType::decimal:
    case model::FieldType::quantity:
      return "37.5";
    default:
      return {};
  }
}

Error other_type(const fhirpath::ComparedText& compared, model::FieldType type) {
  return Error(ErrorKind::bad_configuration, "mapping.compared_with_text",
               {{"field_id", compared.path},
                {"type", std::string(model::name_of(type))},
                {"example", std::string(written_form(type))}})
      .at({.line = compared.line, .column = compared.column});
}

/// What could never be met: a code that the field's value set does not have, a text where a field holds none.
base::Status check_compared(const fhirpath::Expression& expression, const Context& context) {
  for (const auto& compared : fhirpath::compared_texts(expression)) {
    const auto number = context.catalogue->number_of(compared.path);
    if (number == model::kNoField) continue;
    const auto& field = context.catalogue->at(number);
    if (!written_form(field.type).empty()) return other_type(compared, field.type);
    const auto* set = value_set_of(field, *context.value_sets);
    if (set != nullptr && set->with_code(compared.text) == nullptr) return code_unknown(compared, *set);
  }
  return {};
}

}  // namespace

struct RecordCondition::State {
  State(const Context& context, model::RecordKind kind)
      : types(*context.catalogue, kind),
        places(context.value_sets),
        terminology(context.value_sets),
        document(types),
        evaluation(services()) {}

  fhirpath::Services services() const {
    fhirpath::Services all;
    all.places = &places;
    all.terminology = &terminology;
    return all;
  }

  RecordTypes types;
  Places places;
  Terminology terminology;
  RecordDocument document;
  fhirpath::Evaluation evaluation;
  std::optional<fhirpath::Expression> expression;
};

RecordCondition::RecordCondition(std::unique_ptr<State> state) : state_(std::move(state)) {}
RecordCondition::RecordCondition(RecordCondition&&) noexcept = default;
RecordCondition& RecordCondition::operator=(RecordCondition&&) noexcept = default;
RecordCondition::~RecordCondition() = default;

base::Result<RecordCondition> RecordCondition::compile(std::string_view text, const Context& context,
                                                       model::RecordKind kind) {
  auto state = std::make_unique<State>(context, kind);
  MUSUBI_ASSIGN(auto expression, fhirpath::Expression::compile(text, {.model = &state->types.table(),
                                                                      .root_type = state->types.root(),
                                                                      .strict = true}));
  MUSUBI_TRY(check_compared(expression, context));
  state->expression.emplace(std::move(expression));
  return RecordCondition(std::move(state));
}

base::Result<bool> RecordCondition::holds(const model::RecordLayout& layout,
                                          std::span<const model::Value> values) {
  MUSUBI_ASSIGN(const auto record, state_->document.of(layout, values));
  MUSUBI_ASSIGN(const auto results, state_->evaluation.run(*state_->expression, record));
  return fhirpath::holds(results);
}

}  // namespace musubi::mapping
