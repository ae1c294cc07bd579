// A prefecture's hub and the central one, as config/examples has them, on one machine: what the first was
// given arrives at the second once, whoever is killed meanwhile.
//
// MUSUBI_TWO_HUBS_RECORDS, _PIECES, _KILL_EVERY_MS and _SEED lengthen it; docs/reliability.md has the long
// form.
#include <gmock/gmock.h>
#include <sys/file.h>

#include <cstdlib>
#include <fstream>
#include <random>
#include <set>
#include <sstream>

#include "program.h"
#include "serving_hub.h"
#include "temporary_folder.h"

namespace {

using musubi::testing::eventually;
using musubi::testing::new_token;
using musubi::testing::run_musubi;
using musubi::testing::ServingHub;

std::uint64_t number_from(const char* variable, std::uint64_t otherwise) {
  const char* text = std::getenv(variable);
  return text == nullptr ? otherwise : std::strtoull(text, nullptr, 10);
}

std::string text_of(const std::filesystem::path& file) {
  std::ostringstream text;
  text << std::ifstream(file, std::ios::binary).rdbuf();
  return std::move(text).str();
}

/// A hub that is started again whenever it was killed, on the same port.
class Restarted {
 public:
  Restarted(std::filesystem::path home, std::filesystem::path config, int port)
      : settings_{.home = std::move(home), .config = std::move(config), .port = port} {}

  void start() {
    if (!hub_) hub_ = std::make_unique<ServingHub>(settings_);
  }
  void kill() { hub_.reset(); }
  const ServingHub& hub() const { return *hub_; }

  boost::json::object ledger() const {
    const auto outcome = run_musubi(
        {"ledger", "--json", "--home", settings_.home.string(), "--config", settings_.config.string()});
    return boost::json::parse(outcome.out).as_object();
  }
  std::uint64_t records(const char* state) const {
    return ledger().at("records").as_object().at(state).to_number<std::uint64_t>();
  }
  std::uint64_t unfinished() const {
    return ledger().at("submissions").as_object().at("unfinished").to_number<std::uint64_t>();
  }
  std::string stored() const {
    return run_musubi({"query", "--format", "ndjson", "--home", settings_.home.string(), "--config",
                       settings_.config.string()})
        .out;
  }

 private:
  ServingHub::Settings settings_;
  std::unique_ptr<ServingHub> hub_;
};

class TwoHubs : public ::testing::Test {
 protected:
  TwoHubs() {
    namespace fs = std::filesystem;
    fs::copy(MUSUBI_PROJECT_FOLDER "/config", folder.path() / "config", fs::copy_options::recursive);
    fs::create_directory_symlink(MUSUBI_PROJECT_FOLDER "/mappings", folder.path() / "mappings");
    const auto examples = folder.path() / "config/examples";
    const int port = musubi::testing::free_port();
    central = std::make_unique<Restarted>(folder.path() / "central", examples / "central/musubi.yaml", port);
    set_url(examples / "edge/musubi.yaml", port);
    for (const auto* hub : {"edge", "central"}) never_give_up(examples / hub / "musubi.yaml");
    edge = std::make_unique<Restarted>(folder.path() / "edge", examples / "edge/musubi.yaml", 0);
    const auto token = new_token(folder.path() / "central", "hub", "edge-tokyo");
    fs::create_directories(folder.path() / "edge");
    std::ofstream(folder.path() / "edge/central.token") << token << '\n';
    sender = new_token(folder.path() / "edge", "sender", "tokyo");
  }

  static void set_url(const std::filesystem::path& config, int port) {
    auto text = text_of(config);
    const std::string url = "http://127.0.0.1:8090";
    text.replace(text.find(url), url.size(), "http://127.0.0.1:" + std::to_string(port));
    std::ofstream(config, std::ios::binary) << text;
  }

  /// They are killed far more often than a hub that means well dies of what it has in hand.
  static void never_give_up(const std::filesystem::path& config) {
    auto text = text_of(config);
    const std::string serve = "serve: { ";
    text.replace(text.find(serve), serve.size(), serve + "most_attempts: 0, ");
    std::ofstream(config, std::ios::binary) << text;
  }

  std::string sample(std::uint64_t rows, int seed, int edition = 1) const {
    const auto file = folder.path() / "sample.csv";
    run_musubi({"sample", "--source", "tokyo", "--rows", std::to_string(rows), "--seed", std::to_string(seed),
                "--edition", std::to_string(edition), "--force", "--output", file.string()});
    return text_of(file);
  }

  /// Until the edge has it: a sender tries again, too.
  bool hand_in(const std::string& name, const std::string& bytes) {
    return eventually(
        [&] {
          const auto answer = edge->hub().post("/api/v1/submissions?name=" + name, sender, bytes);
          return answer.status == 202 || answer.status == 200;
        },
        std::chrono::seconds(60));
  }

  /// Nothing is under way in either.
  bool settled(std::chrono::seconds patience) const {
    return eventually(
        [&] {
          return edge->records("in_flight") == 0 && edge->unfinished() == 0 && central->unfinished() == 0 &&
                 central->records("in_flight") == 0;
        },
        patience);
  }

  /// What the centre has, a line a case, without its own numbers of the cases.
  std::set<std::string> stored_at_the_centre() const {
    std::set<std::string> records, ids;
    std::istringstream lines(central->stored());
    for (std::string line; std::getline(lines, line);) {
      auto record = boost::json::parse(line).as_object();
      record.erase("_record");
      EXPECT_TRUE(ids.emplace(record.at("report.local_id").as_string()).second) << "twice in the store";
      records.insert(boost::json::serialize(record));
    }
    return records;
  }

  musubi::testing::TemporaryFolder folder;
  std::unique_ptr<Restarted> edge, central;
  std::string sender;
};

TEST_F(TwoHubs, what_the_edge_was_given_is_at_the_centre) {
  central->start();
  edge->start();
  ASSERT_TRUE(hand_in("first.csv", sample(300, 1)));
  ASSERT_TRUE(settled(std::chrono::seconds(20))) << edge->hub().log();
  EXPECT_EQ(central->records("received"), edge->records("delivered"));
  EXPECT_EQ(stored_at_the_centre().size(), edge->records("delivered"));
  EXPECT_TRUE(edge->ledger().at("balanced").as_bool());
  EXPECT_TRUE(central->ledger().at("balanced").as_bool());

  const auto lineage =
      run_musubi({"lineage", "tokyo:1", "--home", (folder.path() / "edge").string(), "--config",
                  (folder.path() / "config/examples/edge/musubi.yaml").string()});
  EXPECT_THAT(lineage.out, ::testing::HasSubstr("submission 1")) << "the receipt of the centre";
}

TEST_F(TwoHubs, what_waits_while_the_centre_is_away_or_does_not_admit_us_arrives_later) {
  edge->start();
  ASSERT_TRUE(hand_in("first.csv", sample(200, 1)));
  EXPECT_TRUE(edge->hub().logged("hub_sink.not_reached"));
  EXPECT_EQ(edge->records("dead_letter"), 0U);
  central->start();
  ASSERT_TRUE(settled(std::chrono::seconds(20)));
  EXPECT_EQ(central->records("received"), edge->records("delivered"));

  const auto list = run_musubi({"token", "list", "--json", "--home", (folder.path() / "central").string()});
  const auto id = boost::json::parse(list.out).at("tokens").at(0).at("id").as_string();
  ASSERT_EQ(run_musubi({"token", "revoke", std::string(id), "--home", (folder.path() / "central").string()})
                .exit_code,
            0);
  // The centre may take a second to notice.
  for (int seed = 2;
       seed < 50 && !edge->hub().logged("hub_sink.not_admitted", std::chrono::milliseconds(100)); ++seed)
    ASSERT_TRUE(hand_in("second.csv", sample(50, seed)));
  EXPECT_TRUE(edge->hub().logged("hub_sink.not_admitted"));
  EXPECT_EQ(edge->records("dead_letter"), 0U) << "no record is to blame for a token";
}

/// Lists of the same cases, each later than the one before: what counts at the end is the last.
class Disturbed : public TwoHubs {
 protected:
  const std::uint64_t pieces = number_from("MUSUBI_TWO_HUBS_PIECES", 10);

  /// `after_each` may kill. False: something was not taken, or not settled.
  template <typename AfterEach>
  bool run(std::uint64_t records, const AfterEach& after_each) {
    central->start();
    edge->start();
    for (std::uint64_t piece = 0; piece < pieces; ++piece) {
      const auto bytes = sample(records / pieces, static_cast<int>(piece) + 1);
      if (!hand_in("piece-" + std::to_string(piece) + ".csv", bytes)) return false;
      after_each();
      for (auto* each : {edge.get(), central.get()}) each->start();
    }
    return settled(std::chrono::seconds(300));
  }
};
/// The same without anybody being killed.
class Quiet : public Disturbed {
 public:
  using Disturbed::edge;
  using Disturbed::run;
  using Disturbed::stored_at_the_centre;
  void TestBody() override {}
};

TEST_F(Disturbed, by_kill_9_of_either_again_and_again_it_loses_nothing_and_doubles_nothing) {
  const auto records = number_from("MUSUBI_TWO_HUBS_RECORDS", 6'000);
  const auto seed = number_from("MUSUBI_TWO_HUBS_SEED", 20200520);
  const auto every = std::chrono::milliseconds(number_from("MUSUBI_TWO_HUBS_KILL_EVERY_MS", 200));
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937_64 random(seed);
  int kills = 0;
  const auto kill_some = [&] {
    std::this_thread::sleep_for(every * static_cast<int>(random() % 100) / 100);
    for (auto* each : {edge.get(), central.get()}) {
      if (random() % 3 == 0) continue;
      each->kill();
      ++kills;
    }
  };
  ASSERT_TRUE(run(records, kill_some)) << edge->hub().log();
  EXPECT_GT(kills, 5);
  EXPECT_TRUE(edge->ledger().at("balanced").as_bool());
  EXPECT_TRUE(central->ledger().at("balanced").as_bool());
  EXPECT_EQ(edge->records("received"), records);
  EXPECT_EQ(edge->records("dead_letter"), 0U);

  Quiet quiet;
  ASSERT_TRUE(quiet.run(records, [] {}));
  EXPECT_EQ(stored_at_the_centre(), quiet.stored_at_the_centre());
  EXPECT_EQ(edge->ledger().at("records"), quiet.edge->ledger().at("records"));
}

}  // namespace
