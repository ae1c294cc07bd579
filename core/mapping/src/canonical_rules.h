// The rules of a mapping that takes records as Musubi itself writes them (takes: canonical).
#pragma once

#include "mapping_spec.h"

namespace musubi::mapping {

/// A rule, and its columns among the optional ones, for every field of the record kind that no rule fills: by
/// the field's id, or {"absent": reason} instead of the value, as model::to_json() writes them.
void add_canonical_rules(MappingSpec& spec, const model::Catalogue& catalogue);

}  // namespace musubi::mapping
