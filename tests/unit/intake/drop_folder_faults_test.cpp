// What goes wrong around a drop folder: crashes at every step, full disks, rights, two hubs, writers that go
// on.
#include <cerrno>
#include <set>
#include <thread>

#include "drop_folder_fixture.h"

namespace musubi::intake {
namespace {

namespace fs = std::filesystem;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using namespace std::chrono_literals;

/// The machine's, until `decide` says that a call fails.
class FailingOperations final : public FileOperations {
 public:
  using Decide = std::function<int(std::string_view call, const fs::path&)>;
  explicit FailingOperations(Decide decide) : decide_(std::move(decide)) {}

  int inspect(const fs::path& path, FileFacts& facts) override {
    const int failure = decide_("inspect", path);
    return failure != 0 ? failure : FileOperations::inspect(path, facts);
  }
  int make_folder(const fs::path& path) override {
    const int failure = decide_("make_folder", path);
    return failure != 0 ? failure : FileOperations::make_folder(path);
  }
  int move(const fs::path& from, const fs::path& to) override {
    const int failure = decide_("move", to);
    return failure != 0 ? failure : FileOperations::move(from, to);
  }
  int copy(const fs::path& from, const fs::path& to) override {
    const int failure = decide_("copy", to);
    return failure != 0 ? failure : FileOperations::copy(from, to);
  }
  int create(const fs::path& path, std::string_view bytes) override {
    const int failure = decide_("create", path);
    return failure != 0 ? failure : FileOperations::create(path, bytes);
  }
  int remove(const fs::path& path) override {
    const int failure = decide_("remove", path);
    return failure != 0 ? failure : FileOperations::remove(path);
  }
  int sync(const fs::path& folder) override {
    return decide_("sync", folder);  // power does not fail here, and the tests are far faster
  }

 private:
  Decide decide_;
};

bool is_in(const fs::path& path, const fs::path& folder) {
  return path.string().starts_with(folder.string() + "/") || path == folder;
}

/// A folder, and everything else, on another file system.
class TwoFileSystems final : public FileOperations {
 public:
  explicit TwoFileSystems(fs::path one) : one_(std::move(one)) {}
  int move(const fs::path& from, const fs::path& to) override {
    return is_in(from, one_) == is_in(to, one_) ? FileOperations::move(from, to) : EXDEV;
  }

 private:
  fs::path one_;
};

class DropFolderFaultsTest : public DropFolderTest {
 protected:
  void drop_some() {
    for (const auto* name : {"a.csv", "b.csv"}) drop(name, name);
    drop("empty.csv", "");
    if (!fs::is_symlink(settings.folder / "link")) fs::create_symlink("/nowhere", settings.folder / "link");
  }
  void start_anew() {
    for (const auto& each : {settings.folder, settings.archive, settings.refused}) fs::remove_all(each);
    fs::create_directory(settings.folder);
    reception.got.clear();
    drop_some();
  }
  bool is_refused(const std::string& stem) const {
    const auto names = refused();
    return std::ranges::any_of(names, [&](const std::string& name) {
      return fs::path(name).stem() == stem && std::ranges::count(names, name + ".reason.txt") == 1;
    });
  }
  void expect_all_ended() {
    for (const std::string name : {"a.csv", "b.csv"}) {
      const auto names = reception.names();
      EXPECT_THAT(names, Contains(name));
      EXPECT_LE(std::ranges::count(names, name), 2);
      EXPECT_THAT(archived(), Contains(name));
    }
    for (const std::string name : {"empty", "link"})  // after a crash, perhaps beside a reason without a file
      EXPECT_TRUE(is_refused(name) || is_refused(name + "-2"));
    EXPECT_THAT(left(), IsEmpty());
  }
};

TEST_F(DropFolderFaultsTest, ACrashAtAnyStepLosesNothing) {
  int steps = 0;
  for (bool crashed = true; crashed; ++steps) {
    SCOPED_TRACE(steps);
    start_anew();
    crashed = false;
    int left_to_live = steps;
    FailingOperations until_crash([&](std::string_view, const fs::path&) {
      crashed = crashed || left_to_live-- == 0;
      return crashed ? EIO : 0;
    });
    if (const auto way_in = open(until_crash)) look_twice(*way_in);
    FailingOperations no_failure([](std::string_view, const fs::path&) { return 0; });
    const auto after = open(no_failure);
    look_twice(*after);
    expect_all_ended();
    if (HasFailure()) return;
  }
  EXPECT_GT(steps, 40);
}

TEST_F(DropFolderFaultsTest, AFailureOfAnyStepIsMadeGoodLater) {
  int steps = 0;
  for (bool failed = true; failed; ++steps) {
    SCOPED_TRACE(steps);
    start_anew();
    failed = false;
    int left_to_succeed = steps;
    FailingOperations one_failure([&](std::string_view, const fs::path&) {
      const bool now = left_to_succeed-- == 0;
      failed = failed || now;
      return now ? ENOSPC : 0;
    });
    const auto way_in = open(one_failure);
    for (int times = 0; times < 3; ++times) look_twice(*way_in);
    expect_all_ended();
    if (HasFailure()) return;
  }
  EXPECT_GT(steps, 40);
}

TEST_F(DropFolderFaultsTest, WhatADeadHubClaimedIsTakenByAnother) {
  drop("a.csv");
  reception.answer = [](const Parcel&) {
    return base::Error(base::ErrorKind::unavailable, "ledger.stopped");
  };
  auto dead = open();
  look_twice(*dead);
  settings.hub = "another";
  const auto another = open();
  reception.answer = {};
  look_twice(*another);
  EXPECT_THAT(reception.got, IsEmpty()) << "the first is alive";
  dead.reset();
  another->look({});
  EXPECT_THAT(archived(), ElementsAre("a.csv"));
  EXPECT_THAT(left(), IsEmpty());
}

TEST_F(DropFolderFaultsTest, TwoHubsOnOneFolderTakeEachFileOnce) {
  constexpr int kFiles = 200;
  settings.settle = 0ms;
  settings.settle_closed = 0ms;
  auto other_settings = settings;
  other_settings.hub = "other";
  DropFolder one(settings, reception, clock), other(other_settings, reception, clock);
  for (int index = 0; index < kFiles; ++index) drop(std::to_string(index) + ".csv", std::to_string(index));
  {
    const std::jthread first([&] { one.look({}); });
    const std::jthread second([&] { other.look({}); });
  }
  const auto names = reception.names();
  EXPECT_EQ(names.size(), std::size_t{kFiles});
  EXPECT_EQ(std::set<std::string>(names.begin(), names.end()).size(), std::size_t{kFiles});
  EXPECT_THAT(archived(), SizeIs(kFiles));
}

TEST_F(DropFolderFaultsTest, WhileNothingIsTakenFilesAreKeptWithLongerAndLongerPauses) {
  drop("a.csv");
  const auto way_in = open();
  reception.answer = [](const Parcel&) {
    return base::Error(base::ErrorKind::environment, "ledger.stopped");
  };
  look_twice(*way_in);
  EXPECT_EQ(reception.asked, 1);
  EXPECT_EQ(way_in->health().waiting, 1U);
  EXPECT_EQ(way_in->health().last_error->code(), "ledger.stopped");
  clock.advance(999ms);
  way_in->look({});
  EXPECT_EQ(reception.asked, 1);
  clock.advance(1ms);
  way_in->look({});
  EXPECT_EQ(reception.asked, 2);
  clock.advance(1999ms);
  way_in->look({});
  EXPECT_EQ(reception.asked, 2);
  reception.answer = {};
  clock.advance(1ms);
  way_in->look({});
  EXPECT_THAT(archived(), ElementsAre("a.csv"));
}

TEST_F(DropFolderFaultsTest, OneFileThatCannotBeTakenKeepsNoOtherFromIt) {
  for (const auto* name : {"a.csv", "b.csv", "c.csv"}) drop(name, name);
  const auto way_in = open();
  reception.answer = [](const Parcel& parcel) {
    return parcel.name == "a.csv" ? std::optional(base::Error(base::ErrorKind::environment, "ledger.stopped"))
                                  : std::nullopt;
  };
  look_twice(*way_in);
  clock.advance(2s);
  way_in->look({});
  EXPECT_THAT(archived(), ElementsAre("b.csv", "c.csv"));
}

TEST_F(DropFolderFaultsTest, AFileWrittenToWhileItWasTakenIsTakenAgain) {
  drop("a.csv", "half");
  const auto way_in = open();
  reception.before = [](const Parcel& parcel) { std::ofstream(parcel.file, std::ios::app) << "-whole"; };
  look_twice(*way_in);
  EXPECT_THAT(archived(), IsEmpty());
  EXPECT_EQ(way_in->health().last_error->code(), "intake.changed_while_taken");
  reception.before = {};
  clock.advance(2s);
  way_in->look({});
  EXPECT_EQ(reception.got.back().bytes, "half-whole");
  EXPECT_THAT(archived(), ElementsAre("a.csv"));
}

TEST_F(DropFolderFaultsTest, AFullArchiveKeepsNothingFromBeingTaken) {
  bool full = true;
  FailingOperations operations([&](std::string_view call, const fs::path& path) {
    return full && call == "move" && is_in(path, settings.archive) ? ENOSPC : 0;
  });
  for (const auto* name : {"a.csv", "b.csv"}) drop(name, name);
  const auto way_in = open(operations);
  look_twice(*way_in);
  EXPECT_THAT(reception.names(), ElementsAre("a.csv", "b.csv"));
  EXPECT_EQ(way_in->health().last_error->code(), "file.disk_full");
  EXPECT_EQ(way_in->health().waiting, 2U);
  full = false;
  way_in->look({});
  EXPECT_THAT(archived(), ElementsAre("a.csv", "b.csv"));
  EXPECT_EQ(reception.asked, 2) << "not taken again";
}

TEST_F(DropFolderFaultsTest, AnArchiveOnAnotherFileSystemIsCopiedTo) {
  TwoFileSystems operations(settings.folder);
  drop("a.csv", "bytes");
  drop("empty.csv", "");
  fs::create_symlink("/nowhere", settings.folder / "link");
  look_twice(*open(operations));
  EXPECT_THAT(archived(), ElementsAre("a.csv"));
  EXPECT_EQ(*base::read_file(settings.archive / "2020-04-20/a.csv", 100), "bytes");
  EXPECT_THAT(refused(), ElementsAre("empty.csv", "empty.csv.reason.txt"));
  EXPECT_TRUE(fs::is_symlink(settings.folder / "refused/link")) << "cannot be copied";
}

TEST_F(DropFolderFaultsTest, AFileThatMayNotBeReadStaysWhereItIs) {
  bool denied = true;
  FailingOperations operations([&](std::string_view call, const fs::path& path) {
    return denied && call == "inspect" && path.filename() == "a.csv" ? EACCES : 0;
  });
  for (const auto* name : {"a.csv", "b.csv"}) drop(name, name);
  const auto way_in = open(operations);
  look_twice(*way_in);
  EXPECT_THAT(archived(), ElementsAre("b.csv"));
  EXPECT_TRUE(fs::exists(settings.folder / "a.csv"));
  EXPECT_EQ(way_in->health().last_error->code(), "file.not_permitted");
  EXPECT_EQ(way_in->health().waiting, 1U);
  denied = false;
  look_twice(*way_in);
  EXPECT_THAT(archived(), ElementsAre("a.csv", "b.csv"));
}

TEST_F(DropFolderFaultsTest, AFileThatDisappearsBeforeItIsClaimedIsNoError) {
  const auto file = drop("a.csv");
  FailingOperations operations([&](std::string_view call, const fs::path& path) {
    if (call == "make_folder" && path.filename() == "1") fs::remove(file);
    return 0;
  });
  const auto way_in = open(operations);
  look_twice(*way_in);
  EXPECT_EQ(reception.asked, 0);
  EXPECT_FALSE(way_in->health().last_error);
  EXPECT_EQ(way_in->health().waiting, 0U);
}

TEST_F(DropFolderFaultsTest, AFolderThatCannotBeMadeIsAnErrorOfTheLook) {
  fs::remove(settings.folder);
  folder.write("inbox", "a file");
  const auto way_in = open();
  way_in->look({});
  ASSERT_TRUE(way_in->health().last_error);
}

TEST_F(DropFolderFaultsTest, AClockThatStepsBackADayDelaysAFileByOneSettling) {
  drop("a.csv");
  const auto way_in = open();
  way_in->look({});
  clock.advance(-24h);
  look_twice(*way_in);
  EXPECT_THAT(archived(), ElementsAre("a.csv"));
}

}  // namespace
}  // namespace musubi::intake
