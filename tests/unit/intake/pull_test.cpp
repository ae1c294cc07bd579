#include "musubi/intake/pull.h"

#include <Poco/URI.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>

#include "hand_clock.h"
#include "listing_reception.h"
#include "scripted_server.h"
#include "temporary_folder.h"
#include "test_certificate.h"

namespace musubi::intake {
namespace {

namespace fs = std::filesystem;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using namespace std::chrono_literals;

struct Asked {
  std::string target{};  ///< decoded
  std::vector<std::string> headers{};
};

std::string answer(const std::string& body, const std::string& headers = {},
                   const std::string& status = "200 OK") {
  return "HTTP/1.1 " + status + "\r\n" + headers + "Content-Length: " + std::to_string(body.size()) +
         "\r\nConnection: close\r\n\r\n" + body;
}

class PullTest : public ::testing::Test {
 protected:
  PullTest() {
    settings.name = "kintone";
    settings.source = "tokyo";
    settings.url = "http://127.0.0.1:" + std::to_string(server.port()) + "/records.json";
    settings.unencrypted = true;
    settings.folder = folder.path() / "own";
    settings.items = "/records";
    settings.timeout = 2s;
    settings.back_off.jitter = 0;
  }

  Health look() {
    if (!pull) pull = std::make_unique<Pull>(settings, reception, clock);
    wait = pull->look({});
    return pull->health();
  }
  std::string code_of_look() {
    const auto health = look();
    return health.last_error ? health.last_error->code() : "";
  }
  std::vector<std::string> targets() const {
    std::vector<std::string> targets;
    for (const auto& each : asked) targets.push_back(each.target);
    return targets;
  }
  /// What the server sends for the nth request (from 0).
  std::function<std::string(std::size_t)> answers = [](std::size_t) { return answer(R"({"records":[]})"); };

  void talk(Poco::Net::StreamSocket& socket) {
    Asked request;
    const auto line = testing::receive_line(socket);
    Poco::URI::decode(line.substr(4, line.rfind(' ') - 4), request.target);
    for (auto header = testing::receive_line(socket); !header.empty(); header = testing::receive_line(socket))
      request.headers.push_back(header);
    asked.push_back(request);
    testing::send(socket, answers(asked.size() - 1));
  }

  testing::TemporaryFolder folder;
  testing::HandClock clock;
  testing::ListingReception reception;
  std::vector<Asked> asked;
  testing::ScriptedServer server{[this](Poco::Net::StreamSocket& socket) { talk(socket); }};
  PullSettings settings;
  std::unique_ptr<Pull> pull;
  std::chrono::milliseconds wait{};
};

TEST_F(PullTest, TakesAPageVerbatim) {
  const std::string body = "{ \"records\": [ {\"a\": 1} ]\n}";
  answers = [&](std::size_t) { return answer(body); };
  const auto health = look();
  EXPECT_FALSE(health.last_error);
  EXPECT_EQ(wait, settings.every);
  ASSERT_THAT(reception.got, SizeIs(1));
  EXPECT_EQ(reception.got[0].bytes, body);
  EXPECT_EQ(reception.got[0].source, "tokyo");
  EXPECT_EQ(reception.got[0].name, "kintone-20200420T030000Z-0001.json");
  EXPECT_FALSE(fs::exists(settings.folder / "page"));
}

TEST_F(PullTest, TakesNoEmptyPage) {
  EXPECT_FALSE(look().last_error);
  EXPECT_EQ(reception.asked, 0);
}

TEST_F(PullTest, TakesWhatItNeedNotRead) {
  settings.items.clear();
  answers = [&](std::size_t) { return answer("a,b\n1,2\n", "Content-Type: text/csv; charset=utf-8\r\n"); };
  look();
  EXPECT_THAT(reception.names(), ElementsAre("kintone-20200420T030000Z-0001.csv"));
}

TEST_F(PullTest, SendsTheTokenInAHeaderOnly) {
  settings.token_file = folder.write("token", "  secret-token\n");
  settings.headers = {{"X-Cybozu-API-Token", "{token}"}, {"Authorization", "Bearer {token}"}};
  settings.query = {{"app", "7"}};
  look();
  EXPECT_THAT(targets(), ElementsAre("/records.json?app=7"));
  EXPECT_THAT(asked.at(0).headers, ::testing::Contains("X-Cybozu-API-Token: secret-token"));
  EXPECT_THAT(asked.at(0).headers, ::testing::Contains("Authorization: Bearer secret-token"));
}

TEST_F(PullTest, RefusesATokenThatWouldBreakTheHeader) {
  settings.token_file = folder.write("token", "a\r\nX-Other: b");
  EXPECT_EQ(code_of_look(), "intake.secret_unusable");
  EXPECT_THAT(asked, IsEmpty());
}

TEST_F(PullTest, PagesByOffset) {
  settings.paging = Paging::offset;
  settings.page_size = 2;
  settings.query = {{"query", "limit {page_size} offset {offset}"}};
  answers = [](std::size_t nth) {
    return answer(nth < 2 ? R"({"records":[{"id":)" + std::to_string(nth) + "},{}]}" : R"({"records":[{}]})");
  };
  look();
  EXPECT_THAT(targets(),
              ElementsAre("/records.json?query=limit 2 offset 0", "/records.json?query=limit 2 offset 2",
                          "/records.json?query=limit 2 offset 4"));
  EXPECT_THAT(reception.got, SizeIs(3));
}

TEST_F(PullTest, PagesByNumber) {
  settings.paging = Paging::number;
  settings.page_size = 1;
  settings.query = {{"page", "{page}"}};
  answers = [](std::size_t nth) { return answer(nth == 0 ? R"({"records":[{}]})" : R"({"records":[]})"); };
  look();
  EXPECT_THAT(targets(), ElementsAre("/records.json?page=1", "/records.json?page=2"));
}

TEST_F(PullTest, PagesByCursor) {
  settings.paging = Paging::cursor;
  settings.next = "/next";
  settings.query = {{"cursor", "{cursor}"}};
  answers = [](std::size_t nth) {
    return answer(nth == 0 ? R"({"records":[{}],"next":"c/2"})" : R"({"records":[{},{}],"next":null})");
  };
  look();
  EXPECT_THAT(targets(), ElementsAre("/records.json", "/records.json?cursor=c/2"));
}

TEST_F(PullTest, PagesByLinkInTheAnswerOrInTheHeader) {
  settings.paging = Paging::link;
  settings.query = {{"q", "1"}};
  answers = [](std::size_t nth) {
    return answer(R"({"records":[{}]})", nth == 0 ? "Link: </records.json?page=2>; rel=\"next\"\r\n" : "");
  };
  look();
  EXPECT_THAT(targets(), ElementsAre("/records.json?q=1", "/records.json?page=2"));
}

TEST_F(PullTest, FollowsNoLinkToAnotherHost) {
  settings.paging = Paging::link;
  settings.next = "/next";
  answers = [](std::size_t) { return answer(R"({"records":[{}],"next":"http://localhost:1/x"})"); };
  EXPECT_EQ(code_of_look(), "intake.pull_other_host");
}

TEST_F(PullTest, FollowsNoRedirect) {
  answers = [](std::size_t) { return answer("", "Location: http://127.0.0.1/\r\n", "302 Found"); };
  EXPECT_EQ(code_of_look(), "intake.pull_redirected");
  EXPECT_EQ(server.connections(), 1);
}

TEST_F(PullTest, NoticesALoop) {
  settings.next = "/next";
  settings.query = {{"cursor", "{cursor}"}};
  answers = [](std::size_t) { return answer(R"({"records":[{}],"next":"same"})"); };
  settings.paging = Paging::cursor;
  EXPECT_EQ(code_of_look(), "intake.pull_loop");
  settings.paging = Paging::link;
  pull.reset();
  EXPECT_EQ(code_of_look(), "intake.pull_loop");
}

class WatermarkTest : public PullTest {
 protected:
  WatermarkTest() {
    settings.watermark = "/updated";
    settings.paging = Paging::cursor;
    settings.next = "/next";
    settings.query = {{"since", "updated >= \"{watermark}\""}, {"cursor", "{cursor}"}};
    answers = [](std::size_t nth) {
      return answer(nth % 2 == 0 ? R"({"records":[{"updated":"2020-04-20"}],"next":"2"})"
                                 : R"({"records":[{"updated":"2020-04-19"}]})");
    };
  }
};

TEST_F(WatermarkTest, MovesAfterAWholeRunAndIsKept) {
  look();
  pull.reset();
  look();
  EXPECT_THAT(targets(), ElementsAre("/records.json", "/records.json?cursor=2",
                                     "/records.json?since=updated >= \"2020-04-20\"",
                                     "/records.json?since=updated >= \"2020-04-20\"&cursor=2"));
}

TEST_F(WatermarkTest, BeginsWhereToldAtFirst) {
  settings.first_watermark = "2020-01-01";
  look();
  EXPECT_EQ(asked.at(0).target, "/records.json?since=updated >= \"2020-01-01\"");
}

TEST_F(WatermarkTest, StaysWhereAnyStepFails) {
  const auto whole = answers;
  int refused_steps = 0;
  for (int step = 0; step < 2; ++step) {
    asked.clear();
    reception.asked = 0;
    reception.answer = [&](const Parcel&) -> std::optional<base::Error> {
      if (reception.asked != step + 1) return std::nullopt;
      ++refused_steps;
      return base::Error(base::ErrorKind::unavailable, "ledger.stopped");
    };
    EXPECT_EQ(code_of_look(), "ledger.stopped");
    EXPECT_FALSE(fs::exists(settings.folder / "watermark"));
  }
  EXPECT_EQ(refused_steps, 2);
  reception.answer = {};
  answers = [&](std::size_t nth) { return nth == 1 ? std::string("HTTP/1.1 200 OK\r\nConte") : whole(nth); };
  asked.clear();
  EXPECT_EQ(code_of_look(), "intake.not_reached");
  EXPECT_FALSE(fs::exists(settings.folder / "watermark"));
  answers = whole;
  asked.clear();
  EXPECT_EQ(code_of_look(), "");
  EXPECT_TRUE(fs::exists(settings.folder / "watermark"));
}

TEST_F(WatermarkTest, ADamagedOneStopsThePull) {
  fs::create_directories(settings.folder);
  folder.write("own/watermark", "musubi watermark 2\n2020");
  EXPECT_EQ(code_of_look(), "intake.watermark_unreadable");
}

TEST_F(PullTest, SetsARefusedPageAsideAndGoesOn) {
  answers = [](std::size_t) { return answer(R"({"records":[{}]})"); };
  reception.answer = [](const Parcel&) { return base::Error(base::ErrorKind::bad_input, "document.bad"); };
  const auto health = look();
  EXPECT_FALSE(health.last_error);
  EXPECT_EQ(health.refused, 1U);
  EXPECT_TRUE(fs::exists(settings.folder / "refused/kintone-20200420T030000Z-0001.json.reason.txt"));
}

TEST_F(PullTest, WaitsAsLongAsItIsAskedTo) {
  answers = [](std::size_t) { return answer("", "Retry-After: 7200\r\n", "429 Too Many Requests"); };
  EXPECT_EQ(code_of_look(), "intake.pull_busy");
  EXPECT_EQ(wait, 2h);
  answers = [](std::size_t) {
    return answer("", "Date: Mon, 20 Apr 2020 03:00:00 GMT\r\nRetry-After: Mon, 20 Apr 2020 04:30:00 GMT\r\n",
                  "503 Service Unavailable");
  };
  EXPECT_EQ(code_of_look(), "intake.pull_busy");
  EXPECT_EQ(wait, 90min);
}

TEST_F(PullTest, BacksOffLongerAndLonger) {
  answers = [](std::size_t) { return answer("", "", "500 Oops"); };
  EXPECT_EQ(code_of_look(), "intake.pull_status");
  EXPECT_EQ(wait, 10s);
  look();
  EXPECT_EQ(wait, 20s);
}

TEST_F(PullTest, RefusesBadAnswers) {
  const std::pair<std::string, std::string> cases[] = {
      {"", "intake.not_reached"},
      {"garbage\r\n\r\n", "intake.not_reached"},
      {"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"records\":[]}", "intake.pull_cut_short"},
      {"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nFFFF\r\n{\"rec", "intake.page_not_json"},
      {answer("<html>"), "intake.page_not_json"},
      {answer("", "", "403 Forbidden"), "intake.pull_not_permitted"},
      {"HTTP/1.1 200 OK\r\n" + std::string(500, 'x') + "\r\n\r\n", "intake.not_reached"}};
  std::atomic<std::size_t> nth = 0;
  answers = [&](std::size_t) { return cases[nth].first; };
  for (; nth < std::size(cases); ++nth) EXPECT_EQ(code_of_look(), cases[nth].second) << cases[nth].first;
  EXPECT_EQ(reception.asked, 0);
}

TEST_F(PullTest, BoundsAPageWhateverTheServerSays) {
  settings.most_bytes = 1000;
  answers = [](std::size_t nth) {
    return nth == 0 ? answer(std::string(2000, ' '))
                    : "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + std::string(100'000, ' ');
  };
  EXPECT_EQ(code_of_look(), "intake.pull_too_large");
  EXPECT_EQ(code_of_look(), "intake.pull_too_large");
}

TEST_F(PullTest, BoundsThePagesOfARun) {
  settings.paging = Paging::number;
  settings.page_size = 1;
  settings.most_pages = 3;
  answers = [](std::size_t) { return answer(R"({"records":[{}]})"); };
  EXPECT_EQ(code_of_look(), "intake.pull_too_many_pages");
  EXPECT_THAT(asked, SizeIs(3));
}

TEST_F(PullTest, BoundsTheTimeOfARun) {
  settings.paging = Paging::number;
  settings.page_size = 1;
  answers = [&](std::size_t) {
    clock.advance(20min);
    return answer(R"({"records":[{}]})");
  };
  EXPECT_EQ(code_of_look(), "intake.pull_took_too_long");
}

TEST_F(PullTest, ReachesNobody) {
  settings.url = "http://127.0.0.1:1/";
  EXPECT_EQ(code_of_look(), "intake.not_reached");
  settings.url = "http://";
  pull.reset();
  EXPECT_EQ(code_of_look(), "intake.not_reached");
}

class SecurePullTest : public PullTest {
 protected:
  std::string look_at(const std::string& host, const fs::path& authorities) {
    const testing::TestCertificate certificate(folder.path(), "localhost");
    const testing::ScriptedServer secure_server(
        Poco::Net::SecureServerSocket(Poco::Net::SocketAddress("127.0.0.1", 0), 64,
                                      certificate.server_context()),
        [this](Poco::Net::StreamSocket& socket) { talk(socket); });
    settings.url = "https://" + host + ":" + std::to_string(secure_server.port()) + "/";
    settings.unencrypted = false;
    settings.security.authorities = authorities;
    return code_of_look();
  }
};

TEST_F(SecurePullTest, TrustsWhomItIsTold) {
  EXPECT_EQ(look_at("localhost", folder.path() / "certificate.pem"), "");
}

TEST_F(SecurePullTest, TrustsNobodyElse) {
  EXPECT_EQ(look_at("localhost", {}), "intake.not_trusted");
  EXPECT_THAT(asked, IsEmpty());
}

TEST_F(SecurePullTest, VerifiesTheName) {
  EXPECT_EQ(look_at("127.0.0.1", folder.path() / "certificate.pem"), "intake.not_trusted");
  EXPECT_THAT(asked, IsEmpty());
}

}  // namespace
}  // namespace musubi::intake
