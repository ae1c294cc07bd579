// After a restart: what was accepted but has no receipt is read again from the kept bytes and delivered
// again. The recipient recognises what it has.
#pragma once

#include "musubi/base/result.h"
#include "musubi/ledger/ledger.h"
#include "musubi/pipeline/road.h"
#include "rereading.h"

namespace musubi::pipeline {

/// Delivers the records of one open outbox row and retires it. Errors: pipeline.route_missing, and those of
/// reading and delivering.
base::Status redeliver(const Equipment& equipment, Rereading& rereading, const ledger::OutboxRow& row);

}  // namespace musubi::pipeline
