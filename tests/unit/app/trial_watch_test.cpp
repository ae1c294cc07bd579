// A mapping is mended while it is watched; each step saves something and says what is shown next.
#include "trial_watch.h"

#include <gmock/gmock.h>

#include <atomic>
#include <csignal>
#include <sstream>
#include <thread>

#include "temporary_folder.h"

namespace musubi::app {
namespace {

using base::Language;
using ::testing::HasSubstr;
using ::testing::Not;
using testing::TemporaryFolder;

const std::string kMapping =
    "mapping: town/cases\nversion: 2024-04-01\nreads: csv\nrecord: case\ncolumns: [No, 性別]\n"
    "fields:\n  report.local_id: { from: No }\n  patient.sex: { from: 性別, on_error: review }\n";
const std::string kFile = "No,性別\n1,女性\n2,おんな\n";

class TrialWatch : public ::testing::Test {
 protected:
  /// Runs until `steps` are used up; each saves something. What was shown between them.
  std::vector<std::string> watch(const std::vector<std::function<void()>>& steps) {
    std::vector<std::string> shown;
    std::ostringstream out;
    const auto next = [&](const std::vector<std::filesystem::path>& paths, const FileStates& since) {
      shown.push_back(out.str());
      out.str({});
      if (shown.size() > steps.size()) return false;
      steps[shown.size() - 1]();
      EXPECT_FALSE(FileStates(paths) == since);
      return true;
    };
    const std::filesystem::path project = MUSUBI_PROJECT_FOLDER;
    const CommonOptions common{.config = (project / "config/musubi.yaml").string()};
    const TrialOptions options{.mapping = (folder_.path() / "cases.yaml").string(),
                               .version = {},
                               .file = (folder_.path() / "cases.csv").string()};
    EXPECT_FALSE(watch_trial(common, options, out, next).has_error());
    return shown;
  }
  void save(const std::string& name, const std::string& text) { folder_.write(name, text); }

  TemporaryFolder folder_;
};

TEST_F(TrialWatch, ShowsWhatASavedFileChanges) {
  save("cases.yaml", kMapping);
  save("cases.csv", kFile);
  const auto shown = watch({
      [&] { save("cases.yaml", kMapping + "value_sets: { sex: { female: [おんな] } }\n"); },
      [&] { save("cases.csv", kFile + "3,男性\n"); },
      [&] { save("cases.csv", "No,性別\n1,女性\n"); },
  });
  ASSERT_EQ(shown.size(), 4U);
  EXPECT_THAT(shown[0], HasSubstr("patient.sex = \"female\""));
  EXPECT_THAT(shown[1], HasSubstr("+  patient.sex = \"female\""));
  EXPECT_THAT(shown[1], HasSubstr("records changed: 1, new: 0, gone: 0, the same: 1"));
  EXPECT_THAT(shown[2], HasSubstr("records changed: 0, new: 1, gone: 0, the same: 2"));
  EXPECT_THAT(shown[3], HasSubstr("records changed: 0, new: 0, gone: 2, the same: 1"));
}

TEST_F(TrialWatch, TellsAMistakeAndComparesWithTheLastGoodResult) {
  save("cases.yaml", kMapping);
  save("cases.csv", kFile);
  const auto shown = watch({
      [&] { save("cases.yaml", kMapping + "  patient.seks: { from: 性別 }\n"); },
      [&] { save("cases.yaml", kMapping + "  report.remarks: { from: 性別 }\n"); },
  });
  ASSERT_EQ(shown.size(), 3U);
  EXPECT_THAT(shown[1], HasSubstr("Did you mean \"patient.sex\"?"));
  EXPECT_THAT(shown[1], Not(HasSubstr("records changed")));
  EXPECT_THAT(shown[2], HasSubstr("+  report.remarks = \"女性\""));
  EXPECT_THAT(shown[2], HasSubstr("records changed: 2, new: 0, gone: 0, the same: 0"));
}

TEST(FileStates, SeeWhatIsWrittenReplacedMadeAndRemoved) {
  const TemporaryFolder folder;
  const auto file = folder.write("a.yaml", "a");
  const std::vector<std::filesystem::path> paths{folder.path(), file};
  const auto changes = [&](const std::function<void()>& act) {
    const FileStates before(paths);
    act();
    return FileStates(paths) != before;
  };
  EXPECT_FALSE(changes([] {}));
  EXPECT_TRUE(changes([&] { folder.write("a.yaml", "ab"); }));
  EXPECT_TRUE(changes([&] { folder.write("b.yaml", "b"); }));
  EXPECT_TRUE(
      changes([&] { std::filesystem::rename(folder.write("b.new", "b"), folder.path() / "b.yaml"); }));
  EXPECT_TRUE(changes([&] { std::filesystem::remove(folder.path() / "b.yaml"); }));
  EXPECT_FALSE(changes([&] { folder.write("note.txt", "n"); }));
}

TEST(WaitForChanges, EndsWhenTold) {
  const TemporaryFolder folder;
  const FileStates since({folder.path()});
  const auto before = std::signal(SIGINT, SIG_IGN);  // until wait_for_changes() takes it
  std::atomic<bool> ended = false;
  std::thread teller([&] {
    for (; !ended; std::this_thread::sleep_for(std::chrono::milliseconds(10))) std::raise(SIGINT);
  });
  EXPECT_FALSE(wait_for_changes({folder.path()}, since));
  ended = true;
  teller.join();
  std::signal(SIGINT, before);
}

}  // namespace
}  // namespace musubi::app
