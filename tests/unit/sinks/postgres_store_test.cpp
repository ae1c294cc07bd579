// What is PostgreSQL's own: schemas, privileges, settings of the server, and that what was encoded is what is
// stored.
#include <gmock/gmock.h>

#include <fstream>
#include <random>
#include <sstream>
#include <thread>

#include "connection.h"
#include "copy_stream.h"
#include "server_checks.h"
#include "shared_postgres.h"
#include "store.h"
#include "store_home.h"

namespace musubi::postgres_sink {
namespace {

using model::Value;
using test::key;
using test::Said;
using test::shared_postgres;
using Purpose = Connection::Purpose;

class PostgresStore : public ::testing::Test {
 protected:
  test::Discloser discloser;
  test::FixedClock clock;
  ConnectionSettings settings = test::fresh_schema();
  std::vector<std::string> warnings;

  base::Result<std::unique_ptr<Store>> try_open(Purpose purpose = Purpose::writing) {
    return Store::open(settings, purpose, discloser.catalogue, clock,
                       [this](std::string_view message) { warnings.emplace_back(message); });
  }
  std::unique_ptr<Store> open() {
    auto opened = try_open();
    if (opened.has_error()) {
      ADD_FAILURE() << base::describe(base::Language::english, opened.error());
      return nullptr;
    }
    return std::move(*opened);
  }
  std::string refusal(Purpose purpose = Purpose::writing) {
    const auto opened = try_open(purpose);
    return opened.has_error() ? opened.error().code() : "opened";
  }
  void store_visits(Store& store, std::int64_t record, std::int64_t visits, std::uint32_t version = 1) const {
    const auto receipt = store.deliver(said_visits(record, visits, version));
    EXPECT_FALSE(receipt.has_error()) << base::describe(base::Language::english, receipt.error());
  }
  model::Disclosure said_visits(std::int64_t record, std::int64_t visits, std::uint32_t version = 1) const {
    return test::Discloser(discloser.catalogue)
        .disclose({"patient.visits"}, {{key(record, version), {{"patient.visits", Value::integer(visits)}}}});
  }
  std::string sql(const std::string& query) const {
    return shared_postgres().sql("SET search_path TO " + settings.schema + "; " + query);
  }
};

TEST_F(PostgresStore, ReadingASchemaThatIsNotThereSaysSoAndMakesNothing) {
  EXPECT_EQ(refusal(Purpose::reading), "adapter.store_missing");
  EXPECT_EQ(sql("SELECT to_regnamespace('" + settings.schema + "')"), "NULL|");
}

TEST_F(PostgresStore, TheTablesOfAnotherProgramAreLeftAlone) {
  sql("CREATE SCHEMA " + settings.schema + "; CREATE TABLE bookmarks (page TEXT)");
  EXPECT_EQ(refusal(), "postgres.schema_foreign");
  EXPECT_EQ(refusal(Purpose::reading), "postgres.schema_foreign");
  EXPECT_EQ(sql("SELECT count(*) FROM pg_class WHERE relkind = 'r' AND relnamespace = to_regnamespace('" +
                settings.schema + "')"),
            "1|");
}

TEST_F(PostgresStore, AStoreOfALaterVersionIsLeftAlone) {
  open();
  sql("UPDATE musubi_store SET format = 99");
  EXPECT_EQ(refusal(), "postgres.schema_newer");
  EXPECT_EQ(refusal(Purpose::reading), "postgres.schema_newer");
}

TEST_F(PostgresStore, AReaderOfAStoreThatLacksFieldsSaysSo) {
  open();
  sql("ALTER TABLE case_report_history DROP COLUMN patient_name CASCADE");
  EXPECT_EQ(refusal(Purpose::reading), "adapter.store_older");
  open();
  EXPECT_EQ(refusal(Purpose::reading), "opened");
}

TEST_F(PostgresStore, HubsMayStartTogether) {
  std::vector<std::thread> hubs;
  std::array<std::string, 4> outcomes;
  for (auto& outcome : outcomes)
    hubs.emplace_back([this, &outcome] {
      const auto opened =
          Store::open(settings, Purpose::writing, discloser.catalogue, clock, [](auto /*message*/) {});
      outcome = opened.has_error() ? base::describe(base::Language::english, opened.error()) : "opened";
    });
  for (auto& hub : hubs) hub.join();
  EXPECT_THAT(outcomes, ::testing::Each("opened"));
}

TEST_F(PostgresStore, HubsMayDeliverTogether) {
  auto first = open(), second = open();
  const auto deliver_all = [this](Store& store) {
    for (std::int64_t record = 1; record <= 40; ++record) store_visits(store, record, record);
  };
  std::thread other([&] { deliver_all(*second); });
  deliver_all(*first);
  other.join();
  EXPECT_EQ(sql("SELECT count(*), (SELECT sum(stored) FROM delivery_receipt), "
                "(SELECT sum(already_there) FROM delivery_receipt), (SELECT count(*) FROM record_layout) "
                "FROM case_report"),
            "40|40|40|1|");
}

TEST_F(PostgresStore, AReaderIsReadOnly) {
  open();
  auto connection = Connection::open(settings, Purpose::reading);
  ASSERT_TRUE(connection.has_value());
  const auto refused = (*connection)->run("DELETE FROM case_report");
  ASSERT_TRUE(refused.has_error());
  EXPECT_EQ(refused.error().code(), "postgres.read_only");
}

TEST_F(PostgresStore, WhatCannotBeRightIsSaidBeforeAnythingIsTried) {
  settings.connection += " password=secret";
  EXPECT_EQ(refusal(), "postgres.password_in_configuration");
  settings.connection = "postgresql://user:secret@nowhere/db";
  EXPECT_EQ(refusal(), "postgres.password_in_configuration");
  settings.connection = "host=";
  settings.service = "central";
  EXPECT_EQ(refusal(), "postgres.connection_and_service");
  settings.service.clear();
  settings.connection = "hots=elsewhere";
  EXPECT_EQ(refusal(), "postgres.bad_connection");
}

TEST_F(PostgresStore, WhoIsNotAdmittedIsToldSo) {
  const auto connection = settings.connection;
  settings.connection = connection + " dbname=no_such_database";
  EXPECT_EQ(refusal(), "postgres.not_admitted");
  settings.connection = connection + " user=no_such_user";
  EXPECT_EQ(refusal(), "postgres.not_admitted");
}

TEST_F(PostgresStore, ThePasswordComesFromItsFile) {
  const auto rules = shared_postgres().folder() / "data" / "pg_hba.conf";
  std::ofstream(rules) << "local all with_password scram-sha-256\nlocal all all trust\n";
  shared_postgres().sql("CREATE ROLE with_password LOGIN PASSWORD 'the password'");
  shared_postgres().sql("GRANT CREATE ON DATABASE postgres TO with_password");
  shared_postgres().sql("SELECT pg_reload_conf()");
  settings.connection += " user=with_password";
  const test::TemporaryFolder folder;
  const auto given = [&](const std::string& password) {
    settings.password_file = folder.write("passwords", "*:*:*:with_password:" + password + "\n");
    std::filesystem::permissions(settings.password_file, std::filesystem::perms::owner_read);
    const auto outcome = refusal();
    std::filesystem::remove(settings.password_file);
    return outcome;
  };
  while (refusal() == "opened")
    std::this_thread::sleep_for(std::chrono::milliseconds(20));  // reloading takes a moment
  EXPECT_EQ(given("another"), "postgres.not_admitted");
  EXPECT_EQ(given("the password"), "opened");
  EXPECT_EQ(refusal(), "postgres.not_admitted") << "no password at all";
}

TEST_F(PostgresStore, AServerThatIsNotThereYetIsNoErrorForAHubButForAReader) {
  const test::TemporaryFolder nowhere;
  settings.connection = "host=" + nowhere.path().string() + " user=postgres";
  EXPECT_EQ(refusal(Purpose::reading), "postgres.not_connected");
  auto store = open();
  EXPECT_THAT(warnings, ::testing::ElementsAre("postgres.not_connected"));
  const auto delivered = store->deliver(said_visits(1, 1));
  ASSERT_TRUE(delivered.has_error());
  EXPECT_EQ(delivered.error().kind(), base::ErrorKind::unavailable);
}

TEST_F(PostgresStore, ADatabaseOfAnotherEncodingIsRefused) {
  shared_postgres().sql("CREATE DATABASE ascii ENCODING 'SQL_ASCII' TEMPLATE template0");
  settings.connection += " dbname=ascii";
  EXPECT_EQ(refusal(), "postgres.not_utf8");
}

TEST_F(PostgresStore, CommitsWaitForTheDiskWhateverTheServerSays) {
  settings.connection += " options=-csynchronous_commit=off";
  auto connection = Connection::open(settings, Purpose::writing);
  ASSERT_TRUE(connection.has_value());
  ASSERT_FALSE(check_server(**connection, Purpose::writing).has_error());
  EXPECT_EQ((*connection)->ask("SHOW synchronous_commit")->text(0, 0), "on");
}

TEST_F(PostgresStore, AConstraintOfTheSitesOwnRefusesTheWholeDisclosureWithoutQuotingIt) {
  auto store = open();
  sql("ALTER TABLE case_report ADD CHECK (patient_name <> 'secret')");
  const auto refused = store->deliver(
      discloser.disclose({"patient.name"}, {{key(1), {{"patient.name", Value::text("fine")}}},
                                            {key(2), {{"patient.name", Value::text("secret")}}}}));
  ASSERT_TRUE(refused.has_error());
  EXPECT_EQ(refused.error().code(), "postgres.record_refused");
  EXPECT_EQ(refused.error().kind(), base::ErrorKind::refused);
  EXPECT_THAT(base::describe(base::Language::english, refused.error()),
              ::testing::Not(::testing::HasSubstr("secret")));
  EXPECT_EQ(sql("SELECT (SELECT count(*) FROM case_report) + (SELECT count(*) FROM delivery_receipt)"), "0|");
  store_visits(*store, 3, 3);
}

TEST_F(PostgresStore, VerifyingFindsWhatContradictsItself) {
  auto store = open();
  for (std::int64_t record = 1; record <= 3; ++record) store_visits(*store, record, 1);
  store_visits(*store, 1, 2, 2);
  EXPECT_FALSE(store->verify().has_error());
  const auto damage = [&](const std::string& change, const std::string& repair) {
    sql(change);
    const auto found = store->verify();
    const auto said = found.has_error() ? base::describe(base::Language::english, found.error()) : "fine";
    sql(repair);
    return said;
  };
  EXPECT_THAT(
      damage("DELETE FROM case_report WHERE record = 3",
             "INSERT INTO case_report SELECT 3, version, as_of, submission, source, layout, received_at, "
             "absent FROM case_report WHERE record = 2"),
      ::testing::HasSubstr("delivery_receipt"));
  EXPECT_THAT(damage("UPDATE case_report SET layout = 99 WHERE record = 3",
                     "UPDATE case_report SET layout = 1 WHERE record = 3"),
              ::testing::HasSubstr("record_layout"));
  EXPECT_THAT(
      damage("UPDATE case_report_history SET version = 2", "UPDATE case_report_history SET version = 1"),
      ::testing::HasSubstr("current and history"));
  EXPECT_FALSE(store->verify().has_error());
}

TEST_F(PostgresStore, ManyRecordsWithItemsAreReadPageByPage) {
  auto store = open();
  const Value person[] = {Value::text("一"), Value{}, Value{}};
  const Value people[] = {Value::list(person)};
  const std::string long_text(20'000, 'x');
  std::vector<Said> said;
  for (std::int64_t record = 1; record <= 1'200; ++record)
    said.push_back(
        {key(record),
         {{"contact", Value::list(people)},
          {"patient.occupation", Value::text(record % 100 == 0 ? std::string_view(long_text) : "short")}}});
  const auto receipt = store->deliver(discloser.disclose({"contact", "patient.occupation"}, said));
  ASSERT_FALSE(receipt.has_error()) << base::describe(base::Language::english, receipt.error());
  std::int64_t expected = 0;
  const auto status =
      store->read({}, [&](const model::RecordLayout& layout, const plugin::StoredRecord& record) {
        EXPECT_EQ(record.key.record, ++expected);
        const auto& contact =
            record.values[static_cast<std::size_t>(layout.slot(discloser.catalogue->number_of("contact")))];
        EXPECT_EQ(contact, Value::list(people));
        return true;
      });
  ASSERT_FALSE(status.has_error());
  EXPECT_EQ(expected, 1'200);
}

TEST_F(PostgresStore, WhatTheEncoderWritesTheServerReadsAlike) {
  auto connection = Connection::open(settings, Purpose::writing);
  ASSERT_TRUE(connection.has_value());
  ASSERT_FALSE((*connection)
                   ->run("CREATE TEMPORARY TABLE t (place BIGINT, amount NUMERIC, truth BOOLEAN)")
                   .has_error());
  std::mt19937_64 random(7);
  std::vector<model::Decimal> numbers{{0, 0},  {0, 5},    {INT64_MAX, 0}, {INT64_MIN, 18},
                                      {1, 40}, {-1, 255}, {10'000, 4}};
  for (int round = 0; round < 500; ++round)
    numbers.push_back(
        {static_cast<std::int64_t>(random()) >> (random() % 63), static_cast<std::uint8_t>(random() % 22)});
  CopyStream stream(**connection);
  ASSERT_FALSE(stream.begin("COPY t FROM STDIN (FORMAT binary)").has_error());
  for (std::size_t place = 0; place < numbers.size(); ++place) {
    stream.rows().row(3);
    stream.rows().integer(static_cast<std::int64_t>(place));
    stream.rows().decimal(numbers[place]);
    stream.rows().boolean(place % 2 == 1);
    ASSERT_FALSE(stream.row_done().has_error());
  }
  ASSERT_FALSE(stream.finish().has_error());
  const auto rows = (*connection)->ask("SELECT amount, truth FROM t ORDER BY place");
  ASSERT_TRUE(rows.has_value());
  ASSERT_EQ(rows->size(), static_cast<int>(numbers.size()));
  for (int row = 0; row < rows->size(); ++row) {
    const auto& number = numbers[static_cast<std::size_t>(row)];
    EXPECT_EQ(rows->text(row, 0), model::to_text(Value::decimal(number))) << number.mantissa;
    EXPECT_EQ(rows->boolean(row, 1), row % 2 == 1);
  }
}

/// config/examples/postgres-roles.sql, for another schema than "musubi".
std::string roles_script(const std::string& schema) {
  std::ostringstream text;
  text << std::ifstream(std::string(MUSUBI_PROJECT_FOLDER) + "/config/examples/postgres-roles.sql").rdbuf();
  auto script = text.str();
  for (auto at = script.find("'musubi'"); at != std::string::npos; at = script.find("'musubi'"))
    script.replace(at, 8, "'" + schema + "'");
  return script;
}

constexpr const char* kReported =
    "\n  report.jurisdiction.code: {ja: 報告, en: Reported, type: municipality_code, class: operational}\n";

TEST_F(PostgresStore, EachRoleMayDoItsPartAndNoMore) {
  discloser = test::Discloser(test::catalogue_of(std::string(test::kSmallCatalogue) + kReported));
  open();
  shared_postgres().sql(roles_script(settings.schema));
  const auto owner = settings.connection;
  settings.connection = owner + " user=musubi_writer";
  auto store = open();
  const auto receipt = store->deliver(discloser.disclose(
      {"report.jurisdiction.code"}, {{key(1), {{"report.jurisdiction.code", Value::code("130001")}}},
                                     {key(2), {{"report.jurisdiction.code", Value::code("270008")}}},
                                     {key(3), {}}}));
  ASSERT_FALSE(receipt.has_error()) << base::describe(base::Language::english, receipt.error());
  ASSERT_FALSE(
      store
          ->deliver(discloser.disclose({"report.jurisdiction.code"},
                                       {{key(1, 2), {{"report.jurisdiction.code", Value::code("130001")}}}}))
          .has_error());
  sql("ALTER TABLE case_report DROP COLUMN patient_name CASCADE");
  EXPECT_EQ(refusal(), "postgres.not_permitted") << "a writer may not change tables";
  settings.connection = owner;
  open();
  shared_postgres().sql(roles_script(settings.schema));
  const auto seen_by = [&](const std::string& jurisdiction) {
    settings.connection = owner + " user=musubi_reader options=-cmusubi.jurisdiction=" + jurisdiction;
    plugin::ReadRequest request;
    request.history = true;
    auto opened = try_open(Purpose::reading);
    EXPECT_TRUE(opened.has_value());
    std::vector<std::int64_t> records;
    EXPECT_FALSE((*opened)
                     ->read(request,
                            [&](const auto&, const auto& record) {
                              records.push_back(record.key.record);
                              return true;
                            })
                     .has_error());
    EXPECT_FALSE((*opened)->verify().has_error()) << "who may see only some rows is not told of damage";
    return records;
  };
  EXPECT_EQ(seen_by("130001"), (std::vector<std::int64_t>{1, 1}));
  EXPECT_EQ(seen_by("270008"), (std::vector<std::int64_t>{2}));
  EXPECT_TRUE(seen_by("").empty());
  settings.connection = owner + " user=musubi_reader";
  EXPECT_EQ(refusal(), "opened") << "a reader that would write is refused by its first delivery";
}

}  // namespace
}  // namespace musubi::postgres_sink
