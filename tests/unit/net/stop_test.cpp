// The end of a server, and answers that come after it.
#include <chrono>
#include <future>
#include <thread>

#include "server_fixture.h"

namespace musubi::net::testing {
namespace {

using namespace std::chrono_literals;

class StopTest : public ServerTest {
 protected:
  StopTest() {
    routes.add({.method = Method::get,
                .pattern = "/slow",
                .needs = everybody(),
                .sink = {},
                .handler =
                    [](const auto&, const Reply& reply) {
                      std::this_thread::sleep_for(150ms);
                      reply({});
                    },
                .summary = ""});
    routes.add({.method = Method::get,
                .pattern = "/never",
                .needs = everybody(),
                .sink = {},
                .handler = [this](const auto&, Reply reply) { kept.set_value(std::move(reply)); },
                .summary = ""});
  }
  std::promise<Reply> kept;
};

std::chrono::milliseconds time_of(const std::function<void()>& action) {
  const auto begun = std::chrono::steady_clock::now();
  action();
  return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - begun);
}

TEST_F(StopTest, what_runs_is_finished_and_idle_connections_are_closed) {
  start();
  RawClient idle(server->port()), busy(server->port());
  EXPECT_EQ(idle.ask(get("/open")).status, 200U);
  busy.send(get("/slow"));
  std::this_thread::sleep_for(50ms);
  EXPECT_LT(time_of([&] { server->stop(5s); }), 3s);
  const auto answer = busy.receive();
  EXPECT_EQ(answer.status, 200U);
  EXPECT_EQ(answer.headers.at("connection"), "close");
  EXPECT_TRUE(idle.is_closed());
  EXPECT_THROW(RawClient(server->port()), std::runtime_error) << "nobody listens any more";
}

TEST_F(StopTest, what_does_not_end_is_cut_off_at_the_deadline) {
  start();
  RawClient unfinished(server->port()), unanswered(server->port());
  unfinished.send("POST /things HTTP/1.1\r\nHost: hub\r\n" + bearer("sender") +
                  "Content-Length: 10\r\n\r\nabc");
  unanswered.send(get("/never"));
  auto reply = kept.get_future().get();
  const auto took = time_of([&] { server->stop(150ms); });
  EXPECT_GE(took, 140ms);
  EXPECT_LT(took, 3s);
  EXPECT_EQ(unfinished.receive().status, 0U);
  EXPECT_EQ(unanswered.receive().status, 0U);
  server.reset();
  reply({});  // too late, and harmless
}

TEST_F(StopTest, under_load_every_request_is_answered_or_not_begun) {
  start();
  std::atomic<int> whole = 0, none = 0, other = 0;
  std::vector<std::jthread> callers;
  for (int number = 0; number < 8; ++number)
    callers.emplace_back([&, port = server->port()] {
      try {
        RawClient client(port);
        for (;;) {
          const auto answer = client.ask(get("/open"));
          if (answer.status == 200U) ++whole;
          if (answer.status == 0U) ++none;
          if (answer.status != 200U && answer.status != 0U) ++other;
          if (answer.status != 200U) return;
        }
      } catch (const std::exception&) {
        ++none;
      }
    });
  std::this_thread::sleep_for(100ms);
  EXPECT_LT(time_of([&] { server->stop(5s); }), 3s);
  callers.clear();
  EXPECT_GT(whole, 8);
  EXPECT_EQ(none, 8);
  EXPECT_EQ(other, 0);
}

TEST_F(StopTest, stopping_twice_is_stopping_once) {
  start();
  server->stop(1s);
  server->stop(1s);
}

}  // namespace
}  // namespace musubi::net::testing
