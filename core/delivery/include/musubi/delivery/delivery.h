// Hands disclosures to sinks: retry with back-off while a recipient is unavailable, a receipt at the end. It
// takes a Disclosure and nothing else.
#pragma once

#include <chrono>
#include <functional>

#include "musubi/base/result.h"
#include "musubi/model/disclosure.h"
#include "musubi/plugin/sink.h"

namespace musubi::delivery {

struct RetryPolicy {
  std::uint32_t attempts = 5;
  std::chrono::milliseconds first_wait{200};
  std::chrono::milliseconds longest_wait{30'000};
  double factor = 2.0;
};

/// Waits between attempts; tests pass their own. Default: std::this_thread::sleep_for.
using Wait = std::function<void(std::chrono::milliseconds)>;

/// How long to wait before attempt `number` (2, 3, ...).
std::chrono::milliseconds wait_before(const RetryPolicy& policy, std::uint32_t number) noexcept;

/// Blocking. Errors: the sink's last one, as cause of delivery.gave_up or delivery.refused.
base::Result<plugin::Receipt> deliver(plugin::Sink& sink, const model::Disclosure& disclosure,
                                      const RetryPolicy& policy, const Wait& wait);

}  // namespace musubi::delivery
