// A server that dies, stops, hangs, refuses or is cut off: the delivery says unavailable, and when it comes
// again everything is there once.
#include <gmock/gmock.h>
#include <sys/mount.h>

#include <csignal>
#include <cstdlib>
#include <fstream>
#include <thread>

#include "cutting_proxy.h"
#include "shared_postgres.h"
#include "store.h"
#include "store_home.h"

namespace musubi::postgres_sink {
namespace {

using base::ErrorKind;
using model::Value;
using test::CuttingProxy;
using test::key;
using test::Said;
using namespace std::chrono_literals;

constexpr std::int64_t kBatch = 2'000;

/// A disclosure of new words on all cases from `first` on.
model::Disclosure words(test::Discloser& discloser, std::int64_t first, std::int64_t count,
                        std::uint32_t version = 1) {
  static const std::string kText(200, 'x');
  std::vector<Said> said;
  for (auto record = first; record < first + count; ++record)
    said.push_back(
        {key(record, version, 18'000 + static_cast<std::int32_t>(version)),
         {{"patient.visits", Value::integer(version)}, {"patient.occupation", Value::text(kText)}}});
  return discloser.disclose({"patient.visits", "patient.occupation"}, said);
}

class PostgresFaults : public ::testing::Test {
 protected:
  testing::PostgresServer& server = test::shared_postgres();
  test::Discloser discloser;
  test::FixedClock clock;
  ConnectionSettings settings = test::fresh_schema();

  std::unique_ptr<Store> open() { return open(settings); }
  std::unique_ptr<Store> open(const ConnectionSettings& with) {
    auto opened = Store::open(with, Connection::Purpose::writing, discloser.catalogue, clock, [](auto) {});
    if (opened.has_error()) {
      ADD_FAILURE() << base::describe(base::Language::english, opened.error());
      return nullptr;
    }
    return std::move(*opened);
  }
  std::string sql(const std::string& query) const {
    return server.sql("SET search_path TO " + settings.schema + "; " + query);
  }
  /// Tries until it is through; every failure before must be worth trying again. How often it failed.
  int deliver_at_last(Store& store, const model::Disclosure& disclosure) {
    const auto deadline = std::chrono::steady_clock::now() + 60s;
    for (int failures = 0; std::chrono::steady_clock::now() < deadline; ++failures) {
      const auto receipt = store.deliver(disclosure);
      if (receipt.has_value()) {
        EXPECT_EQ(receipt->stored + receipt->already_there, disclosure.size());
        return failures;
      }
      EXPECT_EQ(receipt.error().kind(), ErrorKind::unavailable) << receipt.error().code();
      std::this_thread::sleep_for(20ms);
    }
    ADD_FAILURE() << "never delivered";
    return -1;
  }
  std::string refusal(Store& store, const model::Disclosure& disclosure) {
    const auto receipt = store.deliver(disclosure);
    if (receipt.has_value()) return "delivered";
    EXPECT_EQ(receipt.error().kind(), ErrorKind::unavailable) << receipt.error().code();
    return receipt.error().code();
  }
  /// Versions 1 to `versions` of the cases 1 to `cases`: each there once, acknowledged once, the newest
  /// current.
  void expect_all(std::int64_t cases, std::int64_t versions) {
    EXPECT_EQ(sql("SELECT count(*), count(DISTINCT record), min(version), max(version) FROM case_report"),
              std::to_string(cases) + "|" + std::to_string(cases) + "|" + std::to_string(versions) + "|" +
                  std::to_string(versions) + "|");
    EXPECT_EQ(sql("SELECT count(*), count(DISTINCT (record, version)) FROM case_report_versions"),
              std::to_string(cases * versions) + "|" + std::to_string(cases * versions) + "|");
    const auto store = open();
    const auto sound = store->verify();
    EXPECT_FALSE(sound.has_error()) << base::describe(base::Language::english, sound.error());
  }
};

class AServerThatGoes : public PostgresFaults, public ::testing::WithParamInterface<int> {};

TEST_P(AServerThatGoes, InTheMiddleOfABatchLosesAndDoublesNothing) {
  auto store = open();
  std::atomic<bool> done{false};
  std::thread hub([&] {
    for (std::uint32_t version = 1; version <= 2; ++version)
      for (std::int64_t first = 1; first <= 3 * kBatch; first += kBatch)
        deliver_at_last(*store, words(discloser, first, kBatch, version));
    done = true;
  });
  int stops = 0;
  for (; !done && stops < 6; ++stops) {
    std::this_thread::sleep_for(std::chrono::milliseconds(60 + 47 * stops));
    server.stop(GetParam());
    server.start();
  }
  hub.join();
  EXPECT_GT(stops, 1);
  expect_all(3 * kBatch, 2);
}

INSTANTIATE_TEST_SUITE_P(Killed, AServerThatGoes, ::testing::Values(SIGKILL));
INSTANTIATE_TEST_SUITE_P(Immediately, AServerThatGoes, ::testing::Values(SIGQUIT));
INSTANTIATE_TEST_SUITE_P(InOrder, AServerThatGoes, ::testing::Values(SIGINT));

TEST_F(PostgresFaults, ATerminatedSessionIsBegunAnew) {
  auto store = open();
  std::atomic<bool> done{false};
  std::thread administrator([&] {
    for (auto pause = 50ms; !done; pause += 30ms) {
      server.sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'musubi'");
      std::this_thread::sleep_for(pause);
    }
  });
  int failures = 0;
  for (std::uint32_t version = 1; version <= 3; ++version)
    failures += deliver_at_last(*store, words(discloser, 1, kBatch, version));
  done = true;
  administrator.join();
  EXPECT_GT(failures, 0);
  expect_all(kBatch, 3);
}

TEST_F(PostgresFaults, ACommitThatNobodyConfirmedIsRecognisedWhereItHappened) {
  open();
  const CuttingProxy proxy(server.socket(), test::at_first_commit(CuttingProxy::Verdict::cut_after));
  auto through_proxy = settings;
  through_proxy.connection = proxy.connection();
  auto store = open(through_proxy);
  const auto disclosure = words(discloser, 1, 100);
  EXPECT_EQ(refusal(*store, disclosure), "postgres.commit_unknown");
  const auto again = store->deliver(disclosure);
  ASSERT_TRUE(again.has_value());
  EXPECT_EQ(again->already_there, 100U);
  EXPECT_EQ(again->stored, 0U);
  expect_all(100, 1);
}

TEST_F(PostgresFaults, ACommitThatTheServerNeverHeardIsDoneAgain) {
  open();
  const CuttingProxy proxy(server.socket(), test::at_first_commit(CuttingProxy::Verdict::cut_before));
  auto through_proxy = settings;
  through_proxy.connection = proxy.connection();
  auto store = open(through_proxy);
  const auto disclosure = words(discloser, 1, 100);
  EXPECT_EQ(refusal(*store, disclosure), "postgres.commit_unknown");
  const auto again = store->deliver(disclosure);
  ASSERT_TRUE(again.has_value());
  EXPECT_EQ(again->stored, 100U);
  expect_all(100, 1);
}

/// The connection is cut once, a little later each time, until a delivery comes through uncut.
TEST_F(PostgresFaults, ConnectionsCutAnywhereLoseAndDoubleNothing) {
  open();
  constexpr std::int64_t kCases = 300;
  std::uint32_t version = 0;
  int cuts = 0;
  for (std::size_t bytes = 0;; bytes += 4'000) {
    const CuttingProxy proxy(server.socket(), test::after_bytes(bytes));
    auto through_proxy = settings;
    through_proxy.connection = proxy.connection();
    auto store = open(through_proxy);
    deliver_at_last(*store, words(discloser, 1, kCases, ++version));
    if (proxy.cuts() == 0) break;
    ++cuts;
  }
  EXPECT_GT(cuts, 10);
  expect_all(kCases, version);
}

TEST_F(PostgresFaults, AServerThatTakesTooLongIsLeftForLater) {
  settings.statement_timeout = 200ms;
  auto store = open();
  deliver_at_last(*store, words(discloser, 1, 10));
  std::thread other(
      [&] { sql("BEGIN; LOCK TABLE case_report IN ACCESS EXCLUSIVE MODE; SELECT pg_sleep(0.8)"); });
  std::this_thread::sleep_for(200ms);
  EXPECT_THAT(refusal(*store, words(discloser, 1, 10, 2)),
              ::testing::AnyOf("postgres.too_slow", "postgres.busy"));
  other.join();
  deliver_at_last(*store, words(discloser, 1, 10, 2));
  expect_all(10, 2);
}

TEST_F(PostgresFaults, AServerThatHangsIsGivenUp) {
  settings.statement_timeout = 200ms;
  auto store = open();
  const auto session =
      std::stoi(server.sql("SELECT pid FROM pg_stat_activity WHERE application_name = 'musubi'"));
  ::kill(session, SIGSTOP);
  EXPECT_EQ(refusal(*store, words(discloser, 1, 10)), "postgres.too_slow");
  ::kill(session, SIGCONT);
  deliver_at_last(*store, words(discloser, 1, 10));
  expect_all(10, 1);
}

TEST_F(PostgresFaults, AServerThatIsSetToReadOnlyIsWaitedFor) {
  auto store = open();
  server.sql("ALTER SYSTEM SET default_transaction_read_only = on");
  server.sql("SELECT pg_reload_conf()");
  std::this_thread::sleep_for(200ms);
  EXPECT_EQ(refusal(*store, words(discloser, 1, 10)), "postgres.read_only");
  server.sql("ALTER SYSTEM RESET default_transaction_read_only");
  server.sql("SELECT pg_reload_conf()");
  deliver_at_last(*store, words(discloser, 1, 10));
  expect_all(10, 1);
}

TEST_F(PostgresFaults, AStandbyIsReadButWaitedForWithWhatIsToBeWritten) {
  auto store = open();
  deliver_at_last(*store, words(discloser, 1, 10));
  server.stop(SIGINT);
  const auto signal = server.folder() / "data" / "standby.signal";
  std::ofstream(signal).close();
  server.start();
  EXPECT_EQ(refusal(*store, words(discloser, 11, 10)), "postgres.read_only");
  EXPECT_EQ(test::all_read(*test::sink_over(base::Result<std::unique_ptr<Store>>(open())), {}).size(), 10U);
  server.stop(SIGINT);
  std::filesystem::remove(signal);
  server.start();
  deliver_at_last(*store, words(discloser, 11, 10));
  expect_all(20, 1);
}

TEST_F(PostgresFaults, AServerWithoutRoomForAnotherSessionIsWaitedFor) {
  open();
  server.sql("CREATE ROLE single LOGIN SUPERUSER CONNECTION LIMIT 1");
  server.sql("ALTER ROLE single NOSUPERUSER");
  settings.connection += " user=single";
  auto blocking = Connection::open(settings, Connection::Purpose::reading);
  ASSERT_TRUE(blocking.has_value());
  auto store = open();
  EXPECT_EQ(refusal(*store, words(discloser, 1, 10)), "postgres.busy");
}

/// 16 MiB of disk, gone with the test.
class SmallDisk {
 public:
  explicit SmallDisk(const std::filesystem::path& folder) : folder_(folder) {
    std::filesystem::create_directory(folder_);
    mounted_ = ::mount("tmpfs", folder_.c_str(), "tmpfs", 0, "size=16m,mode=0777") == 0;
  }
  ~SmallDisk() {
    if (mounted_) ::umount2(folder_.c_str(), MNT_DETACH);
  }
  bool mounted() const { return mounted_; }

 private:
  std::filesystem::path folder_;
  bool mounted_ = false;
};

TEST_F(PostgresFaults, AFullDiskIsWaitedFor) {
  const auto folder = server.folder() / "small";
  const SmallDisk disk(folder);
  if (!disk.mounted()) GTEST_SKIP() << "a small disk cannot be mounted here";
  std::filesystem::create_directory(folder / "space");
  std::filesystem::permissions(folder / "space", std::filesystem::perms::all);
  ASSERT_EQ(std::system(("chown postgres " + (folder / "space").string()).c_str()), 0);
  server.sql("CREATE TABLESPACE small LOCATION '" + (folder / "space").string() + "'");
  settings.connection += " options=-cdefault_tablespace=small";
  auto store = open();
  std::int64_t first = 1;
  std::string outcome = "delivered";
  for (; outcome == "delivered" && first < 100 * kBatch; first += kBatch)
    outcome = refusal(*store, words(discloser, first, kBatch));
  EXPECT_EQ(outcome, "postgres.disk_full");
  ASSERT_EQ(::mount("tmpfs", folder.c_str(), "tmpfs", MS_REMOUNT, "size=64m"), 0);
  deliver_at_last(*store, words(discloser, first - kBatch, kBatch));
  expect_all(first - 1, 1);
  sql("DROP SCHEMA " + settings.schema + " CASCADE");
  server.sql("DROP TABLESPACE small");
}

TEST_F(PostgresFaults, AServerThatDoesNotSyncIsWarnedOf) {
  server.stop(SIGINT);
  server.start({"fsync=off"});
  std::vector<std::string> warnings;
  const auto opened = Store::open(settings, Connection::Purpose::writing, discloser.catalogue, clock,
                                  [&](std::string_view message) { warnings.emplace_back(message); });
  EXPECT_TRUE(opened.has_value());
  EXPECT_THAT(warnings, ::testing::ElementsAre("postgres.fsync_off"));
  server.stop(SIGINT);
  server.start();
}

}  // namespace
}  // namespace musubi::postgres_sink
