// Rules that each report is judged by many times over, answered by code instead of their expressions. What an
// answer here says is what the expression says (tests/unit/fhir/rule_shortcuts_test.cpp compares them), but
// for ref-1 and dom-3, which say more: see contained_check.h.
#pragma once

#include <optional>
#include <string_view>

#include "musubi/fhirpath/resource.h"

namespace musubi::fhir {

/// Whether the rule holds at the node; nullopt: its expression must say, as for what is written out of form.
using RuleShortcut = std::optional<bool> (*)(const fhirpath::Resource&, const fhirpath::ResourceNode&);

/// Of the official rule so named ("bdl-7"); nullptr: there is none.
RuleShortcut shortcut_of(std::string_view key) noexcept;

}  // namespace musubi::fhir
