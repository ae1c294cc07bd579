// Reads the `rules:` of a policy pack or a jurisdiction file.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "musubi/base/yaml_map.h"
#include "rule.h"

namespace musubi::privacy {

using base::Problems;
using base::YamlMap;

/// What a file says of all its rules.
struct RuleFrame {
  std::string owner;  ///< prefix of the rules' ids: the pack's id or "jurisdiction/130001"
  DayRange in_force;
  Day recorded = kDawn;
};

/// {from: …, to: …}: the first day in force and the first day no longer; either may be left out.
DayRange read_range(const YamlMap& map, std::string_view from, std::string_view to);

/// The day a key names.
std::optional<Day> read_day(const YamlMap& map, std::string_view key);

std::vector<std::unique_ptr<const Rule>> read_rules(const YamlMap& map, const RuleFrame& frame,
                                                    const model::Catalogue& catalogue);

}  // namespace musubi::privacy
