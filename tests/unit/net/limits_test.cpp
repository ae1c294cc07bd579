// Slow callers, too many callers, callers that come too often.
#include <chrono>
#include <future>
#include <thread>

#include "server_fixture.h"

namespace musubi::net::testing {
namespace {

using namespace std::chrono_literals;
using ::testing::AnyOf;
using ::testing::Contains;
using ::testing::Each;

class SlowCallers : public ServerTest {
 protected:
  SlowCallers() {
    settings.limits.head_time = 120ms;
    settings.limits.body_idle_time = 120ms;
    settings.limits.keep_alive_time = 120ms;
  }
};

TEST_F(SlowCallers, a_head_that_does_not_end_is_answered_408) {
  start();
  RawClient client(server->port());
  client.send("GET /open HTTP/1.1\r\nHost:");
  EXPECT_EQ(client.receive().status, 408U);
  EXPECT_TRUE(client.is_closed());
}

TEST_F(SlowCallers, a_head_that_comes_byte_by_byte_is_cut_off_while_others_are_served) {
  start();
  RawClient slow(server->port());
  bool cut_off = false;
  const auto begun = std::chrono::steady_clock::now();
  while (!cut_off && std::chrono::steady_clock::now() - begun < 5s) {
    cut_off = !slow.send("X");
    EXPECT_EQ(ask(get("/open")).status, 200U);
    std::this_thread::sleep_for(5ms);
  }
  EXPECT_TRUE(cut_off);
}

TEST_F(SlowCallers, a_connection_without_a_request_is_closed_without_a_word) {
  start();
  RawClient silent(server->port()), idle(server->port());
  EXPECT_EQ(idle.ask(get("/open")).status, 200U);
  EXPECT_TRUE(silent.is_closed());
  EXPECT_TRUE(idle.is_closed());
}

TEST_F(SlowCallers, a_body_that_stops_is_answered_408) {
  start();
  RawClient client(server->port());
  client.send("POST /things HTTP/1.1\r\nHost: hub\r\n" + bearer("sender") + "Content-Length: 10\r\n\r\nabc");
  EXPECT_EQ(client.receive().status, 408U);
  EXPECT_TRUE(client.is_closed());
}

TEST_F(SlowCallers, a_body_slower_than_the_least_rate_is_answered_408) {
  settings.limits.least_body_rate = 50'000;
  start();
  RawClient client(server->port());
  client.send("POST /things HTTP/1.1\r\nHost: hub\r\n" + bearer("sender") + "Content-Length: 90000\r\n\r\n");
  const std::jthread drip([&](const std::stop_token& stop) {
    while (!stop.stop_requested() && client.send("x")) std::this_thread::sleep_for(20ms);
  });
  EXPECT_EQ(client.receive().status, 408U);
}

TEST_F(SlowCallers, who_does_not_read_the_answer_is_cut_off) {
  routes.add({.method = Method::get,
              .pattern = "/large",
              .needs = everybody(),
              .sink = {},
              .handler =
                  [](const auto&, const Reply& reply) {
                    Response response;
                    response.body.assign(50'000'000, 'x');
                    reply(std::move(response));
                  },
              .summary = ""});
  start();
  RawClient client(server->port());
  client.send(get("/large"));
  std::this_thread::sleep_for(600ms);
  EXPECT_EQ(client.receive().status, 0U) << "the rest of the answer came although nobody read it for long";
}

TEST_F(SlowCallers, a_handler_may_take_longer_than_any_of_these_times) {
  routes.add({.method = Method::get,
              .pattern = "/slow",
              .needs = everybody(),
              .sink = {},
              .handler =
                  [](const auto&, const Reply& reply) {
                    std::this_thread::sleep_for(400ms);
                    reply({});
                  },
              .summary = ""});
  start();
  EXPECT_EQ(ask(get("/slow")).status, 200U);
}

TEST_F(ServerTest, connections_are_limited_per_address) {
  settings.limits.connections_per_address = 2;
  start();
  RawClient first(server->port()), second(server->port());
  EXPECT_EQ(first.ask(get("/open")).status, 200U);
  EXPECT_EQ(second.ask(get("/open")).status, 200U);
  EXPECT_TRUE(RawClient(server->port()).is_closed());
  EXPECT_EQ(first.ask(get("/open")).status, 200U);
}

TEST_F(ServerTest, a_closed_connection_makes_room_for_another) {
  settings.limits.connections = 1;
  start();
  for (int round = 0; round < 5; ++round) {
    unsigned status = 0;
    for (int tries = 0; status == 0 && tries < 200; ++tries) {
      status = ask(get("/open", "Connection: close\r\n")).status;
      if (status == 0) std::this_thread::sleep_for(10ms);
    }
    EXPECT_EQ(status, 200U);
  }
}

TEST_F(ServerTest, requests_beyond_the_burst_are_answered_429) {
  settings.rate = {.requests_per_second = 0.01, .burst = 3, .failures_per_minute = 0};
  start();
  RawClient client(server->port());
  for (int number = 0; number < 3; ++number)
    EXPECT_EQ(client.ask(get("/things/1", bearer("reader"))).status, 200U);
  const auto refused = client.ask(get("/things/1", bearer("reader")));
  EXPECT_EQ(refused.status, 429U);
  EXPECT_EQ(refused.headers.at("retry-after"), "100");
  EXPECT_EQ(client.ask(get("/things/1", bearer("operator"))).status, 200U) << "another token";
}

TEST_F(ServerTest, after_many_wrong_tokens_an_address_waits) {
  settings.rate = {.requests_per_second = 0, .burst = 0, .failures_per_minute = 3};
  start();
  RawClient client(server->port());
  for (int number = 0; number < 3; ++number)
    EXPECT_EQ(client.ask(get("/things/1", bearer("guess"))).status, 401U);
  const auto refused = client.ask(get("/things/1", bearer("reader")));
  EXPECT_EQ(refused.status, 429U);
  EXPECT_EQ(refused.headers.at("retry-after"), "20");
  EXPECT_EQ(client.ask(get("/open")).status, 200U) << "without a token nothing is guessed";
  EXPECT_THAT(notes.decisions(), Contains("- /things/{id} no net.too_many_failures"));
}

TEST_F(ServerTest, when_no_worker_is_free_requests_are_answered_503) {
  settings.workers = 1;
  settings.limits.waiting = 1;
  std::promise<void> let_go;
  const auto gate_opens = let_go.get_future().share();
  routes.add({.method = Method::get,
              .pattern = "/blocks",
              .needs = everybody(),
              .sink = {},
              .handler =
                  [gate_opens](const auto&, const Reply& reply) {
                    gate_opens.wait();
                    reply({});
                  },
              .summary = ""});
  start();
  std::vector<std::unique_ptr<RawClient>> clients;
  for (int number = 0; number < 8; ++number) {
    clients.push_back(std::make_unique<RawClient>(server->port()));
    clients.back()->send(get("/blocks"));
  }
  std::jthread open([&] {
    std::this_thread::sleep_for(200ms);
    let_go.set_value();
  });
  std::vector<unsigned> statuses;
  for (const auto& client : clients) {
    const auto answer = client->receive();
    statuses.push_back(answer.status);
    EXPECT_EQ(answer.headers.contains("retry-after"), answer.status == 503U);
  }
  EXPECT_THAT(statuses, Each(AnyOf(200U, 503U)));
  EXPECT_THAT(statuses, Contains(200U));
  EXPECT_THAT(statuses, Contains(503U));
}

}  // namespace
}  // namespace musubi::net::testing
