// The condition of `musubi query --where`: field = 'value', the part of FHIRPath that the query understands
// today.
#pragma once

#include <optional>
#include <string>

#include "musubi/base/result.h"
#include "musubi/model/disclosure.h"
#include "musubi/model/value_set.h"

namespace musubi::app {

struct Condition {
  model::FieldNumber field = model::kNoField;
  std::string value;
};

/// nullopt for an empty text. Errors, all of kind usage: app.query.where_not_understood,
/// pipeline.field_unknown, app.query.code_unknown for a code the field's value set does not have.
base::Result<std::optional<Condition>> read_condition(const std::string& text,
                                                      const model::Catalogue& catalogue,
                                                      const model::ValueSets& value_sets);

/// A list meets it when one of its items does. A field that the disclosure does not hold never does.
bool meets(const std::optional<Condition>& condition, const model::Disclosure& disclosure, std::size_t index);

/// The field named `id`. Error: pipeline.field_unknown, of kind usage.
base::Result<model::FieldNumber> field_named(const std::string& id, const model::Catalogue& catalogue);

}  // namespace musubi::app
