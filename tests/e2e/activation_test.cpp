// Mappings are put in force by a person, at once and whole; what is being read stays as it was begun.
#include <gmock/gmock.h>

#include <fstream>
#include <future>
#include <random>
#include <thread>

#include "hub.h"
#include "own_configuration.h"

namespace {

using musubi::testing::Hub;
using musubi::testing::Outcome;
using musubi::testing::OwnConfiguration;
using musubi::testing::run_musubi;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr const char* kFile = "tokyo/positive-cases.yaml";
constexpr const char* kTests = "tokyo/positive-cases.test.yaml";
constexpr const char* kRule = "report.remarks:                   { from: 備考 }";
constexpr const char* kHeader =
    "No,全国地方公共団体コード,都道府県名,市区町村名,公表_年月日,曜日,発症_年月日,患者_居住地,患者_年代,患者_"
    "性別,"
    "患者_属性,患者_状態,患者_症状,患者_渡航歴の有無フラグ,備考,退院済フラグ\n";
constexpr const char* kId = "tokyo/positive-cases";

std::string remarks_rule(const std::string& text) { return "report.remarks: { value: " + text + " }"; }

class Activation : public ::testing::Test {
 protected:
  Activation() : hub_(own_.config()) { std::filesystem::remove(own_.path(kTests)); }

  std::string sample(const std::string& day, const std::string& rows,
                     const std::string& edition = "1") const {
    const auto file = (hub_.folder().path() / ("130001_tokyo_covid19_patients_" + day + ".csv")).string();
    const auto made = run_musubi({"sample", "--source", "tokyo", "--rows", rows, "--seed", "9", "--edition",
                                  edition, "--output", file});
    EXPECT_EQ(made.exit_code, 0) << made.err;
    return file;
  }
  Outcome import(const std::vector<std::string>& files) const {
    std::vector<std::string> arguments{"import", "--source", "tokyo"};
    arguments.insert(arguments.end(), files.begin(), files.end());
    return hub_.run(arguments);
  }
  Outcome mapping(std::vector<std::string> arguments) const {
    arguments.insert(arguments.begin(), "mapping");
    return hub_.run(arguments);
  }
  Outcome activate() const {
    return mapping({"activate", kId, "--by", "tester", "--why", "a test", "--without-tests"});
  }
  Outcome rollback() const { return mapping({"rollback", kId, "--by", "tester", "--why", "undone"}); }
  /// Stored records whose remarks are those of remarks_rule("edited").
  int edited_records() const {
    const auto lines = hub_.run({"query", "--format", "ndjson", "--fields", "report.remarks"}).out;
    int count = 0;
    for (auto at = lines.find("\"edited\""); at != lines.npos; at = lines.find("\"edited\"", at + 1)) ++count;
    return count;
  }
  boost::json::object lineage(const std::string& record) const {
    return boost::json::parse(hub_.run({"lineage", record, "--json"}).out).as_object();
  }
  /// Digests of the mappings that read the versions of a record, oldest first.
  std::vector<std::string> read_by(const std::string& local_id) const {
    std::vector<std::string> digests;
    const auto record = lineage("tokyo:" + local_id);
    for (const auto& version : record.at("versions").as_array())
      digests.emplace_back(version.as_object().at("mapping_sha256").as_string().c_str());
    return digests;
  }
  /// The local id in the last line of a list.
  static std::string last_id(const std::string& file) {
    std::ifstream in(file, std::ios::binary);
    std::string line, id;
    while (std::getline(in, line))
      if (!line.empty() && line.front() >= '0' && line.front() <= '9') id = line.substr(0, line.find(','));
    return id;
  }
  boost::json::object state_of(const std::string& id) const {
    const auto list = boost::json::parse(mapping({"list", "--json"}).out).as_object();
    for (const auto& each : list.at("mappings").as_array())
      if (each.as_object().at("mapping").as_string() == id) return each.as_object();
    return {};
  }
  std::string digest_in_force() const {
    return state_of(kId).at("activation").as_object().at("sha256").as_string().c_str();
  }

  OwnConfiguration own_;
  Hub hub_;
};

TEST_F(Activation, an_edited_file_changes_nothing_until_a_person_activates_it) {
  EXPECT_EQ(import({sample("2020-03-01", "20")}).exit_code, 0);
  EXPECT_EQ(state_of(kId).at("state").as_string(), "active");
  own_.edit(kFile, kRule, remarks_rule("edited"));
  EXPECT_EQ(state_of(kId).at("state").as_string(), "changed");

  const auto second = import({sample("2020-03-02", "20", "2")});
  EXPECT_THAT(second.out, HasSubstr("musubi mapping activate tokyo/positive-cases"));
  EXPECT_EQ(edited_records(), 0);

  const auto activated = activate();
  EXPECT_EQ(activated.exit_code, 0) << activated.out << activated.err;
  EXPECT_THAT(activated.out, HasSubstr("report.remarks"));
  const auto edited = digest_in_force();
  const auto third_file = sample("2020-03-03", "20", "3");
  const auto third = import({third_file});
  EXPECT_THAT(third.out, Not(HasSubstr("musubi mapping activate")));
  EXPECT_GT(edited_records(), 10);
  EXPECT_EQ(read_by(last_id(third_file)).back(), edited);

  EXPECT_EQ(rollback().exit_code, 0);
  const auto fourth_file = sample("2020-03-04", "20", "4");
  EXPECT_EQ(import({fourth_file}).exit_code, 0);
  EXPECT_NE(digest_in_force(), edited);
  EXPECT_EQ(read_by(last_id(fourth_file)).back(), digest_in_force());
  EXPECT_EQ(rollback().exit_code, 1) << "there is nothing before the baseline";

  const auto history = boost::json::parse(mapping({"history", kId, "--json"}).out).as_array();
  std::vector<std::string> actions;
  for (const auto& each : history) actions.emplace_back(each.as_object().at("action").as_string().c_str());
  EXPECT_THAT(actions, ElementsAre("baseline", "activate", "rollback"));
  EXPECT_EQ(history[1].as_object().at("by").as_string(), "tester");
  EXPECT_EQ(history[1].as_object().at("previous_sha256"), history[0].as_object().at("sha256"));
  EXPECT_EQ(hub_.run({"doctor"}).exit_code, 0);
}

TEST_F(Activation, a_file_with_errors_is_refused_and_does_not_disturb_the_intake) {
  ASSERT_EQ(import({sample("2020-03-01", "20")}).exit_code, 0);
  own_.edit(kFile, "lookup: age_band", "lookup: age_bnad");
  EXPECT_EQ(activate().exit_code, 1);
  EXPECT_EQ(state_of(kId).at("state").as_string(), "unreadable");
  const auto second = import({sample("2020-03-02", "20", "2")});
  EXPECT_EQ(second.exit_code, 0) << second.err;
  own_.write("valuesets/sex.yaml", "valueset: [");
  const auto third = import({sample("2020-03-03", "20", "3")});
  EXPECT_EQ(third.exit_code, 0) << third.err;
  EXPECT_THAT(third.out, HasSubstr("sex.yaml"));
  EXPECT_EQ(mapping({"list"}).exit_code, 0);
}

TEST_F(Activation, a_file_whose_tests_fail_is_refused_whatever_is_said) {
  ASSERT_EQ(import({sample("2020-03-01", "20")}).exit_code, 0);
  own_.edit(kFile, kRule, remarks_rule("edited"));
  own_.write(kTests,
             std::string("test: ") + kId +
                 "\ncases:\n  - case: remarks\n    row: { No: '1', 公表_年月日: 2020-03-01, 備考: x }\n"
                 "    only_named: yes\n    record: { report.remarks: x }\n");
  const auto refused = activate();
  EXPECT_EQ(refused.exit_code, 1);
  EXPECT_THAT(refused.out, HasSubstr("In the test \"remarks\", report.remarks is not what the test says"));
  EXPECT_EQ(state_of(kId).at("state").as_string(), "changed");
  own_.edit(kTests, "record: { report.remarks: x }", "record: { report.remarks: edited }");
  const auto tested = mapping({"activate", kId, "--by", "tester", "--why", "a test"});
  EXPECT_EQ(tested.exit_code, 0) << tested.out << tested.err;
  EXPECT_EQ(state_of(kId).at("state").as_string(), "active");
}

TEST_F(Activation, who_and_why_must_be_told) {
  ASSERT_EQ(import({sample("2020-03-01", "20")}).exit_code, 0);
  own_.edit(kFile, kRule, remarks_rule("edited"));
  EXPECT_EQ(mapping({"activate", kId}).exit_code, 2);
  EXPECT_EQ(mapping({"activate", kId, "--by", "tester", "--why", " "}).exit_code, 2);
  EXPECT_EQ(state_of(kId).at("state").as_string(), "changed");
}

TEST_F(Activation, a_new_file_waits_and_a_file_that_is_gone_stays_in_force) {
  ASSERT_EQ(import({sample("2020-03-01", "20")}).exit_code, 0);
  auto text = own_.read(kFile);
  text.replace(text.find("tokyo/positive-cases"), std::string(kId).size(), "tokyo/other-cases");
  own_.write("tokyo/other-cases.yaml", text);
  EXPECT_EQ(state_of("tokyo/other-cases").at("state").as_string(), "not_active");
  std::filesystem::remove(own_.path(kFile));
  EXPECT_EQ(state_of(kId).at("state").as_string(), "file_gone");
  EXPECT_THAT(import({sample("2020-03-02", "20", "2")}).out, HasSubstr(kId));
  const std::vector<std::string> command{"activate", "tokyo/other-cases", "--by", "a", "--why", "b"};
  const auto untested = mapping(command);
  EXPECT_EQ(untested.exit_code, 1);
  EXPECT_THAT(untested.out, HasSubstr("has no tests (other-cases.test.yaml)"));
  auto without_tests = command;
  without_tests.emplace_back("--without-tests");
  EXPECT_EQ(mapping(without_tests).exit_code, 0);
  EXPECT_THAT(mapping({"history", "tokyo/other-cases"}).out, HasSubstr("[--without-tests]"));
  EXPECT_EQ(state_of("tokyo/other-cases").at("state").as_string(), "active");
  EXPECT_EQ(mapping({"rollback", "tokyo/other-cases", "--by", "a", "--why", "b"}).exit_code, 0);
  EXPECT_EQ(state_of("tokyo/other-cases").at("state").as_string(), "not_active");
}

TEST_F(Activation, a_replayed_record_names_the_mapping_that_read_it) {
  const auto file = hub_.folder().write("130001_tokyo_covid19_patients_2020-04-20.csv",
                                        std::string(kHeader) +
                                            "1,130001,東京都,,2020-04-18,土,,都内,90代よりうえ,男性,,,,,,1\n"
                                            "2,130001,東京都,,2020-04-18,土,,都内,40代,女性,,,,,,1\n");
  ASSERT_EQ(import({file.string()}).exit_code, 1) << "one row waits for review";
  ASSERT_EQ(hub_.count("in_review"), 1U);
  const auto before = digest_in_force();
  own_.edit("valuesets/age_band.yaml", "[90代以上,", "[90代よりうえ, 90代以上,");
  EXPECT_EQ(state_of(kId).at("state").as_string(), "changed");
  EXPECT_EQ(state_of("osaka/positive-cases").at("state").as_string(), "changed")
      << "it uses the value set too";
  EXPECT_EQ(hub_.run({"quarantine", "replay", "--mapping", kId}).exit_code, 1) << "still held";
  own_.edit(kFile, kRule, remarks_rule("edited"));
  ASSERT_EQ(activate().exit_code, 0);
  EXPECT_EQ(state_of("osaka/positive-cases").at("state").as_string(), "changed") << "and stays as it was";
  EXPECT_EQ(hub_.run({"quarantine", "replay", "--mapping", "osaka/positive-cases"}).exit_code, 0);
  EXPECT_EQ(hub_.count("in_review"), 1U);
  EXPECT_EQ(hub_.run({"quarantine", "replay", "--mapping", kId, "--since", "2020-01-01"}).exit_code, 0);
  EXPECT_EQ(hub_.count("in_review"), 0U);

  EXPECT_EQ(lineage("tokyo:1#patient.age_band").at("mapping_sha256").as_string(), digest_in_force().c_str());
  EXPECT_EQ(lineage("tokyo:2#patient.age_band").at("mapping_sha256").as_string(), before.c_str());
  const auto version = lineage("tokyo:1").at("versions").as_array().at(0).as_object();
  EXPECT_TRUE(version.at("replayed").as_bool());
  EXPECT_EQ(version.at("mapping_sha256").as_string(), digest_in_force().c_str());
  ASSERT_EQ(rollback().exit_code, 0);
  EXPECT_NE(lineage("tokyo:1#report.remarks").at("mapping_sha256").as_string(), digest_in_force().c_str());
  EXPECT_EQ(hub_.run({"doctor"}).exit_code, 0);
}

TEST_F(Activation, during_an_import_holds_from_the_next_submission_on) {
  own_.set_batch_rows(100);
  const auto first = sample("2020-03-01", "60000");
  const auto second = sample("2020-03-02", "50", "2");
  auto running = std::async(std::launch::async, [&] { return import({first, second}); });
  std::uint64_t received = 0;
  while (received == 0 && running.wait_for(std::chrono::milliseconds(5)) != std::future_status::ready) {
    const auto ledger = hub_.run({"ledger", "--json"});
    if (ledger.exit_code == 0)
      received = boost::json::parse(ledger.out)
                     .as_object()
                     .at("records")
                     .as_object()
                     .at("received")
                     .to_number<std::uint64_t>();
  }
  ASSERT_LT(received, 60000U) << "the import ended before anything could be activated";
  const auto before = digest_in_force();
  own_.edit(kFile, kRule, remarks_rule("edited"));
  const auto activated = activate();
  EXPECT_EQ(activated.exit_code, 0) << activated.err;
  const bool still_running = running.wait_for(std::chrono::seconds(0)) != std::future_status::ready;
  const auto imported = running.get();
  EXPECT_TRUE(still_running) << "nothing was proved: the import had ended";
  EXPECT_EQ(imported.exit_code, 1) << "some synthetic rows are made to be held; " << imported.err;
  EXPECT_THAT(read_by(last_id(first)), ElementsAre(before)) << "what was begun stays pinned";
  EXPECT_EQ(read_by(last_id(second)).back(), digest_in_force());
  EXPECT_NE(digest_in_force(), before);
  EXPECT_GT(edited_records(), 0);
  EXPECT_EQ(hub_.run({"doctor"}).exit_code, 0);
}

TEST_F(Activation, killed_at_any_moment_leaves_the_old_or_the_new) {
  constexpr int kKills = 25;
  constexpr std::uint64_t kSeed = 20200401;
  ASSERT_EQ(import({sample("2020-03-01", "20")}).exit_code, 0);
  std::mt19937_64 random(kSeed);
  auto rule = std::string(kRule);
  std::chrono::microseconds whole{0};
  int killed = 0;
  for (int turn = 0; killed < kKills; ++turn) {
    ASSERT_LT(turn, 10 * kKills) << "the processes end before the signal comes";
    SCOPED_TRACE("turn " + std::to_string(turn));
    const auto before = digest_in_force();
    const auto next = remarks_rule("turn" + std::to_string(turn));
    own_.edit(kFile, rule, next);
    rule = next;
    const auto start = std::chrono::steady_clock::now();
    const std::vector<std::string> command{"mapping", "activate", kId, "--by",
                                           "a",       "--why",    "b", "--without-tests"};
    if (turn == 0) {
      ASSERT_EQ(hub_.run(command).exit_code, 0);
      whole = std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - start);
      continue;
    }
    const auto moment = std::chrono::microseconds(random() % static_cast<std::uint64_t>(whole.count()));
    killed += hub_.run(command, moment).killed ? 1 : 0;
    const auto state = state_of(kId);
    const auto now = digest_in_force();
    EXPECT_TRUE(now == before || state.at("state").as_string() == "active");
    ASSERT_EQ(hub_.run({"doctor"}).exit_code, 0);
  }
  EXPECT_EQ(activate().exit_code, 0);
  EXPECT_EQ(state_of(kId).at("state").as_string(), "active");
}

}  // namespace
