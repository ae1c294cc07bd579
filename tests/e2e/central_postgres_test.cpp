// config/examples/central-postgres.yaml through the built program: the store answers as the embedded one
// does, also where the hub was killed on the way.
#include <gtest/gtest.h>

#include <fstream>
#include <iostream>
#include <random>
#include <sstream>

#include "hub.h"
#include "postgres_server.h"

namespace {

using musubi::testing::Hub;
using musubi::testing::PostgresServer;
using musubi::testing::TemporaryFolder;

constexpr int kKills = 6;
constexpr std::uint64_t kSeed = 20200516;
constexpr const char* kRows = "3000";

void replace_all(std::string& text, const std::string& from, const std::string& to) {
  for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
    text.replace(at, from.size(), to);
}

/// The example, with this server and schema, and small batches.
std::string example(const TemporaryFolder& folder, const PostgresServer& server, const std::string& schema) {
  const std::string project = MUSUBI_PROJECT_FOLDER;
  std::ostringstream text;
  text << std::ifstream(project + "/config/examples/central-postgres.yaml").rdbuf();
  auto config = std::move(text).str();
  replace_all(config, ": ../../", ": " + project + "/");
  replace_all(config, ": ../", ": " + project + "/config/");
  replace_all(config, "connection: host=/var/run/postgresql dbname=musubi user=musubi_writer",
              "connection: " + server.connection());
  replace_all(config, "schema: musubi", "schema: " + schema);
  return folder.write(schema + ".yaml", config + "\nbatch_rows: 250\n").string();
}

std::string stored(const Hub& hub) { return hub.run({"query", "--format", "ndjson", "--history"}).out; }

std::string sample(const TemporaryFolder& folder, const char* day, const char* edition) {
  const auto file = (folder.path() / ("130001_tokyo_covid19_patients_" + std::string(day) + ".csv")).string();
  const auto made = musubi::testing::run_musubi({"sample", "--source", "tokyo", "--rows", kRows, "--seed",
                                                 "9", "--edition", edition, "--output", file});
  EXPECT_EQ(made.exit_code, 0) << made.err;
  return file;
}

TEST(CentralPostgres, AnswersAsTheEmbeddedStoreAlsoWhereTheHubWasKilled) {
  const PostgresServer server;
  const TemporaryFolder folder;
  const auto first = sample(folder, "2020-04-20", "1"), second = sample(folder, "2020-05-10", "2");
  const Hub embedded;
  ASSERT_TRUE(embedded.import({"--source", "tokyo", first, second}));
  const auto expected = stored(embedded);
  ASSERT_GT(expected.size(), 100'000U);

  std::mt19937_64 random(kSeed);
  for (int turn = 0; turn <= kKills; ++turn) {
    SCOPED_TRACE("turn " + std::to_string(turn));
    const Hub hub(example(folder, server, "turn_" + std::to_string(turn)));
    if (turn > 0) {
      const auto moment = std::chrono::milliseconds(100 + random() % 900);
      hub.run({"import", "--source", "tokyo", first, second}, moment);
    }
    ASSERT_TRUE(hub.import({"--source", "tokyo", first, second}));
    EXPECT_TRUE(hub.balanced());
    EXPECT_EQ(hub.count("in_flight"), 0U);
    ASSERT_TRUE(stored(hub) == expected) << "the store differs from the embedded one";
    const auto examined = hub.run({"doctor"});
    ASSERT_EQ(examined.exit_code, 0) << examined.out << examined.err;
  }
}

}  // namespace

/// 77: skipped, with the reason.
int main(int count, char** arguments) {
  ::testing::InitGoogleTest(&count, arguments);
  if (const auto missing = PostgresServer::missing(); !missing.empty()) {
    std::cout << missing << '\n';
    return 77;
  }
  return RUN_ALL_TESTS();
}
