// Bodies that go to a sink instead of memory.
#include <atomic>
#include <filesystem>
#include <future>
#include <thread>

#include "server_fixture.h"

namespace musubi::net::testing {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;

/// What sinks of one test saw.
struct Seen {
  std::atomic<std::uint64_t> bytes = 0, pieces = 0, opened = 0, finished = 0, discarded = 0, largest = 0;
  std::atomic<std::uint64_t> fails_after = ~std::uint64_t{0};
  base::Error failure{base::ErrorKind::environment, "file.disk_full"};
  bool fails_at_end = false;
};

class CountingSink final : public BodySink {
 public:
  explicit CountingSink(Seen& seen) : seen_(seen) { ++seen_.opened; }
  ~CountingSink() override {
    if (!finished_) ++seen_.discarded;
  }
  base::Status write(std::string_view piece) noexcept override {
    seen_.bytes += piece.size();
    ++seen_.pieces;
    seen_.largest = std::max<std::uint64_t>(seen_.largest, piece.size());
    if (seen_.bytes > seen_.fails_after) return seen_.failure;
    return {};
  }
  base::Status finish() noexcept override {
    if (seen_.fails_at_end) return seen_.failure;
    finished_ = true;
    ++seen_.finished;
    return {};
  }

 private:
  Seen& seen_;
  bool finished_ = false;
};

class SinkTest : public ServerTest {
 protected:
  SinkTest() {
    routes.add({.method = Method::post,
                .pattern = "/upload",
                .needs = any_of(Role::sender),
                .most_body = 20'000'000,
                .sink = [this](Request& request) -> base::Result<std::shared_ptr<BodySink>> {
                  if (request.query.contains("refuse"))
                    return base::Error(base::ErrorKind::bad_input, "net.token_text");
                  if (request.query.contains("throw")) throw std::runtime_error("broken");
                  return std::make_shared<CountingSink>(seen);
                },
                .handler =
                    [](const auto& request, const Reply& reply) {
                      Response response;
                      response.status = request->sink && request->body.empty() ? 201 : 500;
                      reply(std::move(response));
                    },
                .summary = "hands in much"});
  }
  static std::string head(std::uint64_t length, std::string_view query = {}) {
    return std::string("POST /upload").append(query) + " HTTP/1.1\r\nHost: hub\r\n" + bearer("sender") +
           "Content-Length: " + std::to_string(length) + "\r\n\r\n";
  }
  Seen seen;
};

TEST_F(SinkTest, a_large_body_goes_through_in_pieces) {
  start();
  RawClient client(server->port());
  const std::string body(10'000'000, 'b');
  EXPECT_EQ(client.ask(head(body.size()) + body).status, 201U);
  EXPECT_EQ(seen.bytes, body.size());
  EXPECT_GE(seen.pieces, 50U);
  EXPECT_LE(seen.largest, 128U * 1024);
  EXPECT_EQ(seen.finished, 1U);
  EXPECT_EQ(client.ask(get("/open")).status, 200U) << "the connection goes on";
}

TEST_F(SinkTest, an_empty_body_is_one_too) {
  start();
  EXPECT_EQ(ask(head(0)).status, 201U);
  EXPECT_EQ(seen.finished, 1U);
}

TEST_F(SinkTest, nothing_is_opened_for_a_caller_who_may_not) {
  start();
  EXPECT_EQ(ask("POST /upload HTTP/1.1\r\nHost: hub\r\nContent-Length: 5\r\n\r\nabcde").status, 401U);
  EXPECT_EQ(ask(post("/upload", "abcde", bearer("reader"))).status, 404U);
  EXPECT_EQ(ask(head(30'000'000)).status, 413U);
  server.reset();
  EXPECT_EQ(seen.opened, 0U);
}

TEST_F(SinkTest, a_sink_that_fails_ends_the_request) {
  seen.fails_after = 1'000'000;
  start();
  const std::string body(5'000'000, 'b');
  const auto answer = ask(head(body.size()) + body);
  EXPECT_EQ(answer.status, 503U);
  EXPECT_THAT(answer.body, HasSubstr("net.unavailable"));
  EXPECT_TRUE(answer.headers.contains("retry-after"));
  server.reset();
  EXPECT_LT(seen.bytes, 1'500'000U) << "nothing is read for a sink that has failed";
  EXPECT_EQ(seen.finished, 0U);
  EXPECT_EQ(seen.discarded, 1U);
}

TEST_F(SinkTest, a_sink_may_say_that_it_is_too_much_or_wrong) {
  seen.fails_at_end = true;
  seen.failure = base::Error(base::ErrorKind::limit_exceeded, "file.too_large", {{"limit", "10"}});
  start();
  EXPECT_EQ(ask(head(5) + "abcde").status, 413U);
  EXPECT_EQ(ask(head(5, "?refuse=1") + "abcde").status, 400U);
  EXPECT_EQ(ask(head(5, "?throw=1") + "abcde").status, 500U);
}

TEST_F(SinkTest, a_body_that_breaks_off_is_discarded) {
  start();
  {
    RawClient client(server->port());
    client.send(head(5'000'000) + std::string(1'000'000, 'b'));
  }
  for (int wait = 0; seen.discarded == 0 && wait < 500; ++wait)
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  EXPECT_EQ(seen.discarded, 1U);
  server.reset();
  EXPECT_EQ(seen.finished, 0U);
  EXPECT_THAT(notes.requests(), Contains("POST /upload 0 sender"));
}

TEST_F(SinkTest, a_sink_that_is_slow_holds_the_sender_back) {
  // The sender can put no more on its way than the buffers of two sockets hold: the server reads only as fast
  // as the sink takes.
  std::promise<void> let_go;
  const auto opens = let_go.get_future().share();
  class Waiting final : public BodySink {
   public:
    explicit Waiting(std::shared_future<void> opens) : opens_(std::move(opens)) {}
    base::Status write(std::string_view) noexcept override {
      opens_.wait();
      return {};
    }
    base::Status finish() noexcept override { return {}; }

   private:
    std::shared_future<void> opens_;
  };
  routes.add({.method = Method::post,
              .pattern = "/slow",
              .needs = everybody(),
              .most_body = 200'000'000,
              .sink = [opens](Request&) -> base::Result<std::shared_ptr<BodySink>> {
                return std::make_shared<Waiting>(opens);
              },
              .handler = echo,
              .summary = ""});
  start();
  RawClient client(server->port());
  constexpr std::uint64_t kSize = 60'000'000;
  client.send("POST /slow HTTP/1.1\r\nHost: hub\r\nContent-Length: " + std::to_string(kSize) + "\r\n\r\n");
  std::atomic<std::uint64_t> sent = 0;
  std::jthread sender([&] {
    const std::string piece(100'000, 'x');
    while (sent < kSize && client.send(piece)) sent += piece.size();
  });
  std::this_thread::sleep_for(std::chrono::milliseconds(200));
  EXPECT_LT(sent, kSize / 2);
  let_go.set_value();
  sender.join();
  EXPECT_EQ(client.receive().status, 200U);
}

}  // namespace
}  // namespace musubi::net::testing
