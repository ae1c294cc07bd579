// The health of one way in, written by its thread and read by any.
#pragma once

#include <mutex>

#include "musubi/intake/parcel.h"
#include "musubi/intake/way_in.h"

namespace musubi::intake {

class HealthBoard {
 public:
  HealthBoard(std::string name, WayInKind kind);

  void looked(base::Instant when);  ///< a look begins; the last one's error and waiting ones are forgotten
  void received(base::Instant when, const Taken& taken);
  void refused(const base::Error& reason);
  void waiting(std::uint64_t more);
  void failed(const base::Error& error);
  Health health() const;

 private:
  mutable std::mutex mutex_;
  Health health_;
};

}  // namespace musubi::intake
