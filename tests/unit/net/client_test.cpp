// Calls to others: to our own server, and to one that answers as a test wants.
#include "musubi/net/client.h"

#include <arpa/inet.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <future>
#include <thread>

#include "certificates.h"
#include "server_fixture.h"
#include "temporary_folder.h"
#include "url.h"

namespace musubi::net::testing {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;

/// Takes one connection, reads what is sent first, says `answer`, and closes after `silence`.
class OneAnswer {
 public:
  explicit OneAnswer(std::string answer, std::chrono::milliseconds silence = 0ms)
      : listener_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    void* place = &address;
    socklen_t size = sizeof(address);
    ::bind(listener_, static_cast<sockaddr*>(place), size);
    ::listen(listener_, 4);
    ::getsockname(listener_, static_cast<sockaddr*>(place), &size);
    port_ = ntohs(address.sin_port);
    thread_ = std::jthread([this, answer = std::move(answer), silence] { serve(answer, silence); });
  }
  ~OneAnswer() {
    ::shutdown(listener_, SHUT_RDWR);
    thread_.join();
    ::close(listener_);
  }
  OneAnswer(const OneAnswer&) = delete;
  OneAnswer& operator=(const OneAnswer&) = delete;
  std::string url() const { return "http://127.0.0.1:" + std::to_string(port_) + "/"; }

 private:
  void serve(const std::string& answer, std::chrono::milliseconds silence) const {
    const int connection = ::accept(listener_, nullptr, nullptr);
    if (connection < 0) return;
    std::array<char, 4096> buffer;
    const auto got = ::recv(connection, buffer.data(), buffer.size(), 0);
    if (got > 0) ::send(connection, answer.data(), answer.size(), MSG_NOSIGNAL);
    std::this_thread::sleep_for(silence);
    ::close(connection);
  }
  int listener_;
  std::uint16_t port_ = 0;
  std::jthread thread_;
};

ClientSettings impatient() {
  ClientSettings settings;
  settings.idle_time = 150ms;
  settings.whole_time = 400ms;
  settings.head_bytes = 4096;
  settings.body_bytes = 10'000;
  return settings;
}

base::Result<Answer> call(const std::string& url, const ClientSettings& settings = impatient()) {
  return Client::create(settings).value()->send(
      {.method = Method::get, .url = url, .headers = {}, .body = {}});
}
std::string code_of(const base::Result<Answer>& answer) {
  return answer.has_error() ? answer.error().code() : std::to_string(answer->status);
}

class ClientTest : public ServerTest {
 protected:
  std::string url(std::string_view target) const {
    return "http://127.0.0.1:" + std::to_string(server->port()) + std::string(target);
  }
};

TEST_F(ClientTest, a_call_is_answered) {
  start();
  const auto answer = call(url("/open?a=b%20c"));
  ASSERT_TRUE(answer.has_value()) << answer.error().code();
  EXPECT_EQ(answer->status, 200U);
  EXPECT_EQ(answer->body, "GET /open ?a=b c");
  EXPECT_NE(answer->headers.find("X-Request-Id"), nullptr);
}

TEST_F(ClientTest, a_body_and_headers_are_sent) {
  start();
  Call post{.method = Method::post, .url = url("/things"), .headers = {}, .body = std::string(90'000, 'y')};
  post.headers.add("Authorization", "Bearer sender");
  auto patient = impatient();
  patient.body_bytes = 1'000'000;
  patient.whole_time = 10s;
  const auto answer = Client::create(patient).value()->send(post);
  ASSERT_TRUE(answer.has_value()) << answer.error().code();
  EXPECT_EQ(answer->body, "POST /things " + post.body);
}

TEST_F(ClientTest, any_status_is_an_answer) {
  start();
  EXPECT_EQ(code_of(call(url("/nothing"))), "401");
  const auto head = Client::create(impatient())
                        .value()
                        ->send({.method = Method::head, .url = url("/open"), .headers = {}, .body = {}});
  EXPECT_EQ(code_of(head), "200");
  EXPECT_EQ(*head->headers.find("Content-Length"), "10");
}

TEST(Client, follows_no_redirection) {
  const OneAnswer elsewhere(
      "HTTP/1.1 302 Found\r\nLocation: http://example.org/\r\nContent-Length: 0\r\n\r\n");
  const auto answer = call(elsewhere.url());
  EXPECT_EQ(code_of(answer), "302");
  EXPECT_EQ(*answer->headers.find("Location"), "http://example.org/");
}

TEST(Client, passes_over_answers_that_only_announce_another) {
  const OneAnswer early(
      "HTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 201 Created\r\nContent-Length: 2\r\n\r\nok");
  EXPECT_EQ(code_of(call(early.url())), "201");
}

struct Trouble {
  std::string name, answer;
  std::chrono::milliseconds silence;
  std::string code;
};
void PrintTo(const Trouble& trouble, std::ostream* out) { *out << trouble.name; }

class Troubles : public ::testing::TestWithParam<Trouble> {};

TEST_P(Troubles, end_the_call) {
  const OneAnswer server(GetParam().answer, GetParam().silence);
  const auto begun = std::chrono::steady_clock::now();
  EXPECT_EQ(code_of(call(server.url())), GetParam().code);
  EXPECT_LT(std::chrono::steady_clock::now() - begun, 5s);
}

INSTANTIATE_TEST_SUITE_P(
    of_the_table, Troubles,
    ::testing::Values(
        Trouble{"silence", "", 600ms, "net.call_late"},
        Trouble{"half_a_head", "HTTP/1.1 200 OK\r\nCont", 600ms, "net.call_late"},
        Trouble{"half_a_body", "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc", 600ms, "net.call_late"},
        Trouble{"closed_without_a_word", "", 0ms, "net.call_broken"},
        Trouble{"closed_in_the_body", "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc", 0ms,
                "net.call_broken"},
        Trouble{"no_http", "220 smtp.example.org ready\r\n\r\n", 0ms, "net.call_broken"},
        Trouble{"declared_too_large", "HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n", 0ms,
                "net.call_too_large"},
        Trouble{"too_large_until_the_end", "HTTP/1.1 200 OK\r\n\r\n" + std::string(20'000, 'x'), 0ms,
                "net.call_too_large"},
        Trouble{"head_too_large", "HTTP/1.1 200 OK\r\nX: " + std::string(20'000, 'x') + "\r\n\r\n", 0ms,
                "net.call_too_large"}),
    [](const auto& trouble) { return trouble.param.name; });

TEST(Client, tells_when_nobody_listens) {
  std::string url;
  {
    const OneAnswer gone("");
    url = gone.url();
  }
  EXPECT_EQ(code_of(call(url)), "net.call_unreachable");
}

TEST(Client, sends_nothing_beyond_this_machine_without_tls) {
  EXPECT_EQ(code_of(call("http://192.0.2.1/")), "net.call_needs_tls");
  EXPECT_EQ(code_of(call("http://0.0.0.0:1/")), "net.call_needs_tls");
}

TEST(Client, refuses_headers_that_would_split_the_request) {
  Call bad{.method = Method::get, .url = "http://127.0.0.1:1/", .headers = {}, .body = {}};
  bad.headers.add("X", "a\r\nY: b");
  EXPECT_EQ(code_of(Client::create(impatient()).value()->send(bad)), "net.call_header");
}

TEST(Url, is_read_into_its_parts) {
  const auto url = parse_url("HTTPS://Hub.example:8443/fhir?a=b");
  ASSERT_TRUE(url);
  EXPECT_TRUE(url->secure);
  EXPECT_EQ(url->host, "Hub.example");
  EXPECT_EQ(url->port, "8443");
  EXPECT_EQ(url->authority, "Hub.example:8443");
  EXPECT_EQ(url->target, "/fhir?a=b");
  EXPECT_EQ(parse_url("http://[::1]?x")->host, "::1");
  EXPECT_EQ(parse_url("http://[::1]?x")->target, "/?x");
  EXPECT_EQ(parse_url("http://hub")->port, "80");
  for (const auto* bad :
       {"", "hub/path", "ftp://hub/", "https://", "https:///x", "https://me@hub/", "https://hub/#a",
        "https://hub/a b", "https://hub/\r\nX: y", "https://hub:99999999/", "https://hub\\x/"})
    EXPECT_FALSE(parse_url(bad)) << bad;
}

class SecureClientTest : public ClientTest {
 protected:
  SecureClientTest() {
    const auto own = authority.issue("hub", "hub");
    settings.tls = Tls{.certificate = own.certificate, .key = own.key, .client_ca = {}};
  }
  ClientSettings trusting(const Authority& who) const {
    ClientSettings trusting;
    trusting.authorities = who.certificate();
    return trusting;
  }
  std::string open(std::string_view host) const {
    return "https://" + std::string(host) + ":" + std::to_string(server->port()) + "/open";
  }
  musubi::testing::TemporaryFolder folder, elsewhere;
  Authority authority{folder.path()}, stranger{elsewhere.path()};
};

TEST_F(SecureClientTest, a_certificate_for_the_right_name_by_a_trusted_authority_is_good) {
  start();
  EXPECT_EQ(code_of(call(open("127.0.0.1"), trusting(authority))), "200");
}

TEST_F(SecureClientTest, others_are_not_trusted) {
  start();
  EXPECT_EQ(code_of(call(open("127.0.0.1"), trusting(stranger))), "net.call_untrusted");
  EXPECT_EQ(code_of(call(open("127.0.0.1"), ClientSettings{})), "net.call_untrusted")
      << "the system's authorities";
  EXPECT_EQ(code_of(call(open("localhost"), trusting(authority))), "net.call_untrusted") << "another name";
}

TEST_F(SecureClientTest, an_expired_certificate_is_not_trusted) {
  const auto expired = authority.issue("expired", "hub", {-7200, -3600});
  settings.tls->certificate = expired.certificate;
  settings.tls->key = expired.key;
  start();
  EXPECT_EQ(code_of(call(open("127.0.0.1"), trusting(authority))), "net.call_untrusted");
}

TEST_F(SecureClientTest, it_shows_its_own_certificate) {
  settings.tls->client_ca = authority.certificate();
  settings.tls->client_required = true;
  start();
  auto with_own = trusting(authority);
  const auto own = authority.issue("caller", "tokyo hub");
  with_own.certificate = own.certificate;
  with_own.key = own.key;
  EXPECT_EQ(code_of(call(open("127.0.0.1"), with_own)), "200");
  EXPECT_NE(code_of(call(open("127.0.0.1"), trusting(authority))), "200");
}

TEST_F(SecureClientTest, plain_http_to_a_tls_port_is_no_answer) {
  start();
  EXPECT_EQ(code_of(call(url("/open"))), "net.call_broken");
}

}  // namespace
}  // namespace musubi::net::testing
