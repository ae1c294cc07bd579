// The ways in that the hub watches, each on a thread of its own, and what they hand to the hub.
#pragma once

#include <memory>
#include <thread>
#include <vector>

#include "musubi/intake/settings.h"
#include "musubi/intake/way_in.h"
#include "musubi/pipeline/hub.h"

namespace musubi::app {

/// Threads: start() and stop() from one.
class WaysIn {
 public:
  /// The hub and the clock are borrowed.
  WaysIn(intake::Settings settings, pipeline::Hub& hub, const base::Clock& clock);
  ~WaysIn();
  void start();
  /// Lets each finish the parcel in hand.
  void stop();
  std::vector<const intake::WayIn*> all() const;

 private:
  class ToHub;
  std::unique_ptr<ToHub> reception_;
  std::vector<std::unique_ptr<intake::WayIn>> ways_in_;
  std::vector<std::jthread> threads_;
};

}  // namespace musubi::app
