// The sink that hands records to another hub, against a server that answers as a test wants.
#include <gmock/gmock.h>

#include <boost/json.hpp>
#include <fstream>
#include <sstream>

#include "central_hub.h"
#include "certificates.h"
#include "disclosures.h"
#include "exchange_lines.h"
#include "musubi/base/digest.h"
#include "server_fixture.h"

namespace musubi::hub_sink {
namespace {

using base::ErrorKind;
using model::Value;
using net::Request;
using test::key;
using test::Said;
using ::testing::HasSubstr;

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

/// The small catalogue, with the number that a case has at its source.
std::shared_ptr<const model::Catalogue> with_numbers() {
  std::string yaml(test::kSmallCatalogue);
  constexpr std::string_view kFields = "fields:\n";
  yaml.insert(
      yaml.find(kFields) + kFields.size(),
      "  report.local_id: {ja: 番号, en: Number, type: identifier, class: operational, required: true}\n");
  return test::catalogue_of(yaml);
}

TEST(ExchangeLines, NameTheCaseAndHoldWhatIsReleased) {
  test::Discloser discloser(with_numbers());
  const auto disclosure = discloser.disclose(
      {"report.local_id", "patient.occupation"},
      {{key(17, 2, 18'000),
        {{"report.local_id", Value::text("A\"1")}, {"patient.occupation", Value::text("nurse")}}},
       {key(18),
        {{"report.local_id", Value::text("2")},
         {"patient.occupation", Value::absent(model::AbsentReason::under_investigation)}}}});
  const auto text = exchange_lines(disclosure, "edge");
  ASSERT_TRUE(text.has_value());
  const auto lines = lines_of(*text);
  ASSERT_EQ(lines.size(), 2U);
  const auto first = boost::json::parse(lines[0]).as_object();
  EXPECT_EQ(first.at("origin"), boost::json::parse(R"({"hub": "edge", "source": "tokyo", "local_id": "A\"1",
                                                        "as_of": "2019-04-14", "record": 17, "version": 2})"));
  EXPECT_EQ(first.at("patient.occupation"), "nurse");
  EXPECT_EQ(boost::json::parse(lines[1]).at("patient.occupation"),
            boost::json::parse(R"({"absent": "under_investigation"})"));
  EXPECT_EQ(*exchange_lines(disclosure, "edge"), *text) << "the other hub knows the bytes again";
}

TEST(ExchangeLines, NeedTheNumberOfTheCase) {
  test::Discloser discloser(with_numbers());
  for (const auto& disclosure :
       {discloser.disclose({"patient.occupation"},
                           {{key(1), {{"patient.occupation", Value::text("nurse")}}}}),
        discloser.disclose(
            {"report.local_id"},
            {{key(1), {{"report.local_id", Value::absent(model::AbsentReason::not_disclosed)}}}})}) {
    const auto lines = exchange_lines(disclosure, "edge");
    ASSERT_TRUE(lines.has_error());
    EXPECT_EQ(lines.error().code(), "hub_sink.local_id_withheld");
    EXPECT_EQ(lines.error().kind(), ErrorKind::refused);
  }
}

constexpr std::string_view kBytes = "{\"origin\":{}}\n";

/// A hub whose answer the test decides.
class HubSinkTest : public net::testing::ServerTest {
 protected:
  HubSinkTest() {
    routes = for_the_hub();
    link.token_file = folder.write("token", "hub\n");
    link.timeout = std::chrono::seconds(5);
    body = receipt(7);
  }

  net::Routes for_the_hub() {
    net::Routes all;
    all.add({.method = net::Method::post,
             .pattern = "/api/v1/submissions",
             .needs = net::any_of(net::Role::hub),
             .most_body = 1'000'000,
             .sink = {},
             .handler =
                 [this](const std::shared_ptr<Request>& request, const net::Reply& reply) {
                   seen = request;
                   auto answer = net::json_answer(status, body);
                   reply(std::move(answer));
                 },
             .summary = ""});
    return all;
  }
  static std::string receipt(int submission, bool again = false) {
    return boost::json::serialize(boost::json::object{{"submission", submission},
                                                      {"sha256", base::to_hex(base::sha256(kBytes))},
                                                      {"already_received", again}});
  }
  base::Result<Acknowledgement> hand_in() {
    if (link.url.empty()) start();
    if (link.url.empty()) link.url = "http://127.0.0.1:" + std::to_string(server->port());
    if (!hub) hub = std::move(CentralHub::open(link).value());
    return hub->hand_in("tokyo-7-case.ndjson", kBytes);
  }
  std::string outcome() {
    const auto word = hand_in();
    return word.has_error() ? word.error().code() : "kept";
  }
  std::string refusal_to_open() const {
    const auto opened = CentralHub::open(link);
    return opened.has_error() ? opened.error().code() : "opened";
  }

  test::TemporaryFolder folder;
  unsigned status = 202;
  std::string body;
  std::shared_ptr<Request> seen;
  CentralHubSettings link;
  std::unique_ptr<CentralHub> hub;
};

TEST_F(HubSinkTest, HandsInTheBytesAndReadsTheReceipt) {
  const auto word = hand_in();
  ASSERT_TRUE(word.has_value()) << word.error().code();
  EXPECT_EQ(word->submission, 7);
  EXPECT_FALSE(word->already_received);
  EXPECT_EQ(seen->body, kBytes);
  EXPECT_EQ(seen->query.find("name")->second, "tokyo-7-case.ndjson");
  EXPECT_EQ(*seen->headers.find("Idempotency-Key"), base::to_hex(base::sha256(kBytes)));
  EXPECT_EQ(seen->identity->role, net::Role::hub);

  status = 200;
  body = receipt(7, true);
  EXPECT_TRUE(hand_in()->already_received);
}

TEST_F(HubSinkTest, TakesEveryStatusForWhatItMeans) {
  const std::map<unsigned, std::pair<std::string, ErrorKind>> expected{
      {400, {"hub_sink.refused", ErrorKind::refused}},
      {401, {"hub_sink.not_admitted", ErrorKind::unavailable}},
      {403, {"hub_sink.not_admitted", ErrorKind::unavailable}},
      {404, {"hub_sink.not_admitted", ErrorKind::unavailable}},
      {413, {"hub_sink.too_large", ErrorKind::limit_exceeded}},
      {422, {"hub_sink.refused", ErrorKind::refused}},
      {429, {"hub_sink.busy", ErrorKind::unavailable}},
      {500, {"hub_sink.busy", ErrorKind::unavailable}},
      {503, {"hub_sink.busy", ErrorKind::unavailable}}};
  for (const auto& [code, meaning] : expected) {
    status = code;
    const auto word = hand_in();
    ASSERT_TRUE(word.has_error()) << code;
    EXPECT_EQ(word.error().code(), meaning.first) << code;
    EXPECT_EQ(word.error().kind(), meaning.second) << code;
  }
  status = 202;
  EXPECT_EQ(outcome(), "kept") << "and goes on afterwards";
}

TEST_F(HubSinkTest, IsSatisfiedByNothingButAReceiptForTheseBytes) {
  for (const auto* wrong :
       {"", "kept", "[]", "{}", R"({"submission": 1})", R"({"submission": "1", "sha256": "x"})",
        R"({"submission": 1, "sha256": "0000"})"}) {
    body = wrong;
    EXPECT_EQ(outcome(), "hub_sink.answer_not_understood") << wrong;
  }
}

TEST_F(HubSinkTest, ComesBackWhenTheHubDoes) {
  EXPECT_EQ(outcome(), "kept");
  settings.port = server->port();
  server.reset();
  EXPECT_EQ(outcome(), "hub_sink.not_reached");
  routes = for_the_hub();
  start();
  EXPECT_EQ(outcome(), "kept");
}

TEST_F(HubSinkTest, SpeaksTlsAndVerifiesWhomItSpeaksTo) {
  const net::testing::Authority ours(folder.path());
  const auto own = ours.issue("server", "127.0.0.1");
  const auto client = ours.issue("edge", "edge-tokyo");
  settings.tls = net::Tls{own.certificate, own.key, ours.certificate(), true};
  start();
  link.url = "https://127.0.0.1:" + std::to_string(server->port());
  link.authorities = ours.certificate();
  link.certificate = client.certificate;
  link.private_key = client.key;
  EXPECT_EQ(outcome(), "kept");
  EXPECT_EQ(seen->peer.certificate, "edge-tokyo");

  std::filesystem::create_directory(folder.path() / "others");
  const net::testing::Authority others(folder.path() / "others");
  link.authorities = others.certificate();
  hub.reset();
  EXPECT_EQ(outcome(), "hub_sink.not_trusted");
}

TEST_F(HubSinkTest, RefusesSettingsThatCannotWork) {
  link.url = "http://central.example.go.jp";
  EXPECT_EQ(refusal_to_open(), "hub_sink.needs_tls");
  for (const auto* url : {"", "central", "ftp://127.0.0.1", "http:///x", "://"}) {
    link.url = url;
    EXPECT_EQ(refusal_to_open(), "hub_sink.url") << url;
  }
  link.url = "https://127.0.0.1";
  link.certificate = folder.write("not.crt", "nothing of the kind");
  link.private_key = link.certificate;
  EXPECT_EQ(refusal_to_open(), "hub_sink.tls_files");
  link.token_file = folder.write("two", "one two\n");
  EXPECT_EQ(refusal_to_open(), "hub_sink.token_unusable");
  link.token_file = folder.path() / "missing";
  EXPECT_EQ(refusal_to_open(), "file.not_found");
}

}  // namespace
}  // namespace musubi::hub_sink
