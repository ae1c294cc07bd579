// A held record once more, with the mapping, checks and policies in force.
#pragma once

#include "handoff.h"
#include "musubi/base/result.h"
#include "musubi/ledger/ledger.h"
#include "musubi/pipeline/road.h"

namespace musubi::pipeline {

/// True: it has left quarantine and is delivered (or was known already). False: it is still held.
base::Result<bool> replay_one(const Equipment& equipment, const Tuning& tuning, Handoffs& handoffs,
                              const ledger::QuarantinedRecord& held);

}  // namespace musubi::pipeline
