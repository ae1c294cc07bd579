// Counts what does not come to its end, durably, and gives up on what fails too often: a submission or a
// consignment that a process dies of must not be what every later one dies of.
#pragma once

#include <vector>

#include "in_hand.h"
#include "musubi/pipeline/hub.h"

namespace musubi::pipeline {

/// Threads: any.
class Attempts {
 public:
  /// `most`: after so many it is set aside; 0: never. The others are borrowed.
  Attempts(ledger::Ledger& ledger, HubObserver& observer, std::uint32_t most)
      : ledger_(ledger), observer_(observer), most_(most) {}

  /// What an earlier process died with, before anything is taken in hand again.
  base::Status count_left(const std::vector<Task>& left);
  /// Carrying ended with this error. Whether that was its end: the sender was told, or it failed too often.
  bool is_over(const ledger::SubmissionInfo& info, const base::Error& error);
  /// The submission that an errand concerns; 0: it is at its end.
  std::int64_t submission_of(const Task& task) const;

 private:
  std::string name_of(const Task& task) const;
  base::Result<Unended> note(const Task& task);
  base::Result<bool> give_up(const Unended& unended);

  ledger::Ledger& ledger_;
  HubObserver& observer_;
  const std::uint32_t most_;
};

}  // namespace musubi::pipeline
