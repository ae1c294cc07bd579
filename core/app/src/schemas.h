// JSON Schemas (draft 2020-12) of the configuration files, for the completion and the hints of editors. Their
// sources are core/app/schemas/*.json; what a catalogue and value sets say is filled in: ids of fields with
// their labels, names of value sets and of concept maps.
#pragma once

#include <boost/json/fwd.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "musubi/mapping/mapping.h"

namespace musubi::app {

/// "mapping", "value-set", "concept-map", "policy", "jurisdiction", "route", "checks", "settings".
std::vector<std::string_view> schema_names();

/// nullopt: there is none of that name.
std::optional<boost::json::object> schema_named(std::string_view name, const mapping::Context& context);

/// JSON on several lines, indented by two blanks, with a line break at the end.
std::string indented(const boost::json::value& value);

}  // namespace musubi::app
