// What was worked out for one request, once for all who protect for it.
#pragma once

#include <deque>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <vector>

#include "compiled.h"
#include "musubi/model/record_batch.h"
#include "treatment.h"

namespace musubi::privacy {

/// How records of one layout are disclosed in one range of segments.
struct Plan {
  struct Slot {
    std::size_t from = 0;  ///< slot of the source layout
    ValuePlan value;
  };
  SegmentRange range;
  /// Of the disclosed fields; nullptr: nothing may be seen.
  std::shared_ptr<const model::RecordLayout> layout;
  std::vector<Slot> slots;
  std::vector<std::string> rules;
  bool plain = true;  ///< every slot is copied as it is
};

std::string rule_of(const FieldDecision& decision);

/// Threads: any.
class Rulings {
 public:
  /// `rules` outlive this.
  Rulings(std::span<const AppliedRule> rules, const Request& request, std::size_t fields)
      : compiled_(rules, request, fields) {}

  const CompiledRequest& compiled() const noexcept { return compiled_; }
  /// For records of this layout.
  std::shared_ptr<const Plan> plan_for(const std::shared_ptr<const model::RecordLayout>& source,
                                       SegmentRange range);

 private:
  struct Known {
    std::shared_ptr<const model::RecordLayout> source;
    std::shared_ptr<const Plan> plan;
  };

  const CompiledRequest compiled_;
  std::mutex mutex_;
  std::deque<Known> known_;  ///< the newest last
};

}  // namespace musubi::privacy
