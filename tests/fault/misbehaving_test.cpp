// Adapters that throw, die, do not come back, or take all memory, in a hub that is started again as a service
// manager would: what they fail at is set aside with its reason, everything else flows, the books balance.
#include <gmock/gmock.h>
#include <sys/resource.h>

#include <csignal>
#include <fstream>
#include <set>

#include "faulty_machine.h"
#include "misbehave.h"
#include "program.h"
#include "serving_hub.h"
#include "temporary_folder.h"

namespace {

using musubi::testing::eventually;
using musubi::testing::new_token;
using musubi::testing::ServingHub;
using std::chrono::seconds;
using ::testing::Contains;
using ::testing::Each;
using ::testing::HasSubstr;
using ::testing::Not;
namespace fs = std::filesystem;

constexpr int kMostStarts = 8;
constexpr int kStuckForGood = 4;

/// Sources tokyo (of the misbehaving adapter) and osaka, and one sink.
std::string configuration(const std::string& sink) {
  const std::string project = MUSUBI_PROJECT_FOLDER;
  return "catalogue: " + project + "/mappings/catalogue\nvalue_sets: " + project +
         "/mappings/valuesets\nmappings: " + project + "/mappings\nchecks: " + project +
         "/config/checks\njurisdictions: " + project + "/config/jurisdictions\npolicies: " + project +
         "/config/policies\nroutes: " + project + "/config/routes\n" +
         "plugins: [" MUSUBI_MISBEHAVING_SOURCE ", " MUSUBI_MISBEHAVING_SINK
         ", musubi_source_osaka.so, musubi_sink_sqlite.so]\n"
         "sources:\n  tokyo: { adapter: misbehaving }\n  osaka: { adapter: osaka }\n"
         "sinks:\n  central: " +
         sink +
         "\nserve: { batch_rows: 5, requests_per_second: 0, stuck_after: 500ms, end_when_stuck: 1500ms }\n"
         "delivery:\n  central: { first_wait: 10ms, longest_wait: 100ms }\n";
}

/// Rows of Tokyo's list; `remark` stands in one of them.
std::string tokyo_list(int first, int last, int at = 0, const std::string& remark = {}) {
  std::string csv =
      "No,全国地方公共団体コード,都道府県名,市区町村名,公表_年月日,曜日,発症_年月日,患者_居住地,"
      "患者_年代,患者_性別,患者_属性,患者_状態,患者_症状,患者_渡航歴の有無フラグ,備考,退院済フラグ\n";
  for (int row = first; row <= last; ++row)
    csv += std::to_string(row) + ",130001,東京都,,2020-03-26,木,,都内,30代,男性,,,,," +
           (row == at ? remark : std::string()) + ",1\n";
  return csv;
}

class Misbehaving : public ::testing::Test {
 protected:
  void prepare(const std::string& sink = "{ adapter: sqlite }") {
    config = folder.write("musubi.yaml", configuration(sink));
    token = new_token(home(), "operator");
  }
  void TearDown() override {
    if (!HasFailure() || !hub) return;
    std::printf("%s\n", hub->log().c_str());
  }
  fs::path home() const { return folder.path() / "home"; }
  std::string url(const char* rest) const { return std::string("/api/v1/") + rest; }

  void start() {
    start_again();
    ASSERT_NE(hub->port(), 0) << hub->log();
  }
  /// It may die before it listens.
  void start_again() {
    hub.reset();
    hub = std::make_unique<ServingHub>(ServingHub::Settings{.home = home(), .config = config});
  }
  /// The number of the submission; 0 where the hub died before it answered.
  std::int64_t post(const std::string& source, const std::string& bytes) {
    const auto answer =
        hub->post(url("submissions?name=a.csv&as_of=2020-04-20&source=") + source, token, bytes);
    EXPECT_THAT(answer.status, ::testing::AnyOf(202U, 200U, 0U)) << answer.body;
    return answer.status == 0 ? 0 : answer.json().at("submission").as_int64();
  }
  std::int64_t post_osaka() {
    const auto file = folder.path() / "osaka.csv";
    musubi::testing::run_musubi(
        {"sample", "--source", "osaka", "--rows", "30", "--seed", "7", "--output", file.string()});
    std::ostringstream bytes;
    bytes << std::ifstream(file, std::ios::binary).rdbuf();
    return post("osaka", bytes.str());
  }

  std::string text_of(std::int64_t submission, const char* member) const {
    const auto answer = hub->get(url("submissions/") + std::to_string(submission), token);
    if (answer.status != 200) return {};
    const auto json = answer.json();
    const auto* found = json.as_object().if_contains(member);
    return found == nullptr ? std::string() : std::string(found->as_string());
  }
  std::string state_of(std::int64_t submission) const { return text_of(submission, "state"); }
  boost::json::value books() const { return hub->get(url("ledger"), token).json(); }
  bool at_rest() const {
    const auto list = hub->get(url("submissions?limit=100"), token);
    if (list.status != 200) return false;
    const auto json = list.json();
    for (const auto& each : json.at("submissions").as_array())
      if (each.at("state") == "kept" || each.at("state") == "processing") return false;
    const auto all = hub->get(url("ledger"), token);
    return all.status == 200 && all.json().at("records").at("in_flight") == 0;
  }

  /// Starts the hub again as often as it ends by itself; how it ended each time.
  std::vector<int> restart_until_at_rest() {
    std::vector<int> ends;
    for (int starts = 1; starts <= kMostStarts; ++starts) {
      if (starts > 1) start_again();
      if (eventually([&] { return !hub->runs() || at_rest(); }, seconds(60)) && hub->runs()) return ends;
      ends.push_back(last_end());
    }
    ADD_FAILURE() << "it goes on dying";
    return ends;
  }
  /// Of a hub that has been seen to run no more.
  int last_end() const { return hub->exit_code(); }

  void expect_sound(const std::string& what) {
    SCOPED_TRACE(what);
    const auto all = books();
    EXPECT_TRUE(all.at("balanced").as_bool()) << all;
    EXPECT_THAT(hub->log(), Not(HasSubstr(musubi::testing::kSecret)));
    EXPECT_EQ(hub->stop(), 0) << hub->log();
    const auto doctor =
        musubi::testing::run_musubi({"doctor", "--home", home().string(), "--config", config.string()});
    EXPECT_EQ(doctor.exit_code, 0) << doctor.out << doctor.err;
  }
  std::set<std::string> alarms() const {
    std::set<std::string> codes;
    const auto answer = hub->get(url("alarms"), token);
    if (answer.status != 200) return codes;
    const auto json = answer.json();
    for (const auto& each : json.at("alarms").as_array())
      codes.insert(std::string(each.at("code").as_string()));
    return codes;
  }

  /// Before and after it, of its source and of another.
  struct Submitted {
    std::int64_t before = 0, other = 0, poison = 0;
  };
  Submitted submit(const std::string& poison) {
    Submitted all;
    all.before = post("tokyo", tokyo_list(1'001, 1'010));
    EXPECT_TRUE(eventually([&] { return state_of(all.before) == "done"; })) << hub->log();
    all.other = post_osaka();
    all.poison = post("tokyo", poison);
    if (all.poison == 0) all.poison = all.other + 1;
    post("tokyo", after());  // a hub that is already gone takes it when it is back
    return all;
  }
  static std::string after() { return tokyo_list(2'001, 2'010); }
  void expect_others_done(const Submitted& all) {
    EXPECT_EQ(state_of(all.before), "done");
    EXPECT_EQ(state_of(all.other), "done");
    const auto last = post("tokyo", after());
    EXPECT_TRUE(eventually([&] { return state_of(last) == "done"; })) << hub->log();
  }
  std::int64_t records_of(std::int64_t submission, const char* state) const {
    return hub->get(url("submissions/") + std::to_string(submission), token)
        .json()
        .at("records")
        .at(state)
        .as_int64();
  }

  musubi::testing::TemporaryFolder folder;
  fs::path config;
  std::string token;
  std::unique_ptr<ServingHub> hub;
};

/// How the adapter behaves and how the hub ends then, each time.
struct Death {
  const char* how;
  int end;
};

// NOLINTNEXTLINE(readability-identifier-naming): the name that GoogleTest calls
void PrintTo(const Death& death, std::ostream* out) { *out << death.how; }

class Deadly : public Misbehaving, public ::testing::WithParamInterface<Death> {};

TEST_P(Deadly, a_submission_that_the_hub_dies_of_is_set_aside_and_the_others_flow) {
  if (std::string_view(GetParam().how) == "crashes" && !musubi::testing::machine_can_be_faulty())
    GTEST_SKIP() << "a sanitizer ends the process in its own way";
  prepare();
  start();
  const auto all = submit(tokyo_list(1, 30, 23, std::string("misbehave:") + GetParam().how));
  const auto ends = restart_until_at_rest();
  EXPECT_GE(ends.size(), 3U);
  EXPECT_THAT(ends, Each(GetParam().end));
  EXPECT_EQ(state_of(all.poison), "dead_letter");
  EXPECT_EQ(text_of(all.poison, "reason"), "pipeline.submission_poison");
  EXPECT_EQ(records_of(all.poison, "received"), 20) << "what was on the books before stays";
  EXPECT_EQ(records_of(all.poison, "delivered"), 20);
  EXPECT_THAT(hub->log(), HasSubstr("hub.log.set_aside"));
  EXPECT_THAT(alarms(), Contains("hub.alarm.set_aside"));
  expect_others_done(all);
  expect_sound(GetParam().how);
}

INSTANTIATE_TEST_SUITE_P(Adapter, Deadly,
                         ::testing::Values(Death{"aborts", 128 + SIGABRT}, Death{"crashes", 128 + SIGSEGV},
                                           Death{"is_killed", 128 + SIGKILL}, Death{"loops", kStuckForGood}),
                         [](const auto& death) { return std::string(death.param.how); });

TEST_F(Misbehaving, one_that_dies_before_it_has_read_anything_is_set_aside_too) {
  prepare();
  start();
  const auto all = submit(tokyo_list(1, 5, 1, "misbehave-at-once:aborts"));
  EXPECT_EQ(restart_until_at_rest().size(), 3U);
  EXPECT_EQ(state_of(all.poison), "dead_letter");
  EXPECT_EQ(records_of(all.poison, "received"), 0);
  expect_others_done(all);
  expect_sound("at once");
}

TEST_F(Misbehaving, an_exception_while_rows_are_read_holds_the_rest_and_ends_nothing) {
  prepare();
  start();
  const auto all = submit(tokyo_list(1, 30, 23, "misbehave:throws"));
  ASSERT_TRUE(eventually([&] { return at_rest(); })) << hub->log();
  EXPECT_EQ(state_of(all.poison), "in_review");
  EXPECT_EQ(text_of(all.poison, "reason"), "plugin.exception");
  EXPECT_EQ(records_of(all.poison, "delivered"), 20);
  EXPECT_EQ(records_of(all.poison, "in_review"), 1) << "the rest of the file";
  expect_others_done(all);
  expect_sound("throws");
}

TEST_F(Misbehaving, an_exception_at_every_attempt_sets_the_submission_aside_until_it_is_tried_again) {
  prepare();
  start();
  const auto all = submit(tokyo_list(1, 5, 1, "misbehave-at-once:throws"));
  ASSERT_TRUE(eventually([&] { return at_rest(); }, seconds(60))) << hub->log();
  EXPECT_EQ(state_of(all.poison), "dead_letter");
  EXPECT_THAT(hub->get(url("set-aside"), token).body, HasSubstr("pipeline.submission_poison"));
  expect_others_done(all);

  const auto retry = url("submissions/") + std::to_string(all.poison) + "/retry";
  EXPECT_EQ(hub->post(url("submissions/") + std::to_string(all.before) + "/retry", token).status, 409U);
  std::ofstream(home() / "mended") << "yes";
  EXPECT_EQ(hub->post(retry, token).status, 202U);
  EXPECT_TRUE(eventually([&] { return state_of(all.poison) == "done"; })) << hub->log();
  EXPECT_EQ(records_of(all.poison, "received"), 5);
  EXPECT_EQ(hub->post(retry, token).status, 409U);
  expect_sound("mended");
}

TEST_F(Misbehaving, what_was_set_aside_can_be_tried_again_from_the_command_line) {
  prepare();
  start();
  const auto all = submit(tokyo_list(1, 5, 1, "misbehave-at-once:throws"));
  ASSERT_TRUE(eventually([&] { return at_rest(); }, seconds(60))) << hub->log();
  const auto musubi = [&](std::vector<std::string> arguments) {
    arguments.insert(arguments.end(), {"--home", home().string(), "--config", config.string()});
    return musubi::testing::run_musubi(arguments);
  };
  const auto number = std::to_string(all.poison);
  EXPECT_THAT(musubi({"submission", "list"}).out, HasSubstr("submission " + number + " "));
  EXPECT_EQ(musubi({"submission", "retry", number}).exit_code, 3) << "the hub has the books";
  EXPECT_EQ(hub->stop(), 0);
  std::ofstream(home() / "mended") << "yes";
  EXPECT_EQ(musubi({"submission", "retry", number}).exit_code, 0);
  EXPECT_EQ(musubi({"submission", "retry", number}).exit_code, 1) << "it waits to be read";
  start();
  EXPECT_TRUE(eventually([&] { return state_of(all.poison) == "done"; })) << hub->log();
  expect_sound("mended");
}

TEST_F(Misbehaving, what_imports_die_of_is_set_aside_and_later_ones_go_on) {
  prepare();
  const auto import = [&](const std::string& name, const std::string& bytes) {
    const auto file = folder.write(name, bytes);
    return musubi::testing::run_musubi({"import", "--source", "tokyo", "--as-of", "2020-04-20", file.string(),
                                        "--home", home().string(), "--config", config.string()});
  };
  EXPECT_EQ(import("poison.csv", tokyo_list(1, 30, 23, "misbehave:aborts")).exit_code, 128 + SIGABRT);
  for (int more = 0; more < 2; ++more)
    EXPECT_EQ(import("after.csv", after()).exit_code, 128 + SIGABRT) << "it resumes first";
  const auto last = import("after.csv", after());
  EXPECT_EQ(last.exit_code, 1) << last.err;
  EXPECT_THAT(last.err, HasSubstr("musubi submission retry 1"));
  start();
  EXPECT_EQ(state_of(1), "dead_letter");
  EXPECT_EQ(state_of(2), "done");
  EXPECT_EQ(records_of(2, "delivered"), 10);
  expect_sound("import");
}

TEST_F(Misbehaving, an_import_that_was_ended_from_outside_is_not_counted) {
  prepare();
  const auto file = folder.write("slow.csv", tokyo_list(1, 30, 23, "misbehave:loops"));
  for (int times = 0; times < 4; ++times)
    EXPECT_TRUE(
        musubi::testing::run_musubi({"import", "--source", "tokyo", "--as-of", "2020-04-20", file.string(),
                                     "--home", home().string(), "--config", config.string()},
                                    std::chrono::seconds(2))
            .killed);
  EXPECT_THAT(musubi::testing::run_musubi(
                  {"submission", "list", "--home", home().string(), "--config", config.string()})
                  .out,
              Not(HasSubstr("poison")));
}

TEST_F(Misbehaving, an_adapter_that_does_not_come_back_is_an_alarm_before_the_hub_ends_itself) {
  prepare();
  start();
  post("tokyo", tokyo_list(1, 5, 1, "misbehave:loops"));
  std::set<std::string> seen;
  EXPECT_TRUE(eventually([&] {
    seen.merge(alarms());
    return !hub->runs();
  })) << hub->log();
  EXPECT_THAT(seen, Contains("hub.alarm.stuck"));
  EXPECT_EQ(hub->exit_code(), kStuckForGood);
  EXPECT_THAT(hub->log(), HasSubstr("hub.log.stuck_for_good"));
}

TEST_F(Misbehaving, an_adapter_that_takes_all_memory_fails_and_the_hub_goes_on) {
  if (!musubi::testing::machine_can_be_faulty()) GTEST_SKIP() << "a sanitizer needs its own address space";
  prepare();
  start();
  std::uint64_t pages = 0;
  std::ifstream("/proc/" + std::to_string(hub->process()) + "/statm") >> pages;
  ASSERT_NE(pages, 0U);
  const rlim_t room =
      pages * static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE)) + (std::uint64_t{512} << 20);
  const rlimit limit{room, room};
  ASSERT_EQ(::prlimit(hub->process(), RLIMIT_AS, &limit, nullptr), 0);
  const auto all = submit(tokyo_list(1, 30, 23, "misbehave:leaks"));
  const auto ends = restart_until_at_rest();
  EXPECT_LE(ends.size(), 3U)
      << "memory may run out elsewhere in the process: then it dies, and is started again";
  if (ends.empty()) {
    EXPECT_THAT(hub->log(), HasSubstr("plugin.out_of_memory"));
    EXPECT_EQ(state_of(all.poison), "dead_letter");
    EXPECT_EQ(records_of(all.poison, "received"), 20);
  }
  expect_others_done(all);
  expect_sound("leaks");
}

TEST_F(Misbehaving, a_record_at_which_the_sink_throws_is_a_dead_letter_and_the_others_arrive) {
  prepare("{ adapter: misbehaving, options: { record: 8, how: throws } }");
  start();
  const auto submission = post("tokyo", tokyo_list(1, 20));
  ASSERT_TRUE(eventually([&] { return at_rest() && state_of(submission) == "done"; })) << hub->log();
  EXPECT_EQ(records_of(submission, "delivered"), 19);
  EXPECT_EQ(records_of(submission, "dead_letter"), 1);
  EXPECT_THAT(hub->get(url("dead-letters"), token).body, HasSubstr("plugin.exception"));
  expect_sound("sink throws");
}

TEST_F(Misbehaving, a_consignment_that_the_hub_dies_of_is_set_aside_and_the_others_arrive) {
  prepare("{ adapter: misbehaving, options: { record: 8, how: aborts } }");
  start();
  const auto submission = post("tokyo", tokyo_list(1, 20));
  const auto ends = restart_until_at_rest();
  EXPECT_EQ(ends, (std::vector<int>{128 + SIGABRT, 128 + SIGABRT, 128 + SIGABRT}));
  EXPECT_EQ(state_of(submission), "done");
  EXPECT_EQ(records_of(submission, "delivered"), 15);
  EXPECT_EQ(records_of(submission, "dead_letter"), 5) << "its consignment";
  EXPECT_THAT(hub->get(url("dead-letters"), token).body, HasSubstr("pipeline.consignment_poison"));
  expect_sound("sink aborts");
}

}  // namespace
