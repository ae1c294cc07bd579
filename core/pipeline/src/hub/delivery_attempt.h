// Handing one consignment over: whole, or, where the recipient refuses it, in halves until the records that
// it refuses stand alone.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "consignment.h"
#include "musubi/base/result.h"
#include "musubi/ledger/ledger.h"
#include "musubi/plugin/sink.h"

namespace musubi::pipeline {

/// What became of a consignment. With `away` nothing is settled: it is handed over again later, and the
/// recipient recognises what it has.
struct Handover {
  std::string receipt;                   ///< empty: nothing was accepted
  std::vector<ledger::Refusal> refused;  ///< by row
  std::optional<base::Error> away;       ///< the recipient is not there, or not able
};

/// Asks once. An error that is about the records (bad_input, refused, limit_exceeded, not_found, defect) is
/// a refusal; every other one means that the recipient cannot take anything now.
Handover hand_over(plugin::Sink& sink, const Consignment& consignment);

/// The same when the consignment has failed too often while others passed: also "unavailable" is then taken
/// as a refusal of the records, unless too many would be refused.
Handover isolate(plugin::Sink& sink, const Consignment& consignment);

/// Several, all of them taken, with one call of the sink. An error: nothing is known of any of them.
base::Result<std::vector<Handover>> hand_over_together(plugin::Sink& sink,
                                                       std::span<const Consignment> consignments);

}  // namespace musubi::pipeline
