// From the text of a mapping to its plan in two steps, so that something can be taken away in between.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "inheritance.h"
#include "plan.h"

namespace musubi::mapping {

/// A mapping's own text, or one that bundle() made, with what it extends. nullopt: it cannot be read at all.
std::optional<Inherited> read_text(std::string_view text, const std::string& shown_name,
                                   const Context& context, Problems& problems);
/// Everything it is, as far as it can be understood; what is wrong is in `problems`.
std::shared_ptr<Mapping::Parts> compile(const Inherited& inherited, const Context& context,
                                        Problems& problems);

}  // namespace musubi::mapping
