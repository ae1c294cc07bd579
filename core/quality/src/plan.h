// The rules bound to one layout: what run() walks through for every record.
#pragma once

#include "rule_reader.h"

namespace musubi::quality {

/// One expectation of one rule with its fields found. Immutable once made.
struct Step {
  const CheckInfo* check = nullptr;
  Expectation expectation;
  model::FieldNumber subject =
      model::kNoField;    ///< the field a finding names: the first that the layout holds
  int subject_slot = -1;  ///< -1: the layout does not hold it
  int unless_slot = -1;   ///< of a boolean: where it is true, nothing is asked; -1: always asked
  int group_slot = -1;    ///< asked once per item of this group; -1: once per record
};

/// Steps that have nothing to look at in the layout are left out. `rules` must outlive the plan.
std::vector<Step> make_plan(const std::vector<Rule>& rules, const model::RecordLayout& layout);

/// Appends what the batch's records break, ascending by record, to `findings`.
void run_plan(const std::vector<Step>& steps, const model::RecordBatch& records,
              std::chrono::sys_days last_day, std::vector<model::Finding>& findings);

}  // namespace musubi::quality
