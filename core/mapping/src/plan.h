// A mapping compiled, and its plan for one header: what apply() runs through, row by row.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "column_names.h"
#include "rule.h"

namespace musubi::mapping {

struct Mapping::Parts {
  Context context;
  Head head;
  MappingSpec spec;
  std::vector<Rule> rules;  ///< joins last
  ConstantStore constants;
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
};

struct Step {
  const Rule* rule = nullptr;
  std::uint16_t slot = 0;
  std::uint16_t origin = 0;     ///< rule number of constants and joins
  bool remembers = false;       ///< converted texts are worth remembering
  bool tries_iso_date = false;  ///< a clean date is quicker read than remembered
  std::vector<StepSource> sources{};
  std::vector<JoinPart> parts{};
};

struct SkipTest {
  int column = -1;
  std::vector<std::string> words;  ///< comparable
  std::uint16_t reason = 0;
};

struct BoundMapping::Plan {
  std::shared_ptr<const Mapping::Parts> parts;
  std::shared_ptr<const model::RecordLayout> layout;
  Drift drift;
  std::vector<Step> steps;
  std::vector<SkipTest> skip_tests;
  std::vector<SkipReason> skip_reasons;
  std::size_t width = 0;
};

}  // namespace musubi::mapping
