// A request on its way through the server.
#include "musubi/net/server.h"

#include <sys/resource.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <deque>
#include <future>
#include <thread>

#include "server_fixture.h"
#include "temporary_folder.h"

namespace musubi::net::testing {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

TEST_F(ServerTest, answers_what_a_handler_answers) {
  start();
  const auto answer = ask(get("/open?a=1&a=%E7%B5%90+2"));
  EXPECT_EQ(answer.status, 200U);
  EXPECT_EQ(answer.body, "GET /open ?a=1 ?a=結 2");
  EXPECT_EQ(answer.headers.at("content-type"), "text/plain; charset=utf-8");
}

TEST_F(ServerTest, a_body_reaches_the_handler_whole) {
  start();
  RawClient client(server->port());
  const std::string body(90'000, 'x');
  EXPECT_EQ(client.ask(post("/things", body, bearer("sender"))).body, "POST /things " + body);
  const auto chunked = std::string("POST /things HTTP/1.1\r\nHost: hub\r\nTransfer-Encoding: chunked\r\n") +
                       bearer("sender") + "\r\n3\r\nabc\r\n2;x=y\r\nde\r\n0\r\nTrailer: dropped\r\n\r\n";
  EXPECT_EQ(client.ask(chunked).body, "POST /things abcde");
}

TEST_F(ServerTest, head_is_the_answer_to_get_without_its_body) {
  start();
  RawClient client(server->port());
  client.send("HEAD /open HTTP/1.1\r\nHost: hub\r\n\r\n");
  const auto answer = client.receive(true);
  EXPECT_EQ(answer.status, 200U);
  EXPECT_EQ(answer.headers.at("content-length"), "10");
  EXPECT_EQ(client.ask(get("/open")).body, "GET /open");
}

TEST_F(ServerTest, pipelined_requests_are_answered_in_order) {
  start();
  RawClient client(server->port());
  std::string requests;
  for (int number = 0; number < 50; ++number) requests += get("/open?n=" + std::to_string(number));
  client.send(requests);
  for (int number = 0; number < 50; ++number)
    EXPECT_EQ(client.receive().body, "GET /open ?n=" + std::to_string(number));
}

TEST_F(ServerTest, connections_are_spread_over_the_loops) {
  constexpr std::size_t kLoops = 3;
  std::atomic<std::size_t> met = 0;
  routes.add({.method = Method::get,
              .pattern = "/meet",
              .needs = everybody(),
              .sink = {},
              .handler =
                  [&](const auto&, const Reply& reply) {
                    const auto last = std::chrono::steady_clock::now() + std::chrono::seconds(20);
                    ++met;
                    while (met < kLoops && std::chrono::steady_clock::now() < last)
                      std::this_thread::sleep_for(std::chrono::milliseconds(1));
                    reply({.status = met < kLoops ? 500U : 200U,
                           .content_type = {},
                           .body = {},
                           .headers = {},
                           .file = {}});
                  },
              .in_place = [](const Request&) { return true; },
              .summary = ""});
  settings.loops = kLoops;
  start();
  std::deque<RawClient> clients;
  for (std::size_t index = 0; index < kLoops; ++index) clients.emplace_back(server->port());
  for (auto& client : clients) client.send(get("/meet"));
  for (auto& client : clients) EXPECT_EQ(client.receive().status, 200U);
}

/// Answers whether its handler may wait.
Route telling_whether_it_may_wait(std::string pattern, bool in_place) {
  return {.method = Method::get,
          .pattern = std::move(pattern),
          .needs = everybody(),
          .sink = {},
          .handler =
              [](const std::shared_ptr<Request>& request, const Reply& reply) {
                reply({.status = 200,
                       .content_type = {},
                       .body = request->may_wait ? "may wait" : "may not",
                       .headers = {},
                       .file = {}});
              },
          .in_place = [in_place](const Request&) { return in_place; },
          .summary = ""};
}

TEST_F(ServerTest, a_handler_in_place_may_wait_when_its_thread_has_no_other_connection) {
  routes.add(telling_whether_it_may_wait("/in-place", true));
  routes.add(telling_whether_it_may_wait("/on-a-worker", false));
  settings.loops = 1;
  start();
  RawClient first(server->port());
  EXPECT_EQ(first.ask(get("/in-place")).body, "may wait");
  EXPECT_EQ(first.ask(get("/on-a-worker")).body, "may not");
  RawClient second(server->port());
  EXPECT_EQ(second.ask(get("/in-place")).body, "may not");
  EXPECT_EQ(first.ask(get("/in-place")).body, "may not");
}

TEST_F(ServerTest, a_new_connection_gets_the_loop_that_is_empty_now) {
  routes.add(telling_whether_it_may_wait("/alone", true));
  settings.loops = 2;
  start();
  constexpr int kRounds = 20;
  // The server counts a moment after the caller sees the end; on a busy machine some milliseconds.
  constexpr auto kUntilCounted = std::chrono::milliseconds(20);
  RawClient stays(server->port());
  EXPECT_EQ(stays.ask(get("/alone")).body, "may wait");
  int alone = 0;
  for (int round = 0; round < kRounds; ++round) {
    RawClient comes(server->port());
    const auto answer = comes.ask("GET /alone HTTP/1.1\r\nHost: hub\r\nConnection: close\r\n\r\n");
    alone += answer.body == "may wait" ? 1 : 0;
    EXPECT_TRUE(comes.is_closed());
    std::this_thread::sleep_for(kUntilCounted);
  }
  EXPECT_GE(alone, kRounds * 3 / 4);
}

/// As long as it lives, this process can open one file and no more.
class OneDescriptorLeft {
 public:
  OneDescriptorLeft() {
    const int lowest_free = ::dup(STDERR_FILENO);
    ::close(lowest_free);
    EXPECT_EQ(::getrlimit(RLIMIT_NOFILE, &before_), 0);
    const rlimit few{static_cast<rlim_t>(lowest_free) + 1, before_.rlim_max};
    EXPECT_EQ(::setrlimit(RLIMIT_NOFILE, &few), 0);
  }
  ~OneDescriptorLeft() { ::setrlimit(RLIMIT_NOFILE, &before_); }
  OneDescriptorLeft(const OneDescriptorLeft&) = delete;
  OneDescriptorLeft& operator=(const OneDescriptorLeft&) = delete;

 private:
  rlimit before_{};
};

TEST_F(ServerTest, who_comes_when_there_are_no_descriptors_waits_until_there_are) {
  settings.loops = 3;
  start();
  std::deque<RawClient> clients;
  {
    const OneDescriptorLeft left;
    clients.emplace_back(server->port());
    clients.front().send(get("/open"));
    std::this_thread::sleep_for(std::chrono::milliseconds(150));
  }
  EXPECT_EQ(clients.front().receive().status, 200U);
  for (std::size_t index = 0; index < settings.loops; ++index) {
    clients.emplace_back(server->port());
    EXPECT_EQ(clients.back().ask(get("/open")).status, 200U);
  }
}

TEST_F(ServerTest, without_descriptors_it_does_not_begin) {
  settings.loops = 3;
  const OneDescriptorLeft left;
  auto refused = Server::start(settings, std::move(routes), gate, notes, clock);
  ASSERT_TRUE(refused.has_error());
  EXPECT_EQ(refused.error().code(), "net.cannot_listen");
}

TEST_F(ServerTest, a_handler_may_answer_later_from_another_thread) {
  std::promise<Reply> given;
  routes.add({.method = Method::get,
              .pattern = "/later",
              .needs = everybody(),
              .sink = {},
              .handler = [&](const auto&, Reply reply) { given.set_value(std::move(reply)); },
              .summary = ""});
  start();
  RawClient client(server->port());
  client.send(get("/later"));
  std::thread([reply = given.get_future().get()] {
    reply({.status = 202, .content_type = {}, .body = {}, .headers = {}, .file = {}});
    reply({.status = 500, .content_type = {}, .body = {}, .headers = {}, .file = {}});
  }).join();
  EXPECT_EQ(client.receive().status, 202U);
  EXPECT_EQ(client.ask(get("/open")).status, 200U);
}

TEST_F(ServerTest, a_handler_that_throws_or_forgets_is_told_as_500) {
  routes.add({.method = Method::get,
              .pattern = "/throws",
              .needs = everybody(),
              .sink = {},
              .handler = [](const auto&, const Reply&) { throw std::runtime_error("secret"); },
              .summary = ""});
  routes.add({.method = Method::get,
              .pattern = "/forgets",
              .needs = everybody(),
              .sink = {},
              .handler = [](const auto&, const Reply&) {},
              .summary = ""});
  start();
  RawClient client(server->port());
  const auto thrown = client.ask(get("/throws"));
  EXPECT_EQ(thrown.status, 500U);
  EXPECT_THAT(thrown.body, HasSubstr("net.failed"));
  EXPECT_THAT(thrown.body, ::testing::Not(HasSubstr("secret")));
  EXPECT_EQ(client.ask(get("/forgets")).status, 500U);
}

TEST_F(ServerTest, a_file_can_be_the_body) {
  const musubi::testing::TemporaryFolder folder;
  const std::string content(200'000, 'f');
  const auto file = folder.write("page.html", content);
  const auto serve = [&](const std::string& name) {
    return [path = file.parent_path() / name](const auto&, const Reply& reply) {
      reply({.status = 200, .content_type = "text/html", .body = {}, .headers = {}, .file = path});
    };
  };
  routes.add({.method = Method::get,
              .pattern = "/page",
              .needs = everybody(),
              .sink = {},
              .handler = serve("page.html"),
              .summary = ""});
  routes.add({.method = Method::get,
              .pattern = "/missing",
              .needs = everybody(),
              .sink = {},
              .handler = serve("missing.html"),
              .summary = ""});
  start();
  RawClient client(server->port());
  const auto page = client.ask(get("/page"));
  EXPECT_EQ(page.body, content);
  EXPECT_THAT(page.headers.at("content-security-policy"), HasSubstr("default-src 'none'"));
  EXPECT_EQ(client.ask(get("/missing")).status, 404U);
}

TEST_F(ServerTest, every_answer_carries_the_security_headers_and_an_id) {
  start();
  for (const auto& request : {get("/open"), get("/nowhere"), std::string("nonsense\r\n\r\n")}) {
    const auto answer = ask(request);
    EXPECT_EQ(answer.headers.at("x-content-type-options"), "nosniff");
    EXPECT_EQ(answer.headers.at("referrer-policy"), "no-referrer");
    EXPECT_EQ(answer.headers.at("x-frame-options"), "DENY");
    EXPECT_EQ(answer.headers.at("cache-control"), "no-store");
    EXPECT_EQ(answer.headers.at("x-request-id").size(), 32U);
    EXPECT_EQ(answer.headers.count("server"), 0U);
  }
}

TEST_F(ServerTest, the_id_is_the_callers_when_it_traces) {
  start();
  const std::string trace = "0af7651916cd43dd8448eb211c80319c";
  const auto answer = ask(get("/open", "traceparent: 00-" + trace + "-b7ad6b7169203331-01\r\n"));
  EXPECT_EQ(answer.headers.at("x-request-id"), trace);
}

TEST_F(ServerTest, a_handler_cannot_split_the_answer) {
  routes.add({.method = Method::get,
              .pattern = "/split",
              .needs = everybody(),
              .sink = {},
              .handler =
                  [](const auto&, const Reply& reply) {
                    Response response;
                    response.content_type = "text/plain\r\nX-Evil: 1";
                    response.headers.add("X-Bad", "a\r\nX-Evil: 1");
                    response.headers.add("X-Evil\r\nX", "1");
                    response.headers.add("Content-Length", "5");
                    reply(std::move(response));
                  },
              .summary = ""});
  start();
  const auto answer = ask(get("/split"));
  EXPECT_EQ(answer.status, 200U);
  EXPECT_EQ(answer.headers.count("x-evil"), 0U);
  EXPECT_EQ(answer.headers.at("content-length"), "0");
}

TEST_F(ServerTest, errors_speak_the_callers_language) {
  start();
  EXPECT_THAT(ask(get("/open/x", bearer("reader"))).body, HasSubstr("There is nothing here."));
  const auto answer = ask(get("/open/x", bearer("reader") + "Accept-Language: ja, en;q=0.8\r\n"));
  EXPECT_THAT(answer.body, HasSubstr("見つかりません。"));
  EXPECT_EQ(answer.headers.at("content-language"), "ja");
}

TEST_F(ServerTest, the_observer_is_told_patterns_and_never_urls) {
  start();
  ask(get("/things/secret?name=secret", bearer("reader")));
  server.reset();
  EXPECT_THAT(notes.requests(), ElementsAre("GET /things/{id} 200 reader"));
  EXPECT_THAT(notes.decisions(), ElementsAre("reader /things/{id} yes net.role_permitted"));
}

}  // namespace
}  // namespace musubi::net::testing
