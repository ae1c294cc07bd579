// What the server refuses below /fhir before a handler sees it: told as FHIR clients understand it.
#include <boost/json.hpp>

#include "fhir_endpoint.h"
#include "raw_client.h"

namespace {

using musubi::net::testing::bearer;
using musubi::net::testing::RawAnswer;
using musubi::net::testing::RawClient;
using musubi::testing::Fhir;
using ::testing::HasSubstr;

struct Refused {
  const char* name;
  std::string request;
  unsigned status;
  const char* code;
  const char* issue;  ///< OperationOutcome.issue.code
};

std::string head(const std::string& line, const std::string& headers) {
  return line + " HTTP/1.1\r\nHost: 127.0.0.1\r\n" + headers + "\r\n";
}

std::vector<Refused> all_refused(const std::string& token) {
  const auto known = bearer(token);
  const auto post = [&](const std::string& headers) { return head("POST /fhir", known + headers); };
  return {
      {"no_token", head("POST /fhir", "Content-Length: 0\r\n"), 401, "net.unauthenticated", "login"},
      {"wrong_token", head("GET /fhir/Task/1", bearer("nonsense")), 401, "net.unauthenticated", "login"},
      {"another_method", head("DELETE /fhir/Task/1", known), 405, "net.method_not_allowed", "not-supported"},
      {"compression", post("Content-Encoding: br\r\nContent-Length: 2\r\n"), 415, "net.encoding_unknown",
       "not-supported"},
      {"too_large", post("Content-Length: 99999999999\r\n"), 413, "net.too_large", "too-long"},
      {"too_large_to_judge", head("POST /fhir/$validate", known + "Content-Length: 200000000\r\n"), 413,
       "net.too_large", "too-long"},
      {"long_url", head("GET /fhir/" + std::string(20'000, 'a'), known), 414, "net.url_too_long", "too-long"},
      {"long_head", head("GET /fhir/metadata", "A: " + std::string(100'000, 'a') + "\r\n"), 431,
       "net.head_too_large", "too-long"},
      {"expectation", post("Expect: wonders\r\nContent-Length: 2\r\n"), 417, "net.expectation",
       "not-supported"},
      {"unknown_method", head("BREW /fhir", known), 501, "net.method_unknown", "not-supported"},
  };
}

std::string text_at(const boost::json::value& json, const char* pointer) {
  return std::string(json.at_pointer(pointer).as_string());
}

TEST_F(Fhir, what_the_server_refuses_is_an_operation_outcome) {
  for (const auto& each : all_refused(sender)) {
    SCOPED_TRACE(each.name);
    RawClient client(static_cast<std::uint16_t>(hub->port()));
    const auto answer = client.ask(each.request);
    EXPECT_EQ(answer.status, each.status) << answer.body;
    ASSERT_THAT(answer.headers.at("content-type"), HasSubstr("application/fhir+json")) << answer.body;
    const auto json = boost::json::parse(answer.body);
    EXPECT_EQ(text_at(json, "/resourceType"), "OperationOutcome");
    EXPECT_EQ(text_at(json, "/issue/0/details/coding/0/code"), each.code);
    EXPECT_EQ(text_at(json, "/issue/0/code"), each.issue);
    EXPECT_EQ(answer.headers.contains("www-authenticate"), each.status == 401);
    EXPECT_EQ(answer.headers.contains("allow"), each.status == 405);
  }
}

TEST_F(Fhir, what_the_server_refuses_is_told_in_the_format_and_language_of_the_client) {
  RawClient client(static_cast<std::uint16_t>(hub->port()));
  const auto xml = client.ask(head(
      "GET /fhir/Task/1", "Accept: application/fhir+xml\r\nAccept-Language: ja\r\nContent-Length: 0\r\n"));
  EXPECT_EQ(xml.status, 401U);
  EXPECT_THAT(xml.body, HasSubstr("<OperationOutcome xmlns=\"http://hl7.org/fhir\">"));
  EXPECT_THAT(xml.body, HasSubstr("認証が必要です"));
}

TEST_F(Fhir, beside_it_the_api_tells_its_own_way) {
  for (const auto* path : {"/api/v1/ledger", "/fhirs", "/"})
    EXPECT_THAT(hub->get(path).body, ::testing::Not(HasSubstr("OperationOutcome"))) << path;
}

}  // namespace
