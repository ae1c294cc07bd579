// A rule of a mapping, compiled: what to do, with every name looked up. Binding adds the columns of a header.
#pragma once

#include <deque>
#include <map>
#include <string>
#include <vector>

#include "conversion.h"
#include "musubi/fhirpath/expression.h"
#include "scope.h"

namespace musubi::mapping {

struct CompiledAbsent {
  std::string word;  ///< comparable
  model::AbsentReason reason = model::AbsentReason::unknown;
};

struct Rule {
  std::string field_id{};
  model::FieldNumber field = model::kNoField;
  std::uint32_t line = 0;
  std::string mapping{};  ///< "id@version" of the one it is inherited from; empty: it is the mapping's own
  RuleSource source = RuleSource::columns;
  std::vector<std::string> from{};  ///< columns as the scope names them, or parts of a join
  std::optional<fhirpath::Expression> expression{};
  std::string prefix{}, separator = "/";      ///< of a join
  std::vector<std::string> required_parts{};  ///< of a join: columns that the mapping calls required
  Conversion conversion{};
  std::string split{};                    ///< not empty: the text holds several values
  std::string absent_from{};              ///< column with the reason for having no value; may be empty
  std::vector<CompiledAbsent> absents{};  ///< without the blank
  const model::ValueSet* usual_absents = nullptr;  ///< words of absence that hold as well
  model::Value blank{};     ///< what a blank cell means; silent: the source says nothing
  model::Value constant{};  ///< of a constant rule; the default of others
  OnError on_error = OnError::review;
  bool repeats = false;        ///< the field is a list
  bool must_be_there = false;  ///< a blank is a finding
  bool may_be_empty = false;   ///< of an expression: what yields nothing means `empty` and is no failure
  model::Value empty{};
};

/// A repeated group with the rules of its members.
struct Group {
  std::string field_id{};
  model::FieldNumber field = model::kNoField;
  std::uint32_t line = 0;
  ItemLayout items{};
  Scope scope{};
  std::vector<Rule> rules{};
};

/// A condition over a row.
struct Condition {
  fhirpath::Expression expression;
  std::vector<std::string> reads{};  ///< names of the scope
};

struct Verdict {
  Condition when;
  std::string code{};
  bool rejects = false;
};

/// What constants of rules point into.
struct ConstantStore {
  std::deque<std::string> texts;
  std::deque<std::vector<model::Value>> lists;
  std::map<std::string, model::ValueSet, std::less<>> value_sets;  ///< with the words of this mapping
};

/// All that a mapping says of a row, compiled.
struct CompiledRules {
  std::optional<ItemLayout> items{};  ///< of for_each: each item is a record
  Scope scope{};
  std::vector<Rule> rules{};  ///< joins last
  std::vector<Group> groups{};
  std::optional<Condition> when{};
  std::vector<Verdict> verdicts{};
};

/// What the parts of one mapping are compiled with.
struct Compilation {
  const Context& context;
  const MappingSpec& spec;
  ConstantStore& constants;
  Problems& problems;
  std::span<const std::string> files{};     ///< texts, by the numbers that marks have
  std::span<const std::string> mappings{};  ///< "id@version", by the same numbers; the first is its own
};

/// Rules that stand beside each other: those of the record, or of one group.
struct RuleSet {
  const std::vector<RuleSpec>& rules;
  const Scope& scope;
  model::FieldNumber group = model::kNoField;
};

/// Whatever could be compiled; whatever is wrong is in the problems.
CompiledRules compile_all(Compilation& compilation);
std::vector<Rule> compile_rules(const RuleSet& set, Compilation& compilation);
std::vector<Group> compile_groups(const Scope& record, Compilation& compilation);
/// The mistake of an expression becomes a problem at its place in the file.
void add_mistake(const base::Error& error, const Located& text, Compilation& compilation);
/// nullopt: it could not be compiled, which is a problem at its place in the file.
std::optional<fhirpath::Expression> compile_expression(const Located& text, const Scope& scope,
                                                       Compilation& compilation);
/// The names of the scope that an expression compiled over it reads.
std::vector<std::string> names_read(const fhirpath::Expression& expression, const Scope& scope);
/// Value sets with the words that the mapping adds, in the constants.
void compile_words(Compilation& compilation);
std::optional<Condition> compile_condition(const Located& text, const Scope& scope, Compilation& compilation);
std::vector<Verdict> compile_verdicts(const Scope& scope, Compilation& compilation);
/// nullopt: `as`, `lookup` and the field do not fit each other.
std::optional<Conversion> conversion_for(const RuleSpec& spec, const model::Field& field,
                                         Compilation& compilation);
/// How a text becomes a value of a type that is no code; nullopt: a group or a code.
std::optional<Conversion> plain_conversion(model::FieldType type, const Context& context);
/// Whether a conversion can meet a text it does not understand.
bool can_fail(Operation operation) noexcept;
/// Value of a text written in the mapping itself; silent: not understood.
model::Value constant_value(const Conversion& conversion, std::string_view text, ConstantStore& constants);

}  // namespace musubi::mapping
