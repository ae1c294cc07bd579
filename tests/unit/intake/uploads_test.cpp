// Uploads: told offsets hold, whatever ends the process; one writer at a time; what is not ours is left
// alone.
#include "musubi/intake/uploads.h"

#include <gmock/gmock.h>

#include <cerrno>
#include <fstream>
#include <set>

#include "file_operations.h"
#include "hand_clock.h"
#include "musubi/base/digest.h"
#include "temporary_folder.h"
#include "upload_record.h"

namespace musubi::intake {
namespace {

namespace fs = std::filesystem;

std::string text_of(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}
void write(const fs::path& file, std::string_view text) { std::ofstream(file, std::ios::binary) << text; }

/// A disk whose syncs of files fail when told.
class FailingSync final : public FileOperations {
 public:
  int sync(const fs::path& path) override {
    return fails && path.filename() == "bytes" ? EIO : FileOperations::sync(path);
  }
  bool fails = false;
};

class UploadsTest : public ::testing::Test {
 protected:
  void SetUp() override { open(); }
  /// As after a crash: what the process knew is gone, what is on the disk is not.
  void open() {
    uploads.reset();
    auto opened = Uploads::open(settings(), clock, operations);
    ASSERT_FALSE(opened.has_error());
    uploads = std::move(*opened);
  }
  UploadSettings settings() const {
    return {.folder = shelf(),
            .most_bytes = 1'000,
            .most_open = 3,
            .keep = std::chrono::hours(24),
            .sync_every = 100};
  }
  fs::path shelf() const { return folder.path() / "uploads"; }

  std::string begin(const UploadPlan& plan = {.source = "tokyo", .name = "a.csv"}) {
    auto upload = uploads->begin(plan);
    EXPECT_FALSE(upload.has_error());
    return upload.has_error() ? std::string() : upload->id;
  }
  /// The code of the error; empty: it was taken whole.
  std::string send(const std::string& id, std::uint64_t offset, std::string_view bytes) {
    auto piece = uploads->go_on(id, offset);
    if (piece.has_error()) return piece.error().code();
    if (const auto written = (*piece)->write(bytes); written.has_error()) return written.error().code();
    const auto finished = (*piece)->finish();
    return finished.has_error() ? finished.error().code() : std::string();
  }
  std::uint64_t offset(const std::string& id) {
    const auto upload = uploads->look(id);
    return upload.has_error() ? 999'999 : upload->offset;
  }
  std::string fault_of_look(const std::string& id) {
    const auto upload = uploads->look(id);
    return upload.has_error() ? upload.error().code() : std::string();
  }
  /// Hands in; the code of the error or the number of the submission.
  std::string complete(const std::string& id) {
    const auto done =
        uploads->complete(id, [&](const Upload& upload, const fs::path& file) -> base::Result<std::int64_t> {
          EXPECT_EQ(upload.id, id);
          if (refuses) return base::Error(base::ErrorKind::unavailable, "hub.full");
          handed_in.push_back(upload.plan.source + "/" + upload.plan.name + ": " + text_of(file));
          return static_cast<std::int64_t>(handed_in.size());
        });
    return done.has_error() ? done.error().code() : std::to_string(done->submission.value_or(0));
  }

  testing::TemporaryFolder folder;
  testing::HandClock clock;
  FailingSync operations;
  std::unique_ptr<Uploads> uploads;
  std::vector<std::string> handed_in;
  bool refuses = false;
};

TEST_F(UploadsTest, pieces_become_a_submission) {
  const auto id = begin();
  EXPECT_EQ(id.size(), 32U);
  EXPECT_EQ(send(id, 0, "one,"), "");
  EXPECT_EQ(send(id, 4, ""), "");
  EXPECT_EQ(send(id, 4, "two"), "");
  EXPECT_EQ(offset(id), 7U);
  EXPECT_EQ(complete(id), "1");
  EXPECT_THAT(handed_in, ::testing::ElementsAre("tokyo/a.csv: one,two"));
  EXPECT_FALSE(fs::exists(shelf() / id / "bytes"));
}

TEST_F(UploadsTest, ids_are_different_each_time) {
  std::set<std::string> ids;
  for (const auto* source : {"a", "b", "c", "d", "e"})
    for (int each = 0; each < 3; ++each) ids.insert(begin({.source = source}));
  EXPECT_EQ(ids.size(), 15U);
}

TEST_F(UploadsTest, another_offset_is_told_where_it_stands) {
  const auto id = begin();
  EXPECT_EQ(send(id, 0, "12345"), "");
  for (const std::uint64_t wrong : {0U, 4U, 6U, 5'000U}) {
    const auto piece = uploads->go_on(id, wrong);
    ASSERT_TRUE(piece.has_error());
    EXPECT_EQ(piece.error().code(), "intake.upload_offset");
    EXPECT_EQ(piece.error().arguments()[0].second, "5");
  }
  EXPECT_EQ(send(id, 5, "6"), "");
}

TEST_F(UploadsTest, what_a_broken_connection_brought_stays) {
  const auto id = begin();
  {
    const auto piece = uploads->go_on(id, 0);
    ASSERT_FALSE(piece.has_error());
    EXPECT_FALSE((*piece)->write("12345").has_error());
  }
  EXPECT_EQ(send(id, 0, "again"), "intake.upload_offset");
  EXPECT_EQ(offset(id), 5U);
  open();
  EXPECT_EQ(offset(id), 5U) << "it was told";
}

TEST_F(UploadsTest, a_crash_takes_what_was_not_told_and_nothing_else) {
  const auto id = begin();
  EXPECT_EQ(send(id, 0, "12345"), "");
  auto piece = uploads->go_on(id, 5);
  ASSERT_FALSE(piece.has_error());
  EXPECT_FALSE((*piece)->write("six").has_error());
  const auto left = text_of(shelf() / id / "bytes"), record = text_of(shelf() / id / "upload.json");
  piece->reset();
  uploads.reset();
  EXPECT_EQ(left, "12345six");
  write(shelf() / id / "upload.json", record);
  open();
  EXPECT_EQ(offset(id), 5U);
  EXPECT_EQ(text_of(shelf() / id / "bytes"), "12345");
  EXPECT_EQ(send(id, 5, "678"), "");
  EXPECT_EQ(complete(id), "1");
  EXPECT_THAT(handed_in, ::testing::ElementsAre("tokyo/a.csv: 12345678"));
}

TEST_F(UploadsTest, a_long_piece_is_made_durable_on_its_way) {
  const auto id = begin();
  auto piece = uploads->go_on(id, 0);
  ASSERT_FALSE(piece.has_error());
  for (int each = 0; each < 9; ++each) EXPECT_FALSE((*piece)->write(std::string(30, 'x')).has_error());
  const auto record = read_upload_record(text_of(shelf() / id / "upload.json"));
  ASSERT_FALSE(record.has_error());
  EXPECT_EQ(record->upload.offset, 240U);
}

TEST_F(UploadsTest, one_writes_at_a_time) {
  const auto id = begin();
  {
    const auto first = uploads->go_on(id, 0);
    ASSERT_FALSE(first.has_error());
    EXPECT_EQ(send(id, 0, "second"), "intake.upload_busy");
    EXPECT_EQ(complete(id), "intake.upload_busy");
    EXPECT_EQ(uploads->give_up(id).error().code(), "intake.upload_busy");
    EXPECT_EQ(offset(id), 0U) << "may be asked meanwhile";
  }
  EXPECT_EQ(send(id, 0, "second"), "");
}

TEST_F(UploadsTest, a_sync_that_failed_is_told_and_the_bytes_are_asked_for_again) {
  const auto id = begin();
  EXPECT_EQ(send(id, 0, "12345"), "");
  operations.fails = true;
  EXPECT_EQ(send(id, 5, "678"), "file.failed");
  operations.fails = false;
  EXPECT_EQ(offset(id), 5U);
  EXPECT_EQ(send(id, 5, "abc"), "");
  EXPECT_EQ(complete(id), "1");
  EXPECT_THAT(handed_in, ::testing::ElementsAre("tokyo/a.csv: 12345abc"));
}

TEST_F(UploadsTest, completing_again_hands_in_nothing_more) {
  const auto id = begin();
  EXPECT_EQ(send(id, 0, "x"), "");
  refuses = true;
  EXPECT_EQ(complete(id), "hub.full");
  refuses = false;
  EXPECT_EQ(complete(id), "1");
  EXPECT_EQ(complete(id), "1");
  open();
  EXPECT_EQ(complete(id), "1");
  EXPECT_EQ(handed_in.size(), 1U);
  EXPECT_EQ(send(id, 1, "y"), "intake.upload_done");
  EXPECT_EQ(uploads->look(id)->submission, 1);
}

TEST_F(UploadsTest, what_was_announced_is_checked) {
  const std::string bytes = "1,2\n";
  const auto digest = base::to_hex(base::sha256(bytes));
  const auto good = begin({.source = "tokyo", .bytes = 4, .digest = digest});
  EXPECT_EQ(complete(good), "intake.upload_incomplete");
  EXPECT_EQ(send(good, 0, "1,2"), "");
  EXPECT_EQ(complete(good), "intake.upload_incomplete");
  EXPECT_EQ(send(good, 3, "\n3"), "intake.upload_more_than_announced");
  EXPECT_EQ(send(good, 3, "\n"), "");
  EXPECT_EQ(complete(good), "1");
  const auto other = begin({.source = "tokyo", .bytes = 4, .digest = digest});
  EXPECT_EQ(send(other, 0, "1,3\n"), "");
  EXPECT_EQ(complete(other), "intake.upload_digest");
  EXPECT_EQ(offset(other), 4U) << "it stays, to be looked at";
  EXPECT_EQ(complete(begin()), "intake.upload_empty");
  EXPECT_EQ(handed_in.size(), 1U);
}

TEST_F(UploadsTest, limits_hold) {
  EXPECT_EQ(uploads->begin({.source = "tokyo", .bytes = 1'001}).error().code(), "intake.upload_too_large");
  const auto id = begin();
  EXPECT_EQ(send(id, 0, std::string(1'001, 'x')), "intake.upload_too_large");
  EXPECT_EQ(send(id, 0, std::string(1'000, 'x')), "");
  EXPECT_EQ(send(id, 1'000, "x"), "intake.upload_too_large");
  begin();
  const auto third = begin();
  EXPECT_EQ(uploads->begin({.source = "tokyo"}).error().code(), "intake.upload_too_many");
  EXPECT_FALSE(uploads->begin({.source = "osaka"}).has_error());
  EXPECT_FALSE(uploads->give_up(third).has_error());
  EXPECT_EQ(complete(id), "1");
  begin();
  begin();
}

TEST_F(UploadsTest, what_nobody_goes_on_with_is_cleared) {
  const auto left = begin(), used = begin(), done = begin();
  EXPECT_EQ(send(done, 0, "x"), "");
  EXPECT_EQ(complete(done), "1");
  clock.advance(std::chrono::hours(23));
  EXPECT_EQ(send(used, 0, "x"), "");
  clock.advance(std::chrono::hours(2));
  uploads->clear();
  EXPECT_EQ(fault_of_look(left), "intake.upload_absent");
  EXPECT_EQ(fault_of_look(done), "intake.upload_absent");
  EXPECT_EQ(offset(used), 1U);
  EXPECT_EQ(std::distance(fs::directory_iterator(shelf()), fs::directory_iterator()), 1);
  const auto piece = uploads->go_on(used, 1);
  clock.advance(std::chrono::hours(25));
  uploads->clear();
  EXPECT_EQ(offset(used), 1U) << "not while somebody writes";
}

TEST_F(UploadsTest, it_is_cleared_after_a_restart_as_well) {
  const auto id = begin();
  clock.advance(std::chrono::hours(25));
  open();
  EXPECT_EQ(fault_of_look(id), "intake.upload_absent");
  EXPECT_FALSE(fs::exists(shelf() / id));
}

TEST_F(UploadsTest, a_given_up_one_is_gone) {
  const auto id = begin();
  EXPECT_EQ(send(id, 0, "x"), "");
  EXPECT_FALSE(uploads->give_up(id).has_error());
  EXPECT_EQ(fault_of_look(id), "intake.upload_absent");
  EXPECT_EQ(send(id, 1, "y"), "intake.upload_absent");
  EXPECT_EQ(uploads->give_up(id).error().code(), "intake.upload_absent");
  EXPECT_TRUE(fs::is_empty(shelf()));
}

TEST_F(UploadsTest, ids_that_are_none_are_absent) {
  for (const std::string id : {"", ".", "..", "../uploads", "a/b", "0123456789abcdef0123456789abcdef"})
    EXPECT_EQ(fault_of_look(id), "intake.upload_absent") << id;
}

TEST_F(UploadsTest, everything_that_was_said_outlives_a_restart) {
  const std::chrono::sys_days day(std::chrono::days(-10));
  const auto id =
      begin({.source = "tokyo", .name = "\"陽性\\者\n.csv", .stated_as_of = day, .bytes = 9, .digest = "ab"});
  open();
  const auto upload = uploads->look(id);
  ASSERT_FALSE(upload.has_error());
  EXPECT_EQ(upload->plan.source, "tokyo");
  EXPECT_EQ(upload->plan.name, "\"陽性\\者\n.csv");
  EXPECT_EQ(upload->plan.stated_as_of, day);
  EXPECT_EQ(upload->plan.bytes, 9U);
  EXPECT_EQ(upload->plan.digest, "ab");
  EXPECT_EQ(upload->expires, clock.now() + std::chrono::hours(24));
}

TEST_F(UploadsTest, what_is_foreign_is_left_and_what_is_damaged_cannot_be_gone_on_with) {
  const auto good = begin(), damaged = begin(), renamed = begin();
  const std::string half_made(32, 'a'), other(32, 'b');
  write(shelf() / damaged / "upload.json", "{\"musubi_upload\": 1, \"id\": 17");
  fs::rename(shelf() / renamed, shelf() / other);
  fs::create_directory(shelf() / half_made);
  write(shelf() / half_made / "bytes", "never promised");
  write(shelf() / "README", "a person's");
  fs::create_directory(shelf() / "old");
  write(shelf() / "old/upload.json", "a person's");
  fs::create_directory_symlink(shelf() / "old", shelf() / std::string(32, 'c'));
  clock.set(base::SystemClock().now());
  open();
  EXPECT_EQ(uploads->unreadable(), 2U);
  EXPECT_EQ(fault_of_look(damaged), "intake.upload_absent");
  EXPECT_EQ(fault_of_look(other), "intake.upload_absent");
  EXPECT_FALSE(fs::exists(shelf() / half_made));
  EXPECT_EQ(text_of(shelf() / "README"), "a person's");
  EXPECT_EQ(text_of(shelf() / "old/upload.json"), "a person's");
  EXPECT_TRUE(fs::exists(shelf() / damaged)) << "until its time is up";
  clock.advance(std::chrono::hours(25));
  open();
  EXPECT_EQ(uploads->unreadable(), 0U);
  EXPECT_FALSE(fs::exists(shelf() / damaged));
  EXPECT_FALSE(fs::exists(shelf() / good));
  EXPECT_EQ(text_of(shelf() / "old/upload.json"), "a person's");
}

TEST_F(UploadsTest, bytes_that_are_missing_are_asked_for_again) {
  const auto shorter = begin(), without = begin(), folder_instead = begin();
  for (const auto& id : {shorter, without, folder_instead}) EXPECT_EQ(send(id, 0, "12345"), "");
  fs::resize_file(shelf() / shorter / "bytes", 3);
  fs::remove(shelf() / without / "bytes");
  fs::remove(shelf() / folder_instead / "bytes");
  fs::create_directory(shelf() / folder_instead / "bytes");
  open();
  for (const auto& id : {shorter, without, folder_instead}) {
    EXPECT_EQ(offset(id), 0U);
    EXPECT_EQ(send(id, 0, "abc"), "");
    EXPECT_NE(complete(id), "");
    EXPECT_EQ(handed_in.back(), "tokyo/a.csv: abc");
  }
}

TEST(UploadRecord, is_refused_where_it_is_not_as_it_should_be) {
  const UploadRecord record{{.id = "x", .plan = {.source = "s", .bytes = 3}, .offset = 2, .submission = 7},
                            {}};
  const auto good = to_json(record);
  ASSERT_FALSE(read_upload_record(good).has_error()) << good;
  EXPECT_EQ(read_upload_record(good)->upload.submission, 7);
  for (const std::string part :
       {"\"musubi_upload\":1", "\"id\":\"x\"", "\"offset\":2", "\"submission\":7", "\"bytes\":3"})
    for (const std::string instead :
         {"\"musubi_upload\":2", "\"offset\":-1", "\"bytes\":\"3\"", "\"id\":4", "\"submission\":-7"}) {
      if (part.substr(0, 4) != instead.substr(0, 4)) continue;
      auto damaged = good;
      damaged.replace(damaged.find(part), part.size(), instead);
      EXPECT_TRUE(read_upload_record(damaged).has_error()) << damaged;
    }
  for (std::size_t size = 0; size + 2 < good.size(); ++size)
    EXPECT_TRUE(read_upload_record(good.substr(0, size)).has_error()) << size;
  EXPECT_TRUE(read_upload_record("[1]").has_error());
}

}  // namespace
}  // namespace musubi::intake
