// The condition of --where: FHIRPath over canonical records.
#pragma once

#include <optional>
#include <string>

#include "musubi/mapping/outward.h"

namespace musubi::app {

/// nullopt for an empty text: every record is meant. Error: app.query.where_not_understood, of kind usage,
/// with its cause and the place in the text.
base::Result<std::optional<mapping::RecordCondition>> read_condition(const std::string& text,
                                                                     const mapping::Context& context,
                                                                     model::RecordKind kind);

/// The field named `id`. Error: pipeline.field_unknown, of kind usage.
base::Result<model::FieldNumber> field_named(const std::string& id, const model::Catalogue& catalogue);

}  // namespace musubi::app
