// Time as the hub sees it; tests bring their own.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

#include "musubi/base/export.h"

namespace musubi::base {

using Instant = std::chrono::sys_time<std::chrono::microseconds>;

/// Threads: now() may be called from any.
class MUSUBI_SDK_API Clock {
 public:
  virtual ~Clock();
  virtual Instant now() const noexcept = 0;
};

class MUSUBI_SDK_API SystemClock final : public Clock {
 public:
  Instant now() const noexcept override;
};

/// "2020-04-20T09:15:00.000000Z" (UTC).
MUSUBI_SDK_API std::string to_text(Instant instant);
/// The calendar day in Japan (UTC+9), as days since 1970-01-01.
MUSUBI_SDK_API std::chrono::sys_days day_in_japan(Instant instant) noexcept;

}  // namespace musubi::base
