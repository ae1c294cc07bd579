// A store opened to be read: it changes nothing, also where another program writes, and says what is wrong.
#include <gmock/gmock.h>

#include <filesystem>

#include "disclosures.h"
#include "store.h"

namespace musubi::sqlite_sink {
namespace {

using model::Value;
using test::key;
using test::Said;

class ReadingAStore : public testing::Test {
 protected:
  void SetUp() override {
    auto opened = Store::open(file, Database::Mode::writer, discloser.catalogue, clock);
    ASSERT_TRUE(opened.has_value());
    store = std::move(*opened);
  }
  void deliver(const std::vector<std::string>& layout, const std::vector<Said>& said) {
    ASSERT_FALSE(store->deliver(discloser.disclose(layout, said)).has_error());
  }

  test::TemporaryFolder folder;
  test::Discloser discloser;
  test::FixedClock clock;
  std::filesystem::path file = folder.path() / "store.sqlite";
  std::unique_ptr<Store> store;
};

TEST_F(ReadingAStore, ReadingAStoreThatIsNotThereSaysSoAndMakesNothing) {
  const auto empty = folder.path() / "empty";
  std::filesystem::create_directory(empty);
  const auto opened = Store::open(empty / "store.sqlite", Database::Mode::reader, discloser.catalogue, clock);
  ASSERT_TRUE(opened.has_error());
  EXPECT_EQ(opened.error().code(), "adapter.store_missing");
  EXPECT_EQ(base::exit_code(opened.error()), 3);
  EXPECT_TRUE(std::filesystem::is_empty(empty));
}

TEST_F(ReadingAStore, AReaderLeavesTheLogOfADeadWriterAlone) {
  deliver({"patient.visits"}, {{key(1), {{"patient.visits", Value::integer(7)}}}});
  const auto copy = folder.path() / "copy.sqlite", log = folder.path() / "copy.sqlite-wal";
  std::filesystem::copy_file(file, copy);
  std::filesystem::copy_file(file.string() + "-wal", log);
  const auto size = std::filesystem::file_size(log);
  ASSERT_GT(size, 0U);
  {
    auto reading = Store::open(copy, Database::Mode::reader, discloser.catalogue, clock);
    ASSERT_TRUE(reading.has_value());
    std::size_t records = 0;
    ASSERT_FALSE(
        (*reading)->read({}, [&records](const auto&, const auto&) { return ++records != 0; }).has_error());
    EXPECT_EQ(records, 1U);
    EXPECT_FALSE((*reading)->verify().has_error());
    EXPECT_FALSE((*reading)->close().has_error());
  }
  EXPECT_EQ(std::filesystem::file_size(log), size) << "a reader must not write the log back";
}

TEST_F(ReadingAStore, AReaderSeesWhatTheWriterCommitsMeanwhile) {
  auto reading = Store::open(file, Database::Mode::reader, discloser.catalogue, clock);
  ASSERT_TRUE(reading.has_value());
  deliver({"patient.visits"}, {{key(1), {{"patient.visits", Value::integer(7)}}}});
  std::size_t records = 0;
  ASSERT_FALSE(
      (*reading)->read({}, [&records](const auto&, const auto&) { return ++records != 0; }).has_error());
  EXPECT_EQ(records, 1U);
  const auto refused = (*reading)->deliver(discloser.disclose({"patient.visits"}, {{key(2), {}}}));
  EXPECT_TRUE(refused.has_error());
}

TEST_F(ReadingAStore, TheDatabaseOfAnotherProgramIsLeftAlone) {
  const auto other = folder.path() / "other.sqlite";
  {
    auto database = Database::open(other, Database::Mode::writer);
    ASSERT_TRUE(database.has_value());
    ASSERT_FALSE((*database)->run("CREATE TABLE bookmarks (x)").has_error());
  }
  for (const auto mode : {Database::Mode::writer, Database::Mode::reader}) {
    const auto opened = Store::open(other, mode, discloser.catalogue, clock);
    ASSERT_TRUE(opened.has_error());
    EXPECT_EQ(opened.error().code(), "adapter.store_foreign");
  }
}

TEST_F(ReadingAStore, VerifyingFindsDamage) {
  deliver({"patient.name"}, {{key(1), {{"patient.name", Value::text(std::string(20'000, 'x'))}}}});
  EXPECT_FALSE(store->verify().has_error());
  ASSERT_FALSE(store->close().has_error());
  const auto size = std::filesystem::file_size(file);
  std::filesystem::resize_file(file, size - 4096);
  const auto opened = Store::open(file, Database::Mode::reader, discloser.catalogue, clock);
  const auto verified = opened.has_error() ? base::Status(opened.error()) : (*opened)->verify();
  ASSERT_TRUE(verified.has_error());
  EXPECT_EQ(verified.error().code(), "adapter.store_broken");
}

}  // namespace
}  // namespace musubi::sqlite_sink
