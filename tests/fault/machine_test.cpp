// A hub on a machine that fails around it: no room, a sync that fails, a store that is away, no descriptors,
// a clock that is set, the same report again and again. What was acknowledged stays; what cannot be kept is
// not acknowledged.
#include <gmock/gmock.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/resource.h>

#include <csignal>
#include <cstdlib>
#include <functional>
#include <thread>

#include "faulty_machine.h"
#include "held_store.h"
#include "musubi/net/client.h"
#include "program.h"

namespace {

using musubi::testing::eventually;
using musubi::testing::HeldStore;
using musubi::testing::Laboratory;
using musubi::testing::Report;
using musubi::testing::Reports;
using musubi::testing::ServingHub;
using ::testing::AnyOf;
using ::testing::Each;
namespace fs = std::filesystem;

constexpr int kCannotGoOn = 3;  // exit code of a hub that cannot write its books

bool is_acknowledgement(unsigned status) { return status == 200 || status == 202; }

class Machine : public ::testing::Test {
 protected:
  void needs_faulty_machine() {
    if (!musubi::testing::machine_can_be_faulty())
      GTEST_SKIP() << "a sanitizer's runtime leaves no room for another preloaded library";
  }
  const Report& next() { return reports.number(next_report++); }

  Reports reports;
  std::size_t next_report = 0;
};

// --- no room

/// What a sender is told, with the header that says when to come again.
std::pair<unsigned, std::string> answer_to(const ServingHub& hub, const Laboratory& laboratory,
                                           const Report& report,
                                           std::chrono::milliseconds patience = std::chrono::seconds(60)) {
  musubi::net::ClientSettings settings;
  settings.whole_time = patience;
  const auto client = musubi::net::Client::create(settings).value();
  musubi::net::Call call{
      .method = musubi::net::Method::post,
      .url = hub.url() + "/api/v1/submissions?source=" + report.source + "&name=" + report.name,
      .headers = {},
      .body = report.bytes};
  call.headers.add("Authorization", "Bearer " + laboratory.token());
  const auto answer = client->send(call);
  if (answer.has_error()) return {0, ""};
  const auto* again = answer->headers.find("Retry-After");
  return {answer->status, again == nullptr ? "" : *again};
}

struct NoRoom {
  std::function<void()> begins, ends;
};

/// The code that the hub has ended with, or -1: it goes on.
int ended_with(ServingHub& hub) { return hub.end(std::chrono::milliseconds(0)); }

/// From the moment that there is no room until there is again. How the hub ended; -1: it went on.
int expect_told_to_come_later(Laboratory& laboratory, Reports& reports,
                              const Laboratory::Environment& environment, const NoRoom& no_room) {
  ServingHub hub(laboratory.settings(environment));
  EXPECT_TRUE(is_acknowledgement(laboratory.post(hub, reports.number(0)))) << hub.log();
  no_room.begins();
  // The hub may not have looked yet: what it acknowledges now must be durable all the same.
  for (std::size_t number = 1; number < 4; ++number) laboratory.post(hub, reports.number(number));
  std::pair<unsigned, std::string> told;
  int ended = -1;
  const bool refused = eventually([&] {
    told = answer_to(hub, laboratory, reports.number(5));
    laboratory.note(reports.number(5), told.first);
    if (told.first == 0) ended = ended_with(hub);
    return told.first == 503 || ended != -1;
  });
  EXPECT_TRUE(refused) << hub.log();
  EXPECT_TRUE(told.first != 503 || !told.second.empty()) << "no Retry-After";
  no_room.ends();
  if (ended == -1) {
    const auto taken = [&] { return is_acknowledgement(laboratory.post(hub, reports.number(7))); };
    EXPECT_TRUE(eventually([&] { return taken() || (ended = ended_with(hub)) != -1; })) << hub.log();
  }
  return ended;
}

TEST_F(Machine, a_full_disk_is_told_before_anything_is_acknowledged) {
  needs_faulty_machine();
  if (IsSkipped()) return;
  Laboratory laboratory;
  const auto full = laboratory.home().string() + ".full";
  auto environment = musubi::testing::forgetful_disk(laboratory, 0);
  environment.emplace_back("MUSUBI_DISK_FULL", full);
  const auto ended =
      expect_told_to_come_later(laboratory, reports, environment,
                                {[&] { std::ofstream(full) << "no room"; }, [&] { fs::remove(full); }});
  EXPECT_EQ(ended, kCannotGoOn) << "its books met the full disk";
  laboratory.expect_nothing_lost_nothing_double(environment);
}

/// A small file system for the temporary files of this process, seen by nobody else.
class SmallDisk {
 public:
  SmallDisk() {
    if (::unshare(CLONE_NEWNS) != 0 || ::mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0)
      return;
    mounted_ = ::mount("none", folder_.path().c_str(), "tmpfs", 0, "size=80m") == 0;
    if (mounted_) ::setenv("TMPDIR", folder_.path().c_str(), 1);
  }
  ~SmallDisk() {
    ::unsetenv("TMPDIR");
    if (mounted_) ::umount2(folder_.path().c_str(), MNT_DETACH);
  }
  SmallDisk(const SmallDisk&) = delete;
  SmallDisk& operator=(const SmallDisk&) = delete;
  bool mounted() const { return mounted_; }
  /// Until so many bytes are free.
  void fill(std::uintmax_t free) const {
    std::ofstream ballast(folder_.path() / "ballast", std::ios::binary);
    const std::string block(1 << 16, 'x');
    while (fs::space(folder_.path()).available > free && ballast << block << std::flush) {
    }
  }
  void make_room() const { fs::remove(folder_.path() / "ballast"); }

 private:
  musubi::testing::TemporaryFolder folder_;
  bool mounted_ = false;
};

TEST_F(Machine, a_small_file_system_that_fills_up_is_told_before_anything_is_acknowledged) {
  for (std::size_t number = 0; number < 8; ++number) reports.number(number);
  const SmallDisk disk;
  if (!disk.mounted()) GTEST_SKIP() << "mounting a file system is not permitted here";
  Laboratory laboratory;
  const auto run_short = [&](std::uintmax_t free) {
    return expect_told_to_come_later(laboratory, reports, {},
                                     {[&, free] { disk.fill(free); }, [&] { disk.make_room(); }});
  };
  EXPECT_EQ(run_short(std::uintmax_t{30} << 20), -1) << "the reserve is for the books of a hub that goes on";
  EXPECT_THAT(run_short(0), AnyOf(-1, kCannotGoOn));
  laboratory.expect_nothing_lost_nothing_double();
}

// --- a sync that fails

TEST_F(Machine, after_a_failed_sync_nothing_is_acknowledged_and_the_hub_ends) {
  needs_faulty_machine();
  if (IsSkipped()) return;
  Laboratory laboratory;
  int ended = 0;
  for (std::uint64_t number = 1; number < 50; number += 6) {
    SCOPED_TRACE("sync " + std::to_string(number));
    ServingHub hub(laboratory.settings(musubi::testing::sync_that_fails(laboratory, number)));
    if (hub.port() == 0) continue;  // it could not begin, and acknowledged nothing
    laboratory.drop(next());
    for (int each = 0; each < 3; ++each) laboratory.post(hub, next());
    auto code = hub.end(std::chrono::milliseconds(1'500));
    // It was a sync of the central store, or not so many were needed: the hub goes on.
    if (code == -1) code = hub.stop();
    EXPECT_THAT(code, AnyOf(0, kCannotGoOn)) << hub.log();
    ended += code == kCannotGoOn ? 1 : 0;
  }
  EXPECT_GT(ended, 0);
  laboratory.expect_nothing_lost_nothing_double(musubi::testing::forgetful_disk(laboratory, 0));
}

// --- the store

TEST_F(Machine, a_store_that_is_away_keeps_nobody_from_handing_in) {
  Laboratory laboratory;
  {
    ServingHub hub(laboratory.settings());
    ASSERT_NE(hub.port(), 0) << hub.log();
    {
      const HeldStore held(laboratory);
      ASSERT_TRUE(held.held());
      for (int each = 0; each < 6; ++each) EXPECT_EQ(laboratory.post(hub, next()), 202U);
      EXPECT_TRUE(hub.logged("\"hub.log.recipient_away\"", std::chrono::seconds(30))) << hub.log();
      EXPECT_EQ(laboratory.post(hub, next()), 202U);
      EXPECT_NE(laboratory.books(hub).at("records").at("in_flight"), 0);
      EXPECT_TRUE(laboratory.books(hub).at("balanced").as_bool());
    }
    EXPECT_TRUE(eventually([&] { return laboratory.at_rest(hub); })) << hub.log();
  }
  laboratory.expect_nothing_lost_nothing_double();
}

TEST_F(Machine, a_slow_store_slows_nobody_who_hands_in) {
  Laboratory laboratory;
  {
    ServingHub hub(laboratory.settings());
    ASSERT_NE(hub.port(), 0) << hub.log();
    std::jthread slow([&](const std::stop_token& stop) {
      while (!stop.stop_requested()) {
        const HeldStore held(laboratory);
        std::this_thread::sleep_for(std::chrono::milliseconds(200));
      }
    });
    for (int each = 0; each < 12; ++each) EXPECT_EQ(laboratory.post(hub, next()), 202U);
    EXPECT_EQ(hub.get("/healthz").status, 200U);
    slow.request_stop();
    slow.join();
    hub.kill();
  }
  laboratory.expect_nothing_lost_nothing_double();
}

// --- descriptors

rlim_t open_descriptors(pid_t process) {
  const fs::directory_iterator all("/proc/" + std::to_string(process) + "/fd");
  return static_cast<rlim_t>(std::distance(begin(all), end(all)));
}

TEST_F(Machine, without_descriptors_nothing_is_acknowledged_that_is_not_kept) {
  Laboratory laboratory;
  {
    ServingHub hub(laboratory.settings());
    ASSERT_NE(hub.port(), 0) << hub.log();
    ASSERT_EQ(laboratory.post(hub, next()), 202U);
    rlimit before{};
    ASSERT_EQ(::prlimit(hub.process(), RLIMIT_NOFILE, nullptr, &before), 0);
    const auto open = open_descriptors(hub.process());
    // From too few for a connection to enough for all that it does.
    for (auto left = open - 4; left < open + 6 && hub.runs(); ++left) {
      const rlimit few{left, before.rlim_max};
      ASSERT_EQ(::prlimit(hub.process(), RLIMIT_NOFILE, &few, nullptr), 0);
      laboratory.drop(next());
      for (int each = 0; each < 2; ++each) {
        const auto& report = next();
        laboratory.note(report, answer_to(hub, laboratory, report, std::chrono::milliseconds(500)).first);
      }
    }
    ASSERT_TRUE(hub.runs()) << "a hub without descriptors waits for some: " << hub.log();
    ASSERT_EQ(::prlimit(hub.process(), RLIMIT_NOFILE, &before, nullptr), 0);
    EXPECT_TRUE(eventually([&] { return is_acknowledgement(laboratory.post(hub, reports.number(1))); }))
        << hub.log();
  }
  laboratory.expect_nothing_lost_nothing_double();
}

// --- repetition, order, time

TEST_F(Machine, the_same_report_five_times_at_once_and_after_a_crash_is_one_case_and_every_receipt) {
  Laboratory laboratory;
  const auto& report = next();
  const auto five_times = [&](const ServingHub& hub) {
    std::vector<unsigned> statuses(5);
    std::vector<std::jthread> senders;
    for (auto& status : statuses)
      senders.emplace_back([&] { status = answer_to(hub, laboratory, report).first; });
    senders.clear();
    for (const auto status : statuses) laboratory.note(report, status);
    return statuses;
  };
  {
    ServingHub hub(laboratory.settings());
    const auto statuses = five_times(hub);
    EXPECT_EQ(std::ranges::count(statuses, 202U), 1);
    EXPECT_EQ(std::ranges::count(statuses, 200U), 4);
    hub.kill();
  }
  {
    const ServingHub hub(laboratory.settings());
    EXPECT_THAT(five_times(hub), Each(200U));
    const auto known = hub.get("/api/v1/submissions", laboratory.token()).json();
    ASSERT_EQ(known.at("submissions").as_array().size(), 1U);
    EXPECT_EQ(known.at("submissions").at(0).at("times_received"), 10);
  }
  laboratory.expect_nothing_lost_nothing_double();
}

TEST_F(Machine, a_correction_that_comes_before_what_it_corrects_loses_neither) {
  Laboratory laboratory;
  const auto& original = reports.number(0);
  const auto& correction = reports.number(2);
  {
    ServingHub hub(laboratory.settings({{"MUSUBI_KILL_AT", "central.after_commit:2"}}));
    laboratory.post(hub, correction);
    laboratory.post(hub, original);
    EXPECT_EQ(hub.end(std::chrono::seconds(20)), 128 + SIGKILL);
  }
  laboratory.expect_nothing_lost_nothing_double();
}

TEST_F(Machine, a_clock_that_is_set_orders_nothing) {
  needs_faulty_machine();
  if (IsSkipped()) return;
  Laboratory laboratory;
  constexpr std::int64_t kDay = 86'400;
  const auto clock = laboratory.home().string() + ".clock";
  musubi::testing::set_clock(clock, 0);
  const Laboratory::Environment environment{{"LD_PRELOAD", MUSUBI_FAULTY_MACHINE}, {"MUSUBI_CLOCK", clock}};
  for (int start = 0; start < 3; ++start) {
    ServingHub hub(laboratory.settings(environment));
    ASSERT_NE(hub.port(), 0) << hub.log();
    for (const auto ahead : {-kDay, kDay, std::int64_t{-5}, -7 * kDay, std::int64_t{0}}) {
      musubi::testing::set_clock(clock, ahead - start);
      EXPECT_EQ(laboratory.post(hub, next()), 202U);
      laboratory.drop(next());
      EXPECT_TRUE(laboratory.books(hub).at("balanced").as_bool());
    }
    hub.kill();
  }
  laboratory.expect_nothing_lost_nothing_double(environment);
}

// --- bits

TEST_F(Machine, a_flipped_bit_in_what_was_received_is_found) {
  Laboratory laboratory;
  const auto& report = reports.number(14);
  ASSERT_GT(report.bytes.size(), std::size_t{64} << 10) << "smaller ones are kept in the books";
  {
    ServingHub hub(laboratory.settings());
    ASSERT_EQ(laboratory.post(hub, report), 202U);
    ASSERT_TRUE(eventually([&] { return laboratory.at_rest(hub); }));
    EXPECT_EQ(hub.stop(), 0);
  }
  laboratory.expect_nothing_lost_nothing_double();
  const auto kept = laboratory.home() / "kept" / report.digest.substr(0, 2) / report.digest.substr(2);
  fs::permissions(kept, fs::perms::owner_all);
  std::fstream(kept, std::ios::binary | std::ios::in | std::ios::out).seekp(1'000).put('\x7f');
  const auto doctor = musubi::testing::run_musubi(
      {"doctor", "--home", laboratory.home().string(), "--config", laboratory.config().string()});
  EXPECT_NE(doctor.exit_code, 0);
  EXPECT_NE((doctor.out + doctor.err).find(report.name), std::string::npos) << doctor.out << doctor.err;
}

// --- the disk of the tests

TEST_F(Machine, the_forgetful_disk_forgets_what_was_not_synced_and_nothing_else) {
  needs_faulty_machine();
  if (IsSkipped()) return;
  const musubi::testing::TemporaryFolder folder;
  const auto disk = folder.path() / "disk";
  fs::create_directories(disk / "folder");
  std::ofstream(disk / "folder/moved") << "from a folder that was removed";
  const std::string script =
      "cd " + disk.string() +
      " && exec env LD_PRELOAD=" MUSUBI_FAULTY_MACHINE " MUSUBI_DISK=" + disk.string() + " " +
      musubi::testing::program_path().parent_path().string() + "/forgetful_writer";
  const int status = std::system(script.c_str());
  EXPECT_TRUE(WIFSIGNALED(status) || WEXITSTATUS(status) == 128 + SIGKILL) << status;
  const auto text = [&](const char* name) {
    std::string bytes;
    std::getline(std::ifstream(disk / name), bytes, '\0');
    return bytes;
  };
  EXPECT_EQ(text("synced"), "first") << "what was added after the sync is lost";
  EXPECT_FALSE(fs::exists(disk / "entry_not_synced"));
  EXPECT_FALSE(fs::exists(disk / "renamed_not_synced"));
  EXPECT_EQ(text("removed_not_synced"), "there");
  EXPECT_EQ(text("overwritten"), "before");
  EXPECT_EQ(text("folder/moved"), "from a folder that was removed");
  EXPECT_FALSE(fs::exists(disk / "new_folder"));
}

}  // namespace
