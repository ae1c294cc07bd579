// What people do with held records over the API, and cases that are taken back.
#include <gmock/gmock.h>

#include <fstream>
#include <sstream>

#include "own_configuration.h"
#include "program.h"
#include "serving_hub.h"
#include "temporary_folder.h"

namespace {

using musubi::testing::eventually;
using musubi::testing::HttpAnswer;
using musubi::testing::new_token;
using musubi::testing::run_musubi;
using musubi::testing::ServingHub;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr const char* kHead =
    "No,全国地方公共団体コード,都道府県名,市区町村名,公表_年月日,曜日,発症_年月日,患者_居住地,"
    "患者_年代,患者_性別,患者_属性,患者_状態,患者_症状,患者_渡航歴の有無フラグ,備考,退院済フラグ\n";

std::string row(int number, const std::string& day) {
  return std::to_string(number) + ",130001,東京都,," + day + ",,,都内,30代,男性,,,,,,1\n";
}

/// Case 1 passes, case 2 is held for its date.
class Review : public ::testing::Test {
 protected:
  void start(const std::string& serve = {}) {
    if (!serve.empty()) configure(serve);
    hub =
        std::make_unique<ServingHub>(ServingHub::Settings{.home = home(), .config = configuration.config()});
    ASSERT_NE(hub->port(), 0) << hub->log();
    hand_in("cases.csv", kHead + row(1, "2020-03-26") + row(2, "20x0-03-27"), 2);
  }
  void configure(const std::string& serve) const {
    const std::string shipped = "serve: { address: 127.0.0.1, port: 8080 }";
    std::ostringstream text;
    text << std::ifstream(configuration.config()).rdbuf();
    auto settings = text.str();
    ASSERT_NE(settings.find(shipped), settings.npos);
    settings.replace(settings.find(shipped), shipped.size(), serve);
    std::ofstream(configuration.config()) << settings;
  }
  void hand_in(const std::string& name, const std::string& csv, std::int64_t received) {
    ASSERT_EQ(hub->post("/api/v1/submissions?name=" + name, sender, csv).status, 202U) << hub->log();
    ASSERT_TRUE(eventually([&] {
      const auto books = hub->get("/api/v1/ledger", reviewer).json().at("records");
      return books.at("received").to_number<std::int64_t>() == received &&
             books.at("in_flight").to_number<std::int64_t>() == 0;
    })) << hub->log();
  }
  HttpAnswer decide(const std::string& action, const std::string& token, const std::string& body = {}) const {
    return hub->post("/api/v1/quarantine/1/" + action, token, body);
  }
  boost::json::value record() const { return hub->get("/api/v1/quarantine/1", reviewer).json(); }
  static std::string code(const HttpAnswer& answer) {
    return std::to_string(answer.status) + " " +
           std::string(answer.json().at("error").at("code").as_string());
  }
  /// With what is stored, when the hub has ended.
  std::string query(std::vector<std::string> more) {
    if (hub) hub->stop();
    more.insert(more.begin(), "query");
    more.insert(more.end(), {"--home", home().string(), "--config", configuration.config()});
    const auto outcome = run_musubi(more);
    return outcome.out + outcome.err;
  }
  std::filesystem::path home() const { return folder.path() / "home"; }

  musubi::testing::TemporaryFolder folder;
  musubi::testing::OwnConfiguration configuration;
  const std::string sender = new_token(home(), "sender", "tokyo"), reviewer = new_token(home(), "reviewer"),
                    second = new_token(home(), "reviewer"), staff = new_token(home(), "operator");
  std::unique_ptr<ServingHub> hub;
};

constexpr const char* kRight =
    R"({"reason": "asked the clinic", "fields": {"report.published_on": "2020-03-27"}})";

TEST_F(Review, a_reviewer_sees_the_values_and_that_is_kept) {
  start();
  EXPECT_EQ(code(hub->get("/api/v1/quarantine/1/values", staff)), "404 net.not_found");
  const auto values = hub->get("/api/v1/quarantine/1/values", reviewer);
  ASSERT_EQ(values.status, 200U) << values.body;
  EXPECT_THAT(values.body, HasSubstr(R"({"column":"公表_年月日","text":"20x0-03-27"})"));
  EXPECT_THAT(values.body, HasSubstr(R"("field":"patient.age_band")"));
  ASSERT_EQ(record().at("looked_at").as_array().size(), 1U);
  EXPECT_THAT(std::string(record().at("looked_at").at(0).at("by").as_string()), HasSubstr("reviewer:"));
  EXPECT_THAT(hub->log(), Not(HasSubstr("20x0")));
}

TEST_F(Review, what_was_put_right_is_delivered_and_its_lineage_says_so) {
  start();
  const auto done = decide("correct", reviewer, kRight);
  ASSERT_EQ(done.status, 200U) << done.body;
  EXPECT_TRUE(done.json().at("delivered").as_bool());
  const auto told = boost::json::serialize(record().at("corrections"));
  EXPECT_THAT(told, HasSubstr("asked the clinic"));
  EXPECT_THAT(told, HasSubstr("report.published_on"));
  EXPECT_THAT(told, Not(HasSubstr("2020-03-27"))) << "values are told to those who ask for values";
  EXPECT_EQ(code(decide("correct", reviewer, kRight)), "409 ledger.not_held");
  ASSERT_TRUE(eventually([&] {
    return hub->get("/api/v1/ledger", reviewer).json().at("records").at("delivered").to_number<int>() == 2;
  }));
  EXPECT_THAT(query({"--where", "report.local_id = '2'"}), HasSubstr("2020-03-27"));
  const auto lineage = run_musubi({"lineage", "tokyo:2#report.published_on", "--home", home().string(),
                                   "--config", configuration.config()},
                                  std::nullopt);
  EXPECT_THAT(lineage.out, HasSubstr("asked the clinic"));
  EXPECT_EQ(run_musubi({"doctor", "--home", home().string(), "--config", configuration.config()}).exit_code,
            0);
}

TEST_F(Review, what_cannot_be_put_right_is_said) {
  start();
  const auto correct = [&](const std::string& fields) {
    return code(decide("correct", reviewer, R"({"reason": "r", "fields": )" + fields + "}"));
  };
  EXPECT_EQ(correct(R"({"report.published_on": "tomorrow"})"), "422 review.value_not_understood");
  EXPECT_EQ(correct(R"({"report.publishd_on": "2020-03-27"})"), "422 pipeline.field_unknown_near");
  EXPECT_EQ(correct(R"({"infection.presumed_date": "2020-03-27"})"), "422 review.field_not_read");
  EXPECT_EQ(correct("{}"), "422 review.fields_expected");
  EXPECT_EQ(code(decide("correct", staff, kRight)), "404 net.not_found");
  EXPECT_FALSE(record().as_object().contains("corrections"));
  const auto held = decide("correct", reviewer, R"({"reason": "r", "fields": {"patient.sex": "female"}})");
  EXPECT_TRUE(held.json().at("still_held").as_bool());
  EXPECT_EQ(held.json().at("record").at("reason").as_string(), "mapping.value_not_understood");
}

TEST_F(Review, where_two_people_decide_the_one_who_proposed_cannot_confirm) {
  start("serve: { address: 127.0.0.1, two_people_decide: yes }");
  EXPECT_EQ(code(decide("confirm", second)), "409 ledger.no_proposal");
  ASSERT_EQ(decide("correct", reviewer, kRight).status, 202U);
  EXPECT_EQ(record().at("proposal").at("action").as_string(), "correct");
  EXPECT_EQ(record().at("state").as_string(), "in_review");
  EXPECT_EQ(code(decide("reject", second, R"({"reason": "r"})")), "409 ledger.proposal_waits");
  EXPECT_EQ(code(decide("confirm", reviewer)), "409 review.same_person");
  const auto done = decide("confirm", second);
  ASSERT_EQ(done.status, 200U) << done.body;
  EXPECT_TRUE(done.json().at("delivered").as_bool());
  EXPECT_FALSE(record().as_object().contains("proposal"));
}

TEST_F(Review, a_proposal_can_be_dropped) {
  start("serve: { address: 127.0.0.1, two_people_decide: yes }");
  ASSERT_EQ(decide("reject", reviewer, R"({"reason": "a test"})").status, 202U);
  EXPECT_EQ(decide("drop-proposal", reviewer).status, 200U);
  ASSERT_EQ(decide("reject", reviewer, R"({"reason": "a test"})").status, 202U);
  EXPECT_EQ(decide("confirm", staff).status, 200U);
  EXPECT_EQ(record().at("state").as_string(), "rejected");
}

TEST_F(Review, a_token_of_one_body_sees_what_is_of_that_body) {
  const auto tokyo = new_token(home(), "reviewer", {}, "130001"),
             osaka = new_token(home(), "reviewer", {}, "270008"),
             ward = new_token(home(), "reviewer", {}, "131016"),
             operator_of_osaka = new_token(home(), "operator", {}, "270008");
  start();
  EXPECT_EQ(hub->get("/api/v1/quarantine/1", tokyo).status, 200U);
  for (const auto& other : {osaka, ward}) {
    EXPECT_EQ(code(hub->get("/api/v1/quarantine/1", other)), "404 net.not_found");
    EXPECT_EQ(code(hub->get("/api/v1/quarantine/1/values", other)), "404 net.not_found");
    EXPECT_EQ(code(decide("correct", other, kRight)), "404 net.not_found");
    EXPECT_TRUE(hub->get("/api/v1/quarantine", other).json().at("records").as_array().empty());
    EXPECT_TRUE(hub->get("/api/v1/ledger", other).json().at("by_source").as_array().empty());
    EXPECT_TRUE(hub->get("/api/v1/submissions", other).json().at("submissions").as_array().empty());
    EXPECT_EQ(code(hub->get("/api/v1/submissions/1", other)), "404 net.not_found");
    EXPECT_EQ(code(hub->get("/api/v1/recipients", other)), "404 net.not_found");
  }
  EXPECT_EQ(code(hub->post("/api/v1/reload", operator_of_osaka)), "404 net.not_found");
  EXPECT_EQ(code(hub->post("/api/v1/submissions?source=tokyo", operator_of_osaka, "No\n1\n")),
            "404 net.not_found");
}

TEST_F(Review, a_case_that_is_taken_back_is_left_out_and_kept) {
  start();
  hand_in("withdrawals.csv", "取下げ_No,取下げ_年月日,取下げ_理由\n1,2020-04-01,重複\n77,2020-04-01,\n", 4);
  const auto receipt = hub->get("/api/v1/submissions/2", sender).json();
  EXPECT_EQ(receipt.at("words").at("withdrawn").to_number<int>(), 2);
  EXPECT_EQ(receipt.at("words").at("new").to_number<int>(), 0);
  hand_in("later.csv", kHead + row(1, "2020-03-26") + row(3, "2020-04-02") + row(77, "2020-04-02"), 7);
  const auto shown = query({"--format", "csv", "--fields", "report.local_id"});
  EXPECT_THAT(shown, Not(HasSubstr("77")));
  EXPECT_THAT(shown, HasSubstr("3,tokyo,3"));
  EXPECT_THAT(query({"--withdrawn", "--where", "report.local_id = '77'"}),
              HasSubstr(R"("confirmation.withdrawn":true)"));
  EXPECT_THAT(query({"--history", "--where", "report.local_id = '1'"}), HasSubstr("2020-03-26"));
}

TEST_F(Review, at_the_command_line_as_well) {
  start();
  hub->stop();
  const auto run = [&](std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), "quarantine");
    arguments.insert(arguments.end(), {"--home", home().string(), "--config", configuration.config()});
    return run_musubi(arguments);
  };
  EXPECT_EQ(run({"correct", "1", "--set", "patient.sex", "--why", "x"}).exit_code, 2);
  const auto held = run({"correct", "1", "--set", "patient.sex.absent=unknown", "--why", "asked"});
  EXPECT_EQ(held.exit_code, 1) << held.err;
  const auto done = run({"correct", "1", "--set", "report.published_on=2020-03-27", "--why", "asked"});
  EXPECT_EQ(done.exit_code, 0) << done.out << done.err;
  EXPECT_THAT(query({"--where", "report.local_id = '2'"}), HasSubstr("2020-03-27"));
}

}  // namespace
