// A rule of a mapping, compiled: what to do, with every name looked up. Binding adds the columns of a header.
#pragma once

#include <deque>
#include <string>
#include <vector>

#include "conversion.h"
#include "mapping_spec.h"

namespace musubi::mapping {

struct CompiledAbsent {
  std::string word;  ///< comparable
  model::AbsentReason reason = model::AbsentReason::unknown;
};

struct Rule {
  std::string field_id{};
  model::FieldNumber field = model::kNoField;
  std::uint32_t line = 0;
  RuleSource source = RuleSource::columns;
  std::vector<std::string> from{};        ///< columns, or parts of a join
  std::string prefix{}, separator = "/";  ///< of a join
  Conversion conversion{};
  std::string split{};                             ///< not empty: the text holds several values
  std::vector<CompiledAbsent> absents{};           ///< without the blank
  const model::ValueSet* usual_absents = nullptr;  ///< words of absence that hold as well
  model::Value blank{};     ///< what a blank cell means; silent: the source says nothing
  model::Value constant{};  ///< of a constant rule; the default of others
  OnError on_error = OnError::review;
  bool repeats = false;        ///< the field is a list
  bool must_be_there = false;  ///< a blank is a finding
};

/// What constants of rules point into.
struct ConstantStore {
  std::deque<std::string> texts;
  std::deque<std::vector<model::Value>> lists;
};

struct Compilation {
  const Context& context;
  const MappingSpec& spec;
  ConstantStore& constants;
  Problems& problems;
};

/// Every rule that could be compiled, joins last; whatever is wrong is in the problems.
std::vector<Rule> compile_rules(Compilation& compilation);
/// nullopt: `as`, `lookup` and the field do not fit each other.
std::optional<Conversion> conversion_for(const RuleSpec& spec, const model::Field& field,
                                         Compilation& compilation);
/// Whether a conversion can meet a text it does not understand.
bool can_fail(Operation operation) noexcept;
/// Value of a text written in the mapping itself; silent: not understood.
model::Value constant_value(const Conversion& conversion, std::string_view text, ConstantStore& constants);

}  // namespace musubi::mapping
