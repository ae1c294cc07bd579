// A way in that the hub watches: a folder, a system it asks, a mailbox. It is stepped, look by look, so that
// a test or a simulator can do so with a clock of its own; watch() steps it on a thread.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>

#include "musubi/base/clock.h"
#include "musubi/base/result.h"

namespace musubi::intake {

enum class WayInKind : std::uint8_t { folder, pull, imap, pop3 };
std::string_view name_of(WayInKind kind) noexcept;

/// How a way in is doing, for the status page and the metrics. Counts are since the program started.
struct Health {
  std::string name{};
  WayInKind kind{};
  std::optional<base::Instant> last_looked{}, last_received{};
  std::uint64_t received = 0;  ///< parcels taken, those that were there already among them
  std::uint64_t repeated = 0;  ///< of these, those that were there already
  std::uint64_t refused = 0;   ///< parcels and messages set aside
  std::uint64_t waiting = 0;   ///< seen at the last look and neither taken nor refused
  std::map<std::string, std::uint64_t> refused_for{};  ///< by code of the reason
  std::optional<base::Error> last_error{};             ///< of the last look; none: it went well
};

class WayIn {
 public:
  virtual ~WayIn();
  /// Takes in what there is. Blocking; ends early, between two parcels, when a stop is requested. Returns how
  /// long to wait before the next look; looking earlier does no harm. Threads: one at a time.
  virtual std::chrono::milliseconds look(const std::stop_token& stop) noexcept = 0;
  /// A file descriptor that becomes readable when it is worth looking before that; -1: none.
  virtual int wake_descriptor() const noexcept { return -1; }
  /// Threads: any.
  virtual Health health() const = 0;
};

/// Looks again and again, on this thread, until a stop is requested; waits between two looks, by the
/// machine's steady clock, at most an hour.
void watch(WayIn& way_in, const std::stop_token& stop) noexcept;

}  // namespace musubi::intake
