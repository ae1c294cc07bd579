// POSTs of 5 kB over 32 kept connections: our server, with a token checked and limits on, against Beast
// alone.
#include <fmt/format.h>

#include <algorithm>
#include <exception>
#include <iostream>
#include <string>
#include <vector>

#include "musubi/net/answers.h"
#include "musubi/net/server.h"
#include "net_echo.h"
#include "net_load.h"

namespace {

using namespace musubi;

class OneToken final : public net::Gate {
 public:
  base::Result<std::shared_ptr<const net::Identity>> identify(std::string_view token,
                                                              const net::Peer&) noexcept override {
    if (token == "bench") return identity_;
    return base::Error(base::ErrorKind::refused, "net.token_unknown");
  }
  bool has_tokens() noexcept override { return true; }

 private:
  std::shared_ptr<const net::Identity> identity_ =
      std::make_shared<const net::Identity>(net::Identity{"bench", net::Role::sender, "bench", "", {}});
};

class Silent final : public net::Observer {
 public:
  void on_request(const net::RequestSeen&) noexcept override {}
  void on_decision(const net::DecisionSeen&) noexcept override {}
};

net::Routes routes() {
  net::Routes routes;
  routes.add({.method = net::Method::post,
              .pattern = "/submissions",
              .needs = net::any_of(net::Role::sender),
              .most_body = 1'000'000,
              .sink = {},
              .handler =
                  [](const std::shared_ptr<net::Request>& request, const net::Reply& reply) {
                    reply(net::json_answer(200, "{\"bytes\":" + std::to_string(request->body.size()) + "}"));
                  },
              .summary = "tells how much it was sent"});
  return routes;
}

double median(std::vector<double> values) {
  std::ranges::sort(values);
  return values.at(values.size() / 2);
}

int run() {
  const std::string body(5'000, 'x');
  const std::string request =
      "POST /submissions HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer bench\r\nContent-Type: "
      "application/json\r\nContent-Length: " +
      std::to_string(body.size()) + "\r\n\r\n" + body;
  OneToken gate;
  Silent observer;
  const base::SystemClock clock;
  net::ServerSettings settings;
  settings.rate.requests_per_second = 0;
  settings.workers = 1;
  auto server = net::Server::start(settings, routes(), gate, observer, clock);
  if (server.has_error()) throw std::runtime_error(server.error().code());
  const bench::BareBeast bare;
  std::vector<double> ours, limit, ratios, waits, our_work, bare_work;
  for (int round = 0; round < 5; ++round) {
    const auto alone = bench::put_under_load(bare.port(), request, {});
    limit.push_back(alone.a_second);
    bare_work.push_back(alone.server_microseconds);
    const auto served = bench::put_under_load((*server)->port(), request, {});
    ours.push_back(served.a_second);
    waits.push_back(served.milliseconds_p99);
    our_work.push_back(served.server_microseconds);
    ratios.push_back(ours.back() / limit.back());
  }
  fmt::print("Beast alone              {:9.0f} POST/s   {:5.1f} us of processor time each\n", median(limit),
             median(bare_work));
  fmt::print(
      "server, token, limits    {:9.0f} POST/s   {:5.1f} us of processor time each   {:.2f} of Beast alone   "
      "p99 {:.2f} ms\n",
      median(ours), median(our_work), median(ratios), median(waits));
  return 0;
}

}  // namespace

int main() {
  try {
    return run();
  } catch (const std::exception& failure) {
    std::cerr << "musubi_net_bench: " << failure.what() << '\n';
    return 3;
  }
}
