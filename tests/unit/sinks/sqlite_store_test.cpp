#include <gmock/gmock.h>
#include <sqlite3.h>
#include <sys/resource.h>

#include <csignal>
#include <fstream>

#include "disclosures.h"
#include "store.h"

namespace musubi::sqlite_sink {
namespace {

using model::Value;
using test::key;
using test::Said;
using testing::ElementsAre;
using testing::HasSubstr;

class Storing : public ::testing::Test {
 protected:
  test::TemporaryFolder folder;
  test::Discloser discloser;
  test::FixedClock clock;
  std::filesystem::path file = folder.path() / "store.sqlite";
  std::unique_ptr<Store> store = open();

  std::unique_ptr<Store> open() {
    auto opened = Store::open(file, Database::Mode::writer, discloser.catalogue, clock);
    if (opened.has_error()) {
      ADD_FAILURE() << base::describe(base::Language::english, opened.error());
      return nullptr;
    }
    return std::move(*opened);
  }
  plugin::Receipt deliver(const std::vector<std::string>& layout, const std::vector<Said>& said) {
    const auto receipt = store->deliver(discloser.disclose(layout, said));
    if (receipt.has_error()) {
      ADD_FAILURE() << base::describe(base::Language::english, receipt.error());
      return {};
    }
    return *receipt;
  }
  /// "record.version[h]: field=value …" of every record read.
  std::vector<std::string> read(plugin::ReadRequest request = {}) {
    std::vector<std::string> all;
    const auto status =
        store->read(request, [&](const model::RecordLayout& layout, const plugin::StoredRecord& record) {
          auto line = std::to_string(record.key.record) + "." + std::to_string(record.key.version) +
                      (record.key.position == model::Position::historical ? "h:" : ":");
          for (const auto& field : test::described(layout, record.values)) line += " " + field;
          all.push_back(line);
          return true;
        });
    EXPECT_FALSE(status.has_error()) << base::describe(base::Language::english, status.error());
    return all;
  }
  std::vector<std::string> read_history() {
    plugin::ReadRequest request;
    request.history = true;
    return read(request);
  }
  std::string sql(const std::string& query) const {
    sqlite3* connection = nullptr;
    sqlite3_open(file.c_str(), &connection);
    std::string result;
    sqlite3_exec(
        connection, query.c_str(),
        [](void* out, int columns, char** values, char**) {
          for (int column = 0; column < columns; ++column)
            static_cast<std::string*>(out)
                ->append(values[column] == nullptr ? "NULL" : values[column])
                .append("|");
          return 0;
        },
        &result, nullptr);
    sqlite3_close(connection);
    return result;
  }
};

TEST_F(Storing, ATextMayHoldNul) {
  deliver({"patient.occupation"},
          {{key(1), {{"patient.occupation", Value::text(std::string_view("a\0b", 3))}}}});
  EXPECT_EQ(sql("SELECT length(CAST(patient_occupation AS BLOB)) FROM case_report"), "3|");
}

TEST_F(Storing, WhatWasDeliveredIsThereAfterReopening) {
  deliver({"patient.visits"}, {{key(1), {{"patient.visits", Value::integer(1)}}}});
  ASSERT_FALSE(store->close().has_error());
  EXPECT_FALSE(std::filesystem::exists(file.string() + "-wal"));
  store = open();
  deliver({"patient.visits"}, {{key(1, 2), {{"patient.visits", Value::integer(2)}}}});
  EXPECT_THAT(read_history(), ElementsAre("1.1h: patient.visits=1", "1.2: patient.visits=2"));
  EXPECT_EQ(sql("SELECT count(*) FROM record_layout"), "1|");
}

TEST_F(Storing, AfterACrashTheStoreIsCheckedAndGoesOn) {
  deliver({"patient.visits"}, {{key(1), {{"patient.visits", Value::integer(1)}}}});
  // What a killed program leaves: the store and its log, as they are.
  const auto crashed = folder.path() / "crashed.sqlite";
  std::filesystem::copy(file, crashed);
  std::filesystem::copy(file.string() + "-wal", crashed.string() + "-wal");
  file = crashed;
  store = open();
  EXPECT_THAT(read(), ElementsAre("1.1: patient.visits=1"));
}

TEST_F(Storing, AStoreOfALaterVersionIsLeftAlone) {
  ASSERT_FALSE(store->close().has_error());
  sql("PRAGMA user_version=99");
  const auto opened = Store::open(file, Database::Mode::writer, discloser.catalogue, clock);
  ASSERT_TRUE(opened.has_error());
  EXPECT_EQ(opened.error().code(), "adapter.store_newer");
}

TEST_F(Storing, WhatIsNoStoreIsRefused) {
  const auto open_error = [&](const std::filesystem::path& path) {
    const auto opened = Store::open(path, Database::Mode::writer, discloser.catalogue, clock);
    return opened.has_error() ? opened.error().code() : "opened";
  };
  EXPECT_EQ(open_error(folder.write("text.sqlite", std::string(5000, 'x'))), "adapter.store_broken");
  EXPECT_EQ(open_error(folder.path()), "adapter.store_not_opened");
  EXPECT_EQ(open_error(folder.path() / "none" / "store.sqlite"), "adapter.store_not_opened");
}

TEST_F(Storing, AStoreHeldByAnotherProgramIsUnavailable) {
  EXPECT_EQ(store_error(SQLITE_BUSY, file).kind(), base::ErrorKind::unavailable);
  EXPECT_EQ(store_error(SQLITE_BUSY_SNAPSHOT, file).code(), "adapter.store_busy");
}

TEST_F(Storing, ADamagedStoreIsFoundWhenItWasNotClosedCleanly) {
  deliver({"patient.name"}, {{key(1), {{"patient.name", Value::text(std::string(20'000, 'x'))}}}});
  ASSERT_FALSE(store->close().has_error());
  {
    std::fstream bytes(file, std::ios::in | std::ios::out | std::ios::binary);
    bytes.seekp(4096);
    bytes << std::string(4096, '\xAA');
  }
  folder.write("store.sqlite-wal", std::string(100, '\0'));
  const auto opened = Store::open(file, Database::Mode::writer, discloser.catalogue, clock);
  ASSERT_TRUE(opened.has_error());
  EXPECT_EQ(opened.error().code(), "adapter.store_broken");
  EXPECT_EQ(opened.error().kind(), base::ErrorKind::environment);
}

/// No file may grow beyond `bytes` while it lives.
class FileSizeLimit {
 public:
  explicit FileSizeLimit(rlim_t bytes) {
    std::signal(SIGXFSZ, SIG_IGN);
    getrlimit(RLIMIT_FSIZE, &before_);
    const rlimit limit{bytes, before_.rlim_max};
    setrlimit(RLIMIT_FSIZE, &limit);
  }
  ~FileSizeLimit() { setrlimit(RLIMIT_FSIZE, &before_); }

 private:
  rlimit before_{};
};

TEST_F(Storing, WhenNothingMoreCanBeWrittenTheDeliveryIsRolledBack) {
  deliver({"patient.name"}, {{key(1), {{"patient.name", Value::text("before")}}}});
  const std::string large(1'000'000, 'x');
  const auto disclosure =
      discloser.disclose({"patient.name"}, {{key(2), {{"patient.name", Value::text(large)}}}});
  {
    const FileSizeLimit limit(600'000);
    const auto failed = store->deliver(disclosure);
    ASSERT_TRUE(failed.has_error());
    EXPECT_EQ(failed.error().kind(), base::ErrorKind::environment);
    EXPECT_THAT(base::describe(base::Language::japanese, failed.error()), testing::Not(HasSubstr("xxx")));
  }
  EXPECT_THAT(read(), ElementsAre("1.1: patient.name=before"));
  EXPECT_FALSE(store->deliver(disclosure).has_error());
  EXPECT_EQ(read().size(), 2U);
}

TEST_F(Storing, AFullDiskIsToldAsSuch) {
  auto database = Database::open(folder.path() / "small.sqlite", Database::Mode::writer);
  ASSERT_TRUE(database.has_value());
  ASSERT_FALSE((*database)->run("PRAGMA max_page_count=3; CREATE TABLE t (x)").has_error());
  const auto full = (*database)->run("INSERT INTO t VALUES (zeroblob(100000))");
  ASSERT_TRUE(full.has_error());
  EXPECT_EQ(full.error().code(), "file.disk_full");
  EXPECT_EQ(full.error().kind(), base::ErrorKind::environment);
}

TEST_F(Storing, OnlyItsOwnerMayReadTheStoreAndItsLog) {
  deliver({"patient.visits"}, {{key(1), {}}});
  for (const auto* suffix : {"", "-wal", "-shm"}) {
    const auto permissions = std::filesystem::status(file.string() + suffix).permissions();
    EXPECT_EQ(permissions & (std::filesystem::perms::group_all | std::filesystem::perms::others_all),
              std::filesystem::perms::none)
        << suffix;
  }
}

TEST_F(Storing, TheStoreIsDurableBeforeTheReceipt) {
  auto database = Database::open(folder.path() / "settings.sqlite", Database::Mode::writer);
  ASSERT_TRUE(database.has_value());
  EXPECT_EQ(*(*database)->number("PRAGMA synchronous"), 2);  // FULL
  auto mode = (*database)->prepare("PRAGMA journal_mode");
  ASSERT_TRUE(mode.has_value());
  ASSERT_TRUE(*mode->next());
  EXPECT_EQ(mode->text(0), "wal");
}

}  // namespace
}  // namespace musubi::sqlite_sink
