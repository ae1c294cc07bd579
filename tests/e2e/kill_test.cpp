// kill -9 at random moments of an import: after a restart nothing is lost and nothing is double.
#include <gtest/gtest.h>

#include <chrono>
#include <fstream>
#include <random>
#include <sstream>

#include "hub.h"

namespace {

using musubi::testing::Hub;
using musubi::testing::TemporaryFolder;

constexpr int kKills = 50;
constexpr std::uint64_t kSeed = 20200515;
constexpr const char* kRows = "6000";

/// The shipped configuration with small batches, so that a kill can fall between many of them.
std::string small_batches(const TemporaryFolder& folder) {
  const std::string project = MUSUBI_PROJECT_FOLDER;
  std::ostringstream text;
  text << std::ifstream(project + "/config/musubi.yaml").rdbuf();
  auto config = std::move(text).str();
  for (const auto& [from, to] :
       {std::pair<std::string, std::string>{": ../mappings", ": " + project + "/mappings"},
        {"checks: checks", "checks: " + project + "/config/checks"},
        {"jurisdictions: jurisdictions", "jurisdictions: " + project + "/config/jurisdictions"},
        {"policies: policies", "policies: " + project + "/config/policies"},
        {"routes: routes", "routes: " + project + "/config/routes"}}) {
    for (auto at = config.find(from); at != std::string::npos; at = config.find(from, at + to.size()))
      config.replace(at, from.size(), to);
  }
  return folder.write("musubi.yaml", config + "\nbatch_rows: 250\n").string();
}

std::string stored(const Hub& hub) { return hub.run({"query", "--format", "ndjson", "--history"}).out; }

TEST(Kill, fifty_times_at_random_moments) {
  const TemporaryFolder folder;
  const auto config = small_batches(folder);
  const auto sample = (folder.path() / "130001_tokyo_covid19_patients_2020-04-20.csv").string();
  const auto second = (folder.path() / "130001_tokyo_covid19_patients_2020-05-10.csv").string();
  ASSERT_EQ(musubi::testing::run_musubi(
                {"sample", "--source", "tokyo", "--rows", kRows, "--seed", "9", "--output", sample})
                .exit_code,
            0);
  ASSERT_EQ(musubi::testing::run_musubi({"sample", "--source", "tokyo", "--rows", kRows, "--seed", "9",
                                         "--edition", "2", "--output", second})
                .exit_code,
            0);
  const std::vector<std::string> import{"import", "--source", "tokyo", sample, second};

  const Hub undisturbed(config);
  const auto start = std::chrono::steady_clock::now();
  ASSERT_EQ(undisturbed.run(import).exit_code, 1) << "the samples hold rows for review";
  const auto whole =
      std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - start);
  const auto expected = stored(undisturbed);
  ASSERT_TRUE(undisturbed.balanced());

  std::mt19937_64 random(kSeed);
  int killed = 0;
  for (int turn = 0; killed < kKills; ++turn) {
    ASSERT_LT(turn, 10 * kKills) << "the processes end before the signal comes";
    SCOPED_TRACE("turn " + std::to_string(turn));
    const Hub hub(config);
    const auto moments = 1 + random() % 3;
    for (std::uint64_t each = 0; each < moments; ++each) {
      const auto moment = std::chrono::microseconds(random() % static_cast<std::uint64_t>(whole.count()));
      killed += hub.run(import, moment).killed ? 1 : 0;
    }
    ASSERT_TRUE(hub.import({"--source", "tokyo", sample, second}));
    EXPECT_EQ(hub.ledger().at("records"), undisturbed.ledger().at("records"));
    EXPECT_EQ(hub.count("in_flight"), 0U);
    ASSERT_TRUE(stored(hub) == expected) << "the store differs from that of an undisturbed import";
    ASSERT_EQ(hub.run({"doctor"}).exit_code, 0);
  }
}

/// The import that goes on after a kill, told as such: what it read before and what it reads now is the file.
TEST(Kill, the_next_import_says_where_it_went_on) {
  const TemporaryFolder folder;
  const auto config = small_batches(folder);
  const auto sample = (folder.path() / "130001_tokyo_covid19_patients_2020-04-20.csv").string();
  ASSERT_EQ(musubi::testing::run_musubi({"sample", "--source", "tokyo", "--rows", kRows, "--output", sample})
                .exit_code,
            0);
  const std::vector<std::string> import{"import", "--source", "tokyo", sample, "--json"};
  for (int milliseconds = 20; milliseconds < 2'000; milliseconds += 10) {
    const Hub hub(config);
    if (!hub.run(import, std::chrono::milliseconds(milliseconds)).killed) continue;
    const auto again = boost::json::parse(hub.run(import).out);
    const auto& part = again.at("submissions").at(0).at("parts").as_array();
    if (part.empty() || part[0].at("read_before").to_number<std::uint64_t>() == 0) continue;
    EXPECT_EQ(part[0].at("read_before").to_number<std::uint64_t>() +
                  part[0].at("received").to_number<std::uint64_t>(),
              std::stoull(kRows));
    return;
  }
  FAIL() << "no kill fell into the middle of the file";
}

}  // namespace
