// One part of a submission through the three stages at once.
#pragma once

#include <functional>
#include <vector>

#include "acceptor.h"
#include "handoff.h"
#include "musubi/base/result.h"
#include "part_reader.h"

namespace musubi::pipeline {

/// Runs until the part is read to its end, or a stage fails. On failure everything committed stays committed
/// and a later run goes on from there. `after_batch(consumed bytes)` is called on the calling thread.
base::Status transfer(PartReader& reader, Acceptor& acceptor, Handoff& handoff, ledger::Ledger& ledger,
                      const Tuning& tuning, const std::function<void(std::uint64_t)>& after_batch);

}  // namespace musubi::pipeline
