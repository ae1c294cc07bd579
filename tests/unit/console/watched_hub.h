// A small hub, and the services of the console over it with a clock and a way in of the test's own.
#pragma once

#include <memory>
#include <string>

#include "musubi/console/console.h"
#include "small_hub.h"

namespace musubi::console {

class SetClock final : public base::Clock {
 public:
  base::Instant now() const noexcept override { return time; }
  base::Instant time = base::SystemClock().now();
};

class WatchedWayIn final : public intake::WayIn {
 public:
  std::chrono::milliseconds look(const std::stop_token&) noexcept override { return {}; }
  intake::Health health() const override { return told; }
  intake::Health told{.name = "inbox", .kind = intake::WayInKind::folder};
};

class WatchedHub : public pipeline::HubTest {
 protected:
  void SetUp() override {
    HubTest::SetUp();
    start();
    services->hub = hub.get();
    services->clock = &set_clock;
    services->name = "Hub";
    services->ways_in = {&way_in};
    services->reason = [](std::string_view code, base::Language) { return std::string(code); };
    services->metrics = [] { return std::string(); };
    services->reload = [] { return base::Status(); };
  }

  /// The route's answer, as the server would ask for it.
  net::Response answer(const std::string& pattern, net::Request request) const {
    net::Routes routes;
    add_routes(routes, services);
    net::Response answered;
    for (const auto& route : routes.all())
      if (route.pattern == pattern && route.method == request.method)
        route.handler(std::make_shared<net::Request>(std::move(request)),
                      [&](net::Response response) { answered = std::move(response); });
    return answered;
  }

  SetClock set_clock;
  WatchedWayIn way_in;
  std::shared_ptr<Services> services = std::make_shared<Services>();
};

}  // namespace musubi::console
