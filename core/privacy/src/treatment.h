// What a decision does to one value.
#pragma once

#include <vector>

#include "compiled.h"
#include "musubi/model/record_batch.h"

namespace musubi::privacy {

/// What happens to the value of one field. For a group some of whose members are not released as they are:
/// `members`, in the order of Catalogue::members_of.
struct ValuePlan {
  Treatment treatment = Treatment::withhold;
  Generalisation generalisation;
  std::vector<ValuePlan> members;

  bool copies() const noexcept { return treatment == Treatment::release && members.empty(); }
};

ValuePlan plan_value(const CompiledRequest& request, SegmentRange range, const model::Catalogue& catalogue,
                     const model::Field& field);

/// The value as the recipient may see it; lists are made in the arena of `batch`. What cannot be made coarser
/// is masked. Text still points where the value pointed.
model::Value treated(const ValuePlan& plan, const model::Value& value, model::RecordBatch& batch);

}  // namespace musubi::privacy
