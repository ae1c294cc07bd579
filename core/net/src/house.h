// What all connections of a server share.
#pragma once

#include <atomic>

#include "admission.h"
#include "musubi/base/clock.h"
#include "musubi/net/observer.h"
#include "musubi/net/server.h"
#include "workers.h"

namespace musubi::net {

/// Threads: any.
struct House {
  House(const ServerSettings& set, const Routes& all_routes, Gate& gate, Observer& watching,
        const base::Clock& time)
      : settings(set),
        routes(all_routes),
        admission(set.rate, all_routes, gate, watching),
        workers(set.workers, set.limits.waiting),
        observer(watching),
        clock(time) {}
  const ServerSettings& settings;
  const Routes& routes;
  Admission admission;
  Workers workers;
  Observer& observer;
  const base::Clock& clock;
  std::atomic<bool> stopping = false;
};

}  // namespace musubi::net
