// musubi serve as its users meet it: a file dropped, a file posted, the books, who may see what, an end by
// signal and by force.
#include <gmock/gmock.h>
#include <sys/stat.h>

#include <csignal>
#include <fstream>
#include <sstream>

#include "program.h"
#include "serving_hub.h"
#include "temporary_folder.h"

namespace {

using musubi::testing::eventually;
using musubi::testing::new_token;
using musubi::testing::run_musubi;
using musubi::testing::ServingHub;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr const char* kSubmissions = "/api/v1/submissions";

std::string text_of(const std::filesystem::path& file) {
  std::ostringstream text;
  text << std::ifstream(file, std::ios::binary).rdbuf();
  return std::move(text).str();
}

std::uint64_t number(const boost::json::value& object, const char* name) {
  return object.at(name).to_number<std::uint64_t>();
}

class Serve : public ::testing::Test {
 protected:
  std::filesystem::path home() const { return folder.path() / "home"; }
  ServingHub::Settings settings() const { return {.home = home()}; }

  /// A synthetic list of this many rows.
  std::filesystem::path sample(int rows, int seed = 1) const {
    const auto file = folder.path() / ("tokyo-" + std::to_string(rows) + "-" + std::to_string(seed) + ".csv");
    run_musubi({"sample", "--source", "tokyo", "--rows", std::to_string(rows), "--seed", std::to_string(seed),
                "--output", file.string()});
    return file;
  }

  static boost::json::value books(const ServingHub& hub, const std::string& token) {
    return hub.get("/api/v1/ledger", token).json();
  }
  /// Everything that was received has ended somewhere.
  static bool settled(const ServingHub& hub, const std::string& token, std::uint64_t received) {
    return eventually([&] {
      const auto records = books(hub, token).at("records");
      return number(records, "received") == received && number(records, "in_flight") == 0;
    });
  }

  musubi::testing::TemporaryFolder folder;
};

TEST_F(Serve, a_dropped_file_is_on_the_status_page_within_two_seconds) {
  const auto file = sample(50);
  const ServingHub hub(settings());
  ASSERT_NE(hub.port(), 0) << hub.log();
  const auto inbox = home() / "inbox/tokyo";
  ASSERT_TRUE(eventually([&] { return std::filesystem::exists(inbox); }));
  std::filesystem::copy(file, inbox / "patients.csv");
  EXPECT_TRUE(eventually([&] { return hub.get("/").body.find("<td>tokyo</td>") != std::string::npos; },
                         std::chrono::seconds(2)));
  EXPECT_THAT(hub.get("/").body, Not(HasSubstr("patients.csv"))) << "file names can be about a person";
  EXPECT_TRUE(eventually([&] { return !std::filesystem::exists(inbox / "patients.csv"); }));
}

TEST_F(Serve, a_posted_submission_is_accounted_for_and_known_when_it_comes_again) {
  const auto bytes = text_of(sample(200));
  const auto sender = new_token(home(), "sender", "tokyo"), staff = new_token(home(), "operator");
  const ServingHub hub(settings());
  ASSERT_NE(hub.port(), 0) << hub.log();

  const auto first = hub.post(std::string(kSubmissions) + "?name=patients.csv", sender, bytes);
  ASSERT_EQ(first.status, 202U) << first.body;
  const auto status_url = std::string(first.json().at("status").as_string());
  ASSERT_TRUE(settled(hub, staff, 200));

  const auto receipt = hub.get(status_url, sender).json();
  EXPECT_EQ(receipt.at("name").as_string(), "patients.csv");
  EXPECT_EQ(number(receipt, "bytes"), bytes.size());
  EXPECT_EQ(number(receipt.at("records"), "received"), 200U);
  EXPECT_EQ(number(receipt.at("records"), "delivered") + number(receipt.at("records"), "in_review"), 200U);
  EXPECT_EQ(receipt.at("held").as_array().size(), number(receipt.at("records"), "in_review"));
  EXPECT_TRUE(books(hub, staff).at("balanced").as_bool());

  const auto again = hub.post(std::string(kSubmissions) + "?name=again.csv", sender, bytes);
  EXPECT_EQ(again.status, 200U);
  EXPECT_TRUE(again.json().at("already_received").as_bool());
  EXPECT_EQ(again.json().at("status"), first.json().at("status"));
  EXPECT_EQ(number(hub.get(status_url, sender).json(), "times_received"), 2U);
  EXPECT_THAT(hub.get(status_url + "/receipt", sender, {{"Accept-Language", "ja"}}).body,
              HasSubstr("patients.csv"));
}

TEST_F(Serve, what_somebody_may_not_see_is_answered_like_what_is_not_there) {
  const auto bytes = text_of(sample(5));
  const auto tokyo = new_token(home(), "sender", "tokyo"), osaka = new_token(home(), "sender", "osaka"),
             reader = new_token(home(), "reader");
  const ServingHub hub(settings());
  const auto url = std::string(hub.post(kSubmissions, tokyo, bytes).json().at("status").as_string());
  const auto code = [&](const musubi::testing::HttpAnswer& answer) {
    return std::to_string(answer.status) + " " +
           std::string(answer.json().at("error").at("code").as_string());
  };
  const auto absent = hub.get(std::string(kSubmissions) + "/999", osaka);
  EXPECT_EQ(code(absent), "404 net.not_found");
  EXPECT_EQ(code(hub.get(url, osaka)), "404 net.not_found");
  EXPECT_EQ(code(hub.get("/api/v1/nothing-here", osaka)), "404 net.not_found");
  EXPECT_EQ(code(hub.get("/api/v1/quarantine", osaka)), "404 net.not_found");
  EXPECT_EQ(code(hub.post("/api/v1/reload", reader)), "404 net.not_found");
  EXPECT_EQ(code(hub.post(std::string(kSubmissions) + "?source=osaka", tokyo, bytes)), "404 net.not_found");
  EXPECT_EQ(code(hub.get(url)), "401 net.unauthenticated");
  EXPECT_EQ(code(hub.get(url, "0123456789abcdef")), "401 net.unauthenticated");
  EXPECT_EQ(hub.get(url, tokyo).status, 200U);
}

TEST_F(Serve, what_was_acknowledged_outlives_kill_9) {
  const auto bytes = text_of(sample(3'000));
  const auto sender = new_token(home(), "sender", "tokyo"), staff = new_token(home(), "operator");
  std::string url;
  {
    ServingHub hub(settings());
    const auto answer = hub.post(kSubmissions, sender, bytes);
    ASSERT_EQ(answer.status, 202U);
    url = answer.json().at("status").as_string();
    hub.kill();
  }
  const ServingHub hub(settings());
  EXPECT_TRUE(settled(hub, staff, 3'000));
  EXPECT_TRUE(books(hub, staff).at("balanced").as_bool());
  EXPECT_EQ(hub.get(url, sender).json().at("state").as_string(), "done");
  EXPECT_EQ(hub.post(kSubmissions, sender, bytes).status, 200U);
}

TEST_F(Serve, it_ends_when_asked_and_says_so) {
  ServingHub hub(settings());
  ASSERT_NE(hub.port(), 0) << hub.log();
  EXPECT_EQ(hub.get("/healthz").status, 200U);
  EXPECT_EQ(hub.get("/readyz").status, 200U);
  EXPECT_EQ(hub.stop(), 0);
  EXPECT_TRUE(hub.logged("\"hub.log.stopped\""));
}

TEST_F(Serve, a_reload_that_cannot_be_read_leaves_everything_as_it_was) {
  std::filesystem::copy(MUSUBI_PROJECT_FOLDER "/config", folder.path() / "config",
                        std::filesystem::copy_options::recursive);
  std::filesystem::create_directory_symlink(MUSUBI_PROJECT_FOLDER "/mappings", folder.path() / "mappings");
  const auto staff = new_token(home(), "operator"), sender = new_token(home(), "sender", "tokyo");
  const ServingHub hub({.home = home(), .config = folder.path() / "config/musubi.yaml"});
  ASSERT_NE(hub.port(), 0) << hub.log();
  EXPECT_EQ(hub.post("/api/v1/reload", staff).status, 200U);

  const auto routes = folder.path() / "config/routes";
  std::ofstream(routes / "broken.yaml") << "route: [\n";
  const auto refused = hub.post("/api/v1/reload", staff);
  EXPECT_EQ(refused.status, 422U);
  EXPECT_THAT(refused.body, HasSubstr("broken.yaml"));
  hub.signal(SIGHUP);
  EXPECT_TRUE(hub.logged("\"hub.log.not_reloaded\""));
  EXPECT_EQ(hub.post(kSubmissions, sender, text_of(sample(20))).status, 202U);
  EXPECT_TRUE(settled(hub, staff, 20));

  std::filesystem::remove(routes / "broken.yaml");
  hub.signal(SIGHUP);
  EXPECT_TRUE(hub.logged("\"hub.log.reloaded\""));
}

TEST_F(Serve, a_second_hub_over_the_same_home_is_refused) {
  const ServingHub first(settings());
  ASSERT_NE(first.port(), 0);
  ServingHub second(settings());
  EXPECT_EQ(second.port(), 0);
  EXPECT_THAT(second.log(), HasSubstr("home"));
  EXPECT_EQ(first.get("/healthz").status, 200U);
}

TEST_F(Serve, what_is_held_can_be_listed_and_sent_back) {
  const auto staff = new_token(home(), "reviewer"), sender = new_token(home(), "sender", "tokyo");
  const ServingHub hub(settings());
  auto bytes = text_of(sample(10));
  const auto cell = bytes.rfind("2020");
  ASSERT_NE(cell, std::string::npos);
  bytes.replace(cell, 4, "20x0");
  ASSERT_EQ(hub.post(kSubmissions, sender, bytes).status, 202U);
  ASSERT_TRUE(settled(hub, staff, 10));
  const auto held = hub.get("/api/v1/quarantine", staff).json().at("records").as_array();
  ASSERT_FALSE(held.empty());
  const auto id = std::to_string(number(held[0], "id"));
  const auto rejected =
      hub.post("/api/v1/quarantine/" + id + "/reject", staff, R"({"reason": "review.not_a_case"})");
  EXPECT_EQ(rejected.status, 200U) << rejected.body;
  EXPECT_EQ(number(books(hub, staff).at("records"), "rejected"), 1U);
  EXPECT_TRUE(books(hub, staff).at("balanced").as_bool());
}

TEST_F(Serve, metrics_and_description_fit_what_is_served) {
  const auto reader = new_token(home(), "reader");
  const ServingHub hub(settings());
  EXPECT_THAT(hub.get("/metrics").body, HasSubstr("musubi_working 1"));
  const auto paths = hub.get("/api/v1/openapi.json").json().at("paths").as_object();
  EXPECT_TRUE(paths.contains("/api/v1/submissions/{id}"));
  for (const auto& [path, operations] : paths) {
    if (!operations.as_object().contains("get") || path.find("{") != path.npos) continue;
    EXPECT_NE(hub.get(std::string(path), reader).status, 500U) << path;
  }
}

}  // namespace
