#include "musubi/intake/drop_folder.h"

#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>

#include <thread>

#include "drop_folder_fixture.h"

namespace musubi::intake {
namespace {

namespace fs = std::filesystem;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using namespace std::chrono_literals;

TEST_F(DropFolderTest, TakesAFileThatHasNotChangedForAWhileAndArchivesIt) {
  drop("a.csv", "No\n1\n");
  const auto way_in = open();
  way_in->look({});
  EXPECT_THAT(reception.got, IsEmpty());
  clock.advance(1999ms);
  EXPECT_EQ(way_in->look({}), 1ms);
  EXPECT_THAT(reception.got, IsEmpty());
  clock.advance(1ms);
  way_in->look({});
  ASSERT_THAT(reception.got, SizeIs(1));
  EXPECT_EQ(reception.got[0].bytes, "No\n1\n");
  EXPECT_EQ(reception.got[0].name, "a.csv");
  EXPECT_EQ(reception.got[0].source, "tokyo");
  EXPECT_EQ(reception.got[0].from, "inbox-tokyo");
  EXPECT_TRUE(fs::exists(settings.archive / "2020-04-20" / "a.csv"));
  EXPECT_THAT(left(), IsEmpty());
}

TEST_F(DropFolderTest, TakesAClosedFileAfterAShortQuietTime) {
  const auto way_in = open();
  way_in->look({});
  drop("a.csv");
  EXPECT_EQ(way_in->look({}), settings.settle_closed);
  clock.advance(settings.settle_closed);
  way_in->look({});
  EXPECT_THAT(archived(), ElementsAre("a.csv"));
}

TEST_F(DropFolderTest, WaitsWhileAFileIsStillWritten) {
  const auto way_in = open();
  way_in->look({});
  std::ofstream writer(settings.folder / "a.csv");
  for (int line = 0; line < 5; ++line) {
    writer << "line\n" << std::flush;
    way_in->look({});
    clock.advance(settings.settle - 1ms);
  }
  way_in->look({});
  EXPECT_EQ(reception.asked, 0);
  writer << "last";
  writer.close();
  look_twice(*way_in);
  EXPECT_EQ(reception.got.at(0).bytes, "line\nline\nline\nline\nline\nlast");
}

TEST_F(DropFolderTest, ByRenameTakesARenamedFileAtOnceAndNoneThatIsOpen) {
  settings.complete_by = CompleteBy::rename;
  const auto way_in = open();
  way_in->look({});
  std::ofstream half_written(settings.folder / "half.csv");
  half_written << "half" << std::flush;
  fs::rename(drop("a.csv.tmp"), settings.folder / "a.csv");
  way_in->look({});
  EXPECT_THAT(reception.names(), ElementsAre("a.csv"));
  half_written.close();
  way_in->look({});
  EXPECT_THAT(reception.names(), ElementsAre("a.csv", "half.csv"));
}

TEST_F(DropFolderTest, ByRenameTakesAFileThatWasThereBeforeOnceItHasSettled) {
  settings.complete_by = CompleteBy::rename;
  drop("before.csv");
  const auto way_in = open();
  look_twice(*way_in);
  EXPECT_THAT(archived(), ElementsAre("before.csv"));
}

TEST_F(DropFolderTest, BySentinelWaitsForItHoweverLong) {
  settings.complete_by = CompleteBy::sentinel;
  drop("a.csv");
  const auto way_in = open();
  look_twice(*way_in);
  clock.advance(24h);
  way_in->look({});
  EXPECT_EQ(reception.asked, 0);
  EXPECT_EQ(way_in->health().waiting, 1U);
  drop("a.csv.done", "");
  way_in->look({});
  EXPECT_THAT(reception.names(), ElementsAre("a.csv"));
  EXPECT_THAT(left(), IsEmpty()) << "the sentinel goes with its file";
}

TEST_F(DropFolderTest, ASentinelOlderThanItsFileIsOfAnotherFile) {
  settings.complete_by = CompleteBy::sentinel;
  const auto sentinel = drop("a.csv.done", "");
  fs::last_write_time(sentinel, fs::last_write_time(drop("a.csv")) - 1h);
  look_twice(*open());
  EXPECT_EQ(reception.asked, 0);
}

TEST_F(DropFolderTest, LeavesWhatIsIgnored) {
  const std::vector<std::string> names{"~$book.xlsx", ".hidden", "a.CRDOWNLOAD",
                                       "a.csv.part",  "a.tmp",   "Thumbs.db"};
  for (const auto& name : names) drop(name);
  look_twice(*open());
  EXPECT_EQ(reception.asked, 0);
  EXPECT_THAT(left(), SizeIs(names.size()));
}

TEST_F(DropFolderTest, TakesTheOldestFirst) {
  const auto now = fs::last_write_time(drop("b.csv", "b"));
  for (const auto* name : {"c.csv", "a.csv"}) fs::last_write_time(drop(name, name), now - 1h);
  look_twice(*open());
  EXPECT_THAT(reception.names(), ElementsAre("a.csv", "c.csv", "b.csv"));
}

TEST_F(DropFolderTest, NeverOverwritesInTheArchive) {
  const auto way_in = open();
  for (const auto* bytes : {"first", "second", "first"}) {
    drop("a.csv", bytes);
    look_twice(*way_in);
  }
  EXPECT_THAT(archived(), ElementsAre("a-2.csv", "a-3.csv", "a.csv"));
  EXPECT_EQ(way_in->health().received, 3U);
  EXPECT_EQ(way_in->health().repeated, 1U);
}

TEST_F(DropFolderTest, RemovesOldDaysOfTheArchiveAndNothingElse) {
  for (const auto* name : {"2020-03-20", "2020-03-21", "2020-03-2", "notes"})
    fs::create_directories(settings.archive / name);
  settings.keep_days = 30;
  open()->look({});
  std::vector<std::string> days;
  for (const auto& each : fs::directory_iterator(settings.archive)) days.push_back(each.path().filename());
  EXPECT_THAT(days, ::testing::UnorderedElementsAre("2020-03-21", "2020-03-2", "notes"));
}

TEST_F(DropFolderTest, SourceFoldersAreNamedAfterTheirSource) {
  settings.source.clear();
  settings.archive.clear();
  settings.refused.clear();
  for (const auto* name : {"tokyo", "osaka", "東京"}) fs::create_directory(settings.folder / name);
  drop("tokyo/a.csv", "a");
  drop("osaka/a.csv", "b");
  drop("lost.csv");
  drop("東京/x.csv");
  const auto way_in = open();
  look_twice(*way_in);
  ASSERT_THAT(reception.got, SizeIs(2));
  EXPECT_EQ(reception.got[0].source, "osaka");
  EXPECT_EQ(reception.got[1].source, "tokyo");
  EXPECT_TRUE(fs::exists(settings.folder / "tokyo/archive/2020-04-20/a.csv"));
  EXPECT_TRUE(fs::exists(settings.folder / "refused/lost.csv.reason.txt"));
  EXPECT_TRUE(fs::exists(settings.folder / "東京/x.csv"));
  EXPECT_EQ(way_in->health().last_error->code(), "intake.source_name");
}

TEST_F(DropFolderTest, MakesTheFoldersOfTheSourcesItIsTold) {
  settings.source.clear();
  settings.sources = {"tokyo", "osaka"};
  const auto way_in = open();
  way_in->look({});
  EXPECT_TRUE(fs::is_directory(settings.folder / "tokyo"));
  drop("osaka/a.csv");
  look_twice(*way_in);
  ASSERT_THAT(reception.got, SizeIs(1));
  EXPECT_EQ(reception.got[0].source, "osaka");
}

TEST_F(DropFolderTest, NoticesASourceFolderThatIsMadeLater) {
  settings.source.clear();
  const auto way_in = open();
  way_in->look({});
  fs::create_directory(settings.folder / "kobe");
  drop("kobe/a.csv");
  look_twice(*way_in);
  ASSERT_THAT(reception.got, SizeIs(1));
  EXPECT_EQ(reception.got[0].source, "kobe");
  EXPECT_TRUE(fs::exists(settings.archive / "kobe/2020-04-20/a.csv"));
}

TEST_F(DropFolderTest, MakesTheFolderAndWatchesItAnewWhenItWasReplaced) {
  fs::remove(settings.folder);
  const auto way_in = open();
  way_in->look({});
  fs::remove_all(settings.folder);
  way_in->look({});
  drop("a.csv");
  look_twice(*way_in);
  EXPECT_THAT(archived(), ElementsAre("a.csv"));
}

TEST_F(DropFolderTest, GivesNamesThatAreSafeToShow) {
  drop("bad\x1b\xFF\n.csv");
  look_twice(*open());
  ASSERT_THAT(reception.got, SizeIs(1));
  EXPECT_EQ(reception.got[0].name.find('\x1b'), std::string::npos);
  EXPECT_THAT(archived(), ElementsAre("bad\x1b\xFF\n.csv"));
}

TEST_F(DropFolderTest, StopsBetweenTwoFiles) {
  for (const auto* name : {"a.csv", "b.csv"}) drop(name, name);
  const auto way_in = open();
  std::stop_source stop;
  reception.before = [&](const Parcel&) { stop.request_stop(); };
  way_in->look(stop.get_token());
  clock.advance(settings.settle);
  way_in->look(stop.get_token());
  EXPECT_EQ(reception.asked, 1);
  EXPECT_EQ(way_in->health().waiting, 1U);
}

TEST_F(DropFolderTest, WatchedOnAThreadTakesADroppedFileWellWithinTwoSeconds) {
  const base::SystemClock real;
  DropFolder way_in(settings, reception, real);
  std::jthread thread([&](const std::stop_token& stop) { watch(way_in, stop); });
  while (!way_in.health().last_looked) std::this_thread::sleep_for(1ms);
  const auto dropped = std::chrono::steady_clock::now();
  drop("a.csv");
  while (way_in.health().received == 0 && std::chrono::steady_clock::now() - dropped < 10s)
    std::this_thread::sleep_for(5ms);
  EXPECT_LT(std::chrono::steady_clock::now() - dropped, 2s);
  EXPECT_EQ(way_in.health().received, 1U);
}

/// Each is set aside with a reason, and its target is neither opened nor touched.
class RefusedTest : public DropFolderTest {
 protected:
  void expect_refused(const std::string& name, const std::string& code) {
    const auto way_in = open();
    look_twice(*way_in);
    EXPECT_EQ(reception.asked, 0);
    EXPECT_THAT(left(), IsEmpty());
    EXPECT_NE(fs::symlink_status(settings.refused / name).type(), fs::file_type::not_found);
    const auto reason = base::read_file(settings.refused / (name + ".reason.txt"), 10'000);
    ASSERT_TRUE(reason.has_value());
    EXPECT_THAT(*reason, HasSubstr(code));
    EXPECT_THAT(*reason, HasSubstr("。\r\n"));
    EXPECT_EQ(way_in->health().refused, 1U);
    EXPECT_EQ(way_in->health().refused_for, (std::map<std::string, std::uint64_t>{{code, 1}}));
  }
};

TEST_F(RefusedTest, SymbolicLink) {
  const auto secret = folder.write("secret", "secret");
  fs::create_symlink(secret, settings.folder / "link.csv");
  expect_refused("link.csv", "intake.symbolic_link");
  EXPECT_TRUE(fs::exists(secret));
}

TEST_F(RefusedTest, SymbolicLinkToNowhere) {
  fs::create_symlink("/nowhere", settings.folder / "link.csv");
  expect_refused("link.csv", "intake.symbolic_link");
}

TEST_F(RefusedTest, Pipe) {
  ASSERT_EQ(::mkfifo((settings.folder / "pipe").c_str(), 0600), 0);
  expect_refused("pipe", "intake.not_regular");
}

TEST_F(RefusedTest, Socket) {
  const int made = ::socket(AF_UNIX, SOCK_STREAM, 0);
  sockaddr_un address{.sun_family = AF_UNIX, .sun_path = {}};
  const auto path = (settings.folder / "s").string();
  ASSERT_LT(path.size(), sizeof(address.sun_path));
  path.copy(address.sun_path, path.size());
  ASSERT_EQ(::bind(made, reinterpret_cast<const sockaddr*>(&address), sizeof(address)), 0);
  ::close(made);
  expect_refused("s", "intake.not_regular");
}

TEST_F(RefusedTest, FolderWithData) {
  fs::create_directory(settings.folder / "month");
  drop("month/a.csv");
  expect_refused("month", "intake.folder");
  EXPECT_TRUE(fs::exists(settings.refused / "month/a.csv"));
}

TEST_F(RefusedTest, EmptyFile) {
  drop("empty.csv", "");
  expect_refused("empty.csv", "intake.empty");
}

TEST_F(RefusedTest, HardLink) {
  fs::create_hard_link(folder.write("elsewhere", "bytes"), settings.folder / "hard.csv");
  expect_refused("hard.csv", "intake.hard_linked");
}

TEST_F(RefusedTest, TooLarge) {
  settings.most_bytes = 4;
  drop("large.csv", "12345");
  expect_refused("large.csv", "intake.too_large");
}

TEST_F(RefusedTest, ByTheReception) {
  drop("virus.csv");
  reception.answer = [](const Parcel&) {
    return base::Error(base::ErrorKind::bad_input, "document.not_utf8");
  };
  const auto way_in = open();
  look_twice(*way_in);
  EXPECT_THAT(refused(), ElementsAre("virus.csv", "virus.csv.reason.txt"));
  EXPECT_THAT(archived(), IsEmpty());
}

TEST_F(RefusedTest, TheSameNameTwiceIsKeptTwice) {
  const auto way_in = open();
  for (int times = 0; times < 2; ++times) {
    drop("empty.csv", "");
    look_twice(*way_in);
  }
  EXPECT_THAT(refused(),
              ElementsAre("empty-2.csv", "empty-2.csv.reason.txt", "empty.csv", "empty.csv.reason.txt"));
}

TEST_F(RefusedTest, ANameOfTheLongestLength) {
  std::string name;
  for (int index = 0; index < 85; ++index) name += "届";
  drop(name, "");
  look_twice(*open());
  EXPECT_THAT(refused(), SizeIs(2));
}

}  // namespace
}  // namespace musubi::intake
