// A mapping compiled, and its plan for one header: what apply() runs through, row by row.
#pragma once

#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <vector>

#include "column_names.h"
#include "musubi/mapping/expression_services.h"
#include "outward_spec.h"
#include "rule.h"

namespace musubi::mapping {

struct Mapping::Parts {
  Context context;
  Head head;
  MappingSpec spec;
  CompiledRules compiled;
  std::unique_ptr<const OutwardPlan> outward;  ///< of a mapping that writes
  ConstantStore constants;
  std::unique_ptr<const Places> places;
  std::unique_ptr<const Terminology> terminology;
  std::string text, digest;
};

/// One column a step may read, and the rule number its values carry.
struct StepSource {
  int column = -1;
  std::uint16_t origin = 0;
};

/// A part of a join: a column, or the slot of a field that was mapped before.
struct JoinPart {
  int column = -1;
  int slot = -1;
  bool same_everywhere = false;  ///< a constant: alone it names nothing
  bool is_date = false;          ///< without a whole date the join names nothing
  bool is_required = false;      ///< a column that is never blank: without it the join names nothing
};

/// A cell that an expression reads under the number its compiler gave the name.
struct ExpressionInput {
  std::uint32_t name = 0;
  int column = -1;  ///< -1: the table does not have it
};

struct Step {
  const Rule* rule = nullptr;
  std::uint16_t slot = 0;
  std::uint16_t origin = 0;     ///< rule number of constants, joins and expressions
  bool remembers = false;       ///< converted texts are worth remembering
  bool tries_iso_date = false;  ///< a clean date is quicker read than remembered
  std::vector<StepSource> sources{};
  StepSource reason{};  ///< names why there is no value; column -1: nothing does
  std::vector<JoinPart> parts{};
  std::vector<ExpressionInput> inputs{};
};

/// A repeated group: its steps run on rows that are the record's with the cells of one item behind them.
struct GroupStep {
  const Group* group = nullptr;
  std::uint16_t slot = 0;
  std::uint16_t origin = 0;
  int list = -1;                         ///< column of the list; -1: columns side by side, or not there
  std::vector<std::vector<int>> sets{};  ///< per item the columns of its cells
  std::size_t members = 0;
  std::vector<Step> steps{};
};

struct SkipTest {
  int column = -1;
  std::vector<std::string> words;  ///< comparable
  std::uint16_t reason = 0;
};

struct ConditionTest {
  const fhirpath::Expression* expression = nullptr;
  std::vector<ExpressionInput> inputs{};
};

struct VerdictTest {
  const Verdict* verdict = nullptr;
  ConditionTest when{};
};

struct BoundMapping::Plan {
  std::shared_ptr<const Mapping::Parts> parts;
  std::shared_ptr<const model::RecordLayout> layout;
  Drift drift;
  std::vector<Step> steps;
  std::vector<GroupStep> groups;
  std::vector<SkipTest> skip_tests;
  std::vector<std::size_t> dated_steps;  ///< whose codes were not always in use
  int event_slot = -1;                   ///< of the date that decides; -1: there is none
  std::vector<int> item_columns;         ///< of for_each: a row in which all of them are blank has no item
  std::optional<ConditionTest> when;
  std::vector<VerdictTest> verdicts;
  std::vector<SkipReason> skip_reasons;
  std::uint16_t no_item_reason = 0, when_reason = 0;
  bool has_expressions = false;
  std::size_t width = 0;
  std::size_t names = 0;  ///< the most that a scope has
};

/// Threads: any.
class Mapping::LastBound {
 public:
  /// nullptr: the columns are others.
  std::shared_ptr<const BoundMapping::Plan> find(std::span<const std::string> columns) const;
  void keep(std::span<const std::string> columns, std::shared_ptr<const BoundMapping::Plan> plan);

 private:
  mutable std::mutex mutex_;
  std::vector<std::string> columns_;
  std::shared_ptr<const BoundMapping::Plan> plan_;
};

}  // namespace musubi::mapping
