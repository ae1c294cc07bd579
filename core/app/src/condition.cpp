#include "condition.h"

namespace musubi::app {

using base::Error;
using base::ErrorKind;

base::Result<model::FieldNumber> field_named(const std::string& id, const model::Catalogue& catalogue) {
  const auto field = catalogue.number_of(id);
  if (field != model::kNoField) return field;
  const auto suggestion = catalogue.suggest(id);
  return Error(ErrorKind::usage,
               suggestion.empty() ? "pipeline.field_unknown" : "pipeline.field_unknown_near",
               {{"field_id", id}, {"suggestion", suggestion}});
}

base::Result<std::optional<mapping::RecordCondition>> read_condition(const std::string& text,
                                                                     const mapping::Context& context,
                                                                     model::RecordKind kind) {
  std::optional<mapping::RecordCondition> condition;
  if (text.empty()) return condition;
  auto compiled = mapping::RecordCondition::compile(text, context, kind);
  if (compiled.has_error()) {
    auto place = compiled.error().place();
    place.file = "--where";
    return Error(ErrorKind::usage, "app.query.where_not_understood")
        .because(compiled.error().at(std::move(place)));
  }
  condition.emplace(std::move(*compiled));
  return condition;
}

}  // namespace musubi::app
