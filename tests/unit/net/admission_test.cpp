// Who may do what: every role, with and without a good token, on every kind of route.
#include "server_fixture.h"
#include "temporary_folder.h"

namespace musubi::net::testing {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::Not;

struct Attempt {
  std::string name, token, request;
  unsigned status;
  std::string decision;
};
void PrintTo(const Attempt& attempt, std::ostream* out) { *out << attempt.name; }

class Admissions : public ServerTest, public ::testing::WithParamInterface<Attempt> {};

TEST_P(Admissions, are_decided_and_told_to_the_observer) {
  start();
  const auto& attempt = GetParam();
  const auto headers = attempt.token.empty() ? std::string() : bearer(attempt.token);
  const auto request = attempt.request.starts_with("POST")
                           ? post(attempt.request.substr(5), "x", headers)
                           : attempt.request + " HTTP/1.1\r\nHost: hub\r\n" + headers + "\r\n";
  EXPECT_EQ(ask(request).status, attempt.status);
  if (attempt.decision.empty()) {
    EXPECT_THAT(notes.decisions(), ::testing::IsEmpty());
  } else {
    EXPECT_THAT(notes.decisions(), Contains(attempt.decision));
  }
}

INSTANTIATE_TEST_SUITE_P(
    of_the_table, Admissions,
    ::testing::Values(
        Attempt{"nobody_on_open", "", "GET /open", 200, "- /open yes net.open_to_everybody"},
        Attempt{"somebody_on_open", "hub", "GET /open", 200, "hub /open yes net.open_to_everybody"},
        Attempt{"wrong_token_on_open", "wrong", "GET /open", 401, "- /open no net.token_unknown"},
        Attempt{"nobody_on_thing", "", "GET /things/1", 401, "- /things/{id} no net.token_missing"},
        Attempt{"wrong_token_on_thing", "wrong", "GET /things/1", 401, "- /things/{id} no net.token_unknown"},
        Attempt{"reader_on_thing", "reader", "GET /things/1", 200,
                "reader /things/{id} yes net.role_permitted"},
        Attempt{"operator_on_thing", "operator", "GET /things/1", 200,
                "operator /things/{id} yes net.role_permitted"},
        Attempt{"sender_on_thing", "sender", "GET /things/1", 404,
                "sender /things/{id} no net.role_not_permitted"},
        Attempt{"reviewer_on_thing", "reviewer", "GET /things/1", 404,
                "reviewer /things/{id} no net.role_not_permitted"},
        Attempt{"hub_on_thing", "hub", "GET /things/1", 404, "hub /things/{id} no net.role_not_permitted"},
        Attempt{"nobody_on_nothing", "", "GET /nothing", 401, "- - no net.token_missing"},
        Attempt{"reader_on_nothing", "reader", "GET /nothing", 404, "reader - no net.path_unknown"},
        Attempt{"sender_hands_in", "sender", "POST /things", 200, "sender /things yes net.role_permitted"},
        Attempt{"reader_hands_in", "reader", "POST /things", 404, "reader /things no net.role_not_permitted"},
        Attempt{"nobody_hands_in", "", "POST /things", 401, "- /things no net.token_missing"},
        Attempt{"wrong_method_of_a_reader", "reader", "DELETE /things/1", 405, ""},
        Attempt{"wrong_method_of_a_sender", "sender", "DELETE /things/1", 404,
                "sender - no net.path_unknown"},
        Attempt{"wrong_method_of_nobody", "", "DELETE /things/1", 401, "- - no net.token_missing"},
        Attempt{"head_of_a_reader", "reader", "OPTIONS /things/1", 405, ""}),
    [](const auto& attempt) { return attempt.param.name; });

std::string without_trace(std::string body) { return body.substr(0, body.find("\"trace\"")); }

TEST_F(ServerTest, what_is_forbidden_and_what_is_absent_are_told_in_the_same_words) {
  start();
  const auto forbidden = ask(get("/things/1", bearer("sender"))),
             absent = ask(get("/no/such", bearer("sender")));
  EXPECT_EQ(without_trace(forbidden.body), without_trace(absent.body));
  EXPECT_THAT(forbidden.body, HasSubstr("net.not_found"));
  EXPECT_EQ(forbidden.headers.size(), absent.headers.size());
}

TEST_F(ServerTest, every_missing_or_wrong_token_is_told_in_the_same_words) {
  start();
  const auto missing = ask(get("/things/1"));
  EXPECT_EQ(missing.headers.at("www-authenticate"), R"(Bearer realm="musubi")");
  for (const auto& headers :
       {bearer("wrong"), bearer("not%a%token"), std::string("Authorization: Basic YTpi\r\n")}) {
    const auto wrong = ask(get("/things/1", headers));
    EXPECT_EQ(without_trace(wrong.body), without_trace(missing.body));
    EXPECT_EQ(wrong.headers.at("www-authenticate"), missing.headers.at("www-authenticate"));
  }
}

TEST_F(ServerTest, allowed_methods_are_named) {
  start();
  EXPECT_EQ(ask("DELETE /open HTTP/1.1\r\nHost: hub\r\n\r\n").headers.at("allow"), "GET, HEAD");
}

TEST_F(ServerTest, a_gate_that_cannot_tell_lets_nobody_in) {
  gate.is_broken = true;
  start();
  const auto answer = ask(get("/things/1", bearer("reader")));
  EXPECT_EQ(answer.status, 503U);
  EXPECT_THAT(answer.body, Not(HasSubstr("tokens_damaged")));
  EXPECT_THAT(notes.decisions(), Contains("- /things/{id} no net.tokens_damaged"));
}

TEST_F(ServerTest, an_expected_100_comes_after_the_token_is_known) {
  start();
  RawClient client(server->port());
  client.send("POST /things HTTP/1.1\r\nHost: hub\r\n" + bearer("sender") +
              "Expect: 100-continue\r\nContent-Length: 3\r\n\r\n");
  EXPECT_EQ(client.receive().status, 100U);
  client.send("abc");
  EXPECT_EQ(client.receive().body, "POST /things abc");
}

TEST_F(ServerTest, beyond_loopback_needs_tls) {
  settings.address = "0.0.0.0";
  const auto started = Server::start(settings, std::move(routes), gate, notes, clock);
  ASSERT_TRUE(started.has_error());
  EXPECT_EQ(started.error().code(), "net.needs_tls");
}

TEST_F(ServerTest, what_is_no_address_is_refused) {
  settings.address = "localhost";
  const auto started = Server::start(settings, std::move(routes), gate, notes, clock);
  ASSERT_TRUE(started.has_error());
  EXPECT_EQ(started.error().code(), "net.bad_address");
}

TEST_F(ServerTest, a_port_that_is_taken_is_told) {
  start();
  ServerSettings same = settings;
  same.port = server->port();
  const auto second = Server::start(same, Routes(), gate, notes, clock);
  ASSERT_TRUE(second.has_error());
  EXPECT_EQ(second.error().code(), "net.cannot_listen");
}

}  // namespace
}  // namespace musubi::net::testing
