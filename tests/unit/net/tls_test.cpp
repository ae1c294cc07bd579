// TLS: which versions, which certificates, and whom a certificate names.
#include <thread>

#include "certificates.h"
#include "server_fixture.h"
#include "temporary_folder.h"

namespace musubi::net::testing {
namespace {

using ::testing::HasSubstr;

class TlsTest : public ServerTest {
 protected:
  TlsTest() {
    const auto own = authority.issue("hub", "hub one");
    settings.tls = Tls{.certificate = own.certificate, .key = own.key, .client_ca = {}};
    routes.add({.method = Method::get,
                .pattern = "/name",
                .needs = everybody(),
                .sink = {},
                .handler =
                    [](const auto& request, const Reply& reply) {
                      Response response;
                      response.body = "you are [" + request->peer.certificate + "]";
                      reply(std::move(response));
                    },
                .summary = ""});
  }
  SecureAnswer ask_as(const Authority::Files& own, int newest_version = 0) const {
    return ask_securely({.port = server->port(),
                         .authority = authority.certificate(),
                         .own = own,
                         .newest_version = newest_version},
                        get("/name", "Connection: close\r\n"));
  }

  musubi::testing::TemporaryFolder folder;
  Authority authority{folder.path()};
};

TEST_F(TlsTest, serves_with_the_newest_version_and_says_so_in_a_header) {
  start();
  const auto answer = ask_as({});
  EXPECT_THAT(answer.text, HasSubstr("you are []"));
  EXPECT_THAT(answer.text, HasSubstr("Strict-Transport-Security: max-age="));
  EXPECT_EQ(answer.protocol, "TLSv1.3");
}

TEST_F(TlsTest, version_1_2_is_the_oldest) {
  start();
  EXPECT_EQ(ask_as({}, TLS1_2_VERSION).protocol, "TLSv1.2");
  EXPECT_TRUE(ask_as({}, TLS1_1_VERSION).failed);
}

TEST_F(TlsTest, may_listen_beyond_loopback_once_there_are_tokens) {
  settings.address = "0.0.0.0";
  start();
  EXPECT_THAT(ask_as({}).text, HasSubstr("200 OK"));
}

TEST_F(TlsTest, beyond_loopback_needs_tokens_too) {
  class Empty final : public Gate {
   public:
    base::Result<std::shared_ptr<const Identity>> identify(std::string_view, const Peer&) noexcept override {
      return base::Error(base::ErrorKind::refused, "net.token_unknown");
    }
    bool has_tokens() noexcept override { return false; }
  };
  Empty empty;
  settings.address = "0.0.0.0";
  const auto started = Server::start(settings, std::move(routes), empty, notes, clock);
  ASSERT_TRUE(started.has_error());
  EXPECT_EQ(started.error().code(), "net.needs_tokens");
}

TEST_F(TlsTest, a_good_client_certificate_names_the_caller) {
  settings.tls->client_ca = authority.certificate();
  start();
  EXPECT_THAT(ask_as(authority.issue("caller", "tokyo hub")).text, HasSubstr("you are [tokyo hub]"));
  EXPECT_THAT(ask_as({}).text, HasSubstr("you are []")) << "it need not be shown";
}

TEST_F(TlsTest, a_client_certificate_that_is_not_good_ends_the_connection) {
  const musubi::testing::TemporaryFolder elsewhere;
  const Authority stranger(elsewhere.path());
  settings.tls->client_ca = authority.certificate();
  start();
  EXPECT_TRUE(ask_as(authority.issue("expired", "tokyo hub", {-7200, -3600})).failed);
  EXPECT_TRUE(ask_as(authority.issue("early", "tokyo hub", {3600, 7200})).failed);
  EXPECT_TRUE(ask_as(stranger.issue("stranger", "tokyo hub")).failed);
  EXPECT_THAT(ask_as({}).text, HasSubstr("you are []"));
}

TEST_F(TlsTest, a_client_certificate_can_be_required) {
  settings.tls->client_ca = authority.certificate();
  settings.tls->client_required = true;
  start();
  EXPECT_TRUE(ask_as({}).failed);
  EXPECT_THAT(ask_as(authority.issue("caller", "tokyo hub")).text, HasSubstr("you are [tokyo hub]"));
}

TEST_F(TlsTest, reloading_takes_a_new_certificate_and_keeps_the_old_one_on_error) {
  start();
  EXPECT_EQ(ask_as({}).server_name, "hub one");
  authority.issue("hub", "hub two");
  EXPECT_EQ(ask_as({}).server_name, "hub one");
  ASSERT_TRUE(server->reload().has_value());
  EXPECT_EQ(ask_as({}).server_name, "hub two");
  folder.write("hub.crt", "no certificate");
  EXPECT_EQ(server->reload().error().code(), "net.tls_files");
  EXPECT_EQ(ask_as({}).server_name, "hub two");
}

TEST_F(TlsTest, a_key_of_another_certificate_is_refused) {
  settings.tls->key = authority.issue("other", "other").key;
  const auto started = Server::start(settings, std::move(routes), gate, notes, clock);
  ASSERT_TRUE(started.has_error());
  EXPECT_EQ(started.error().code(), "net.tls_files");
  EXPECT_EQ(started.error().place().file, settings.tls->key.string());
}

TEST_F(TlsTest, a_caller_that_never_speaks_tls_is_cut_off) {
  settings.limits.head_time = std::chrono::milliseconds(120);
  start();
  RawClient silent(server->port());
  EXPECT_TRUE(silent.is_closed());
  RawClient plain(server->port());
  plain.send(get("/name"));
  EXPECT_EQ(plain.receive().status, 0U);
}

}  // namespace
}  // namespace musubi::net::testing
