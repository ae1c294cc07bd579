// Hands disclosures to sinks: retry with back-off while a recipient is unavailable, a receipt at the end. It
// takes a Disclosure and nothing else.
#pragma once

#include <chrono>
#include <functional>
#include <span>
#include <vector>

#include "musubi/base/result.h"
#include "musubi/model/disclosure.h"
#include "musubi/plugin/sink.h"

namespace musubi::delivery {

/// Without chance in it: a test, and a second hub, wait the same.
struct RetryPolicy {
  std::uint32_t attempts = 5;  ///< the first one included; 0 counts as 1
  std::chrono::milliseconds first_wait{200};
  std::chrono::milliseconds longest_wait{30'000};
  double factor = 2.0;
};

/// Waits between attempts; tests pass their own. Default: std::this_thread::sleep_for.
using Wait = std::function<void(std::chrono::milliseconds)>;

/// How long to wait before attempt `number` (2, 3, ...).
std::chrono::milliseconds wait_before(const RetryPolicy& policy, std::uint32_t number) noexcept;

/// Only a recipient that is unavailable is asked again. An empty `wait` sleeps. Blocking; threads: one at a
/// time per sink. Errors: delivery.gave_up (unavailable to the last attempt) and delivery.refused (anything
/// else, of the same kind), each with the sink's error as its cause; delivery.receipt_incomplete when the
/// receipt does not account for every record.
base::Result<plugin::Receipt> deliver(plugin::Sink& sink, const model::Disclosure& disclosure,
                                      const RetryPolicy& policy, const Wait& wait);

/// Several at once, asking once; a receipt for each. The sink's error as it is, or
/// delivery.receipt_incomplete.
base::Result<std::vector<plugin::Receipt>> deliver_together(plugin::Sink& sink,
                                                            std::span<const model::Disclosure> disclosures);

}  // namespace musubi::delivery
