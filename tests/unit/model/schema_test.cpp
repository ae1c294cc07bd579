#include "musubi/model/schema.h"

#include <gmock/gmock.h>
#include <sqlite3.h>

#include <array>
#include <memory>
#include <set>

#include "model_files.h"

namespace musubi::model {
namespace {

using testing::real_catalogue;

class Database {
 public:
  Database() {
    sqlite3* opened = nullptr;
    if (sqlite3_open(":memory:", &opened) != SQLITE_OK) throw std::runtime_error("no database");
    handle_.reset(opened);
  }
  std::string run(const std::string& sql) {
    return sqlite3_exec(handle_.get(), sql.c_str(), nullptr, nullptr, nullptr) == SQLITE_OK
               ? ""
               : sqlite3_errmsg(handle_.get());
  }
  std::vector<std::string> texts(const std::string& sql) {
    std::vector<std::string> found;
    sqlite3_exec(
        handle_.get(), sql.c_str(),
        [](void* into, int, char** columns, char**) {
          static_cast<std::vector<std::string>*>(into)->emplace_back(columns[0] ? columns[0] : "NULL");
          return 0;
        },
        &found, nullptr);
    return found;
  }

 private:
  struct Close {
    void operator()(sqlite3* handle) const { sqlite3_close(handle); }
  };
  std::unique_ptr<sqlite3, Close> handle_;
};

const SqlColumn* column(const std::vector<SqlColumn>& columns, std::string_view name) {
  for (const SqlColumn& each : columns)
    if (each.name == name) return &each;
  return nullptr;
}

TEST(SqlSchema, SqliteAcceptsItTwice) {
  Database database;
  const auto sql = sql_schema(*real_catalogue(), SqlDialect::sqlite);
  EXPECT_EQ(database.run(sql), "");
  EXPECT_EQ(database.run(sql), "");
}

TEST(SqlSchema, MakesTheTablesThatAreDocumented) {
  Database database;
  ASSERT_EQ(database.run(sql_schema(*real_catalogue(), SqlDialect::sqlite)), "");
  const auto names = database.texts("SELECT name FROM sqlite_master WHERE type IN ('table', 'view')");
  EXPECT_THAT(names,
              ::testing::IsSupersetOf(
                  {"record_layout", "case_report", "case_report_history", "case_report_versions",
                   "case_report_standing", "case_report_test", "case_report_vaccination_dose",
                   "case_report_contact", "case_report_stay", "case_report_movement", "case_report_journal",
                   "health_observation", "facility_report", "published_count", "published_count_history"}));
}

TEST(SqlSchema, ColumnsOfTheTableAreThoseToldToStores) {
  Database database;
  ASSERT_EQ(database.run(sql_schema(*real_catalogue(), SqlDialect::sqlite)), "");
  for (const auto& table : {std::string("case_report"), sql_history_table(RecordKind::case_report)}) {
    const auto names = database.texts("SELECT name FROM pragma_table_info('" + table + "') ORDER BY cid");
    const auto columns = sql_columns(*real_catalogue(), RecordKind::case_report, SqlDialect::sqlite);
    ASSERT_EQ(names.size(), columns.size());
    for (std::size_t index = 0; index < names.size(); ++index) EXPECT_EQ(names[index], columns[index].name);
  }
}

TEST(SqlSchema, KeysAreUnique) {
  Database database;
  ASSERT_EQ(database.run(sql_schema(*real_catalogue(), SqlDialect::sqlite)), "");
  const std::string book =
      " (record, version, as_of, submission, source, layout, received_at, absent) VALUES ";
  EXPECT_EQ(database.run("INSERT INTO case_report" + book + "(1, 2, '2020-04-20', 1, 'tokyo', 1, 't', '')"),
            "");
  EXPECT_NE(database.run("INSERT INTO case_report" + book + "(1, 3, '2020-04-21', 1, 'tokyo', 1, 't', '')"),
            "");
  EXPECT_EQ(
      database.run("INSERT INTO case_report_history" + book + "(1, 1, '2020-03-29', 1, 'tokyo', 1, 't', '')"),
      "");
  EXPECT_NE(
      database.run("INSERT INTO case_report_history" + book + "(1, 1, '2020-03-29', 1, 'tokyo', 1, 't', '')"),
      "");
  EXPECT_THAT(database.texts("SELECT version FROM case_report_versions WHERE record = 1 ORDER BY version"),
              ::testing::ElementsAre("1", "2"));
  EXPECT_EQ(database.run("INSERT INTO case_report_test (record, version, item, absent, test_result) VALUES "
                         "(1, 1, 0, '', 'positive'), (1, 1, 1, '', NULL), (1, 2, 0, '', NULL)"),
            "");
}

TEST(SqlSchema, WhatWasTakenBackDoesNotStand) {
  Database database;
  ASSERT_EQ(database.run(sql_schema(*real_catalogue(), SqlDialect::sqlite)), "");
  ASSERT_EQ(database.run("INSERT INTO case_report (record, version, as_of, submission, source, layout, "
                         "received_at, absent, confirmation_withdrawn) VALUES "
                         "(1, 1, 'd', 1, 's', 1, 't', '', NULL), (2, 2, 'd', 1, 's', 1, 't', '', 1), "
                         "(3, 3, 'd', 1, 's', 1, 't', '', 0)"),
            "");
  EXPECT_THAT(database.texts("SELECT record FROM case_report_standing ORDER BY record"),
              ::testing::ElementsAre("1", "3"));
  EXPECT_THAT(sql_views(*real_catalogue(), RecordKind::published_count),
              ::testing::ElementsAre("published_count_versions"));
}

TEST(SqlSchema, TypesAreEnforced) {
  Database database;
  ASSERT_EQ(database.run(sql_schema(*real_catalogue(), SqlDialect::sqlite)), "");
  EXPECT_NE(
      database.run(
          "INSERT INTO published_count (record, version, as_of, submission, source, layout, received_at, "
          "absent, count_positives) VALUES (1, 1, 'd', 1, 's', 1, 't', '', 'many')"),
      "");
}

TEST(SqlColumns, FollowTheTypes) {
  const auto lite = sql_columns(*real_catalogue(), RecordKind::case_report, SqlDialect::sqlite);
  const auto postgres = sql_columns(*real_catalogue(), RecordKind::case_report, SqlDialect::postgresql);
  ASSERT_EQ(lite.size(), postgres.size());
  EXPECT_EQ(column(lite, "travel_history")->type, "INTEGER");
  EXPECT_EQ(column(postgres, "travel_history")->type, "BOOLEAN");
  EXPECT_EQ(column(lite, "onset_date")->type, "TEXT");
  EXPECT_EQ(column(lite, "symptom_oxygen_saturation")->type, "TEXT");
  EXPECT_EQ(column(postgres, "symptom_oxygen_saturation")->type, "NUMERIC");
  EXPECT_EQ(column(lite, "symptom_codes")->type, "TEXT");
  EXPECT_EQ(column(lite, "vaccination_doses")->type, "INTEGER");
}

TEST(SqlColumns, AgesTakeTwo) {
  const auto columns = sql_columns(*real_catalogue(), RecordKind::case_report, SqlDialect::sqlite);
  const auto age = real_catalogue()->number_of("patient.age");
  ASSERT_NE(column(columns, "patient_age_months"), nullptr);
  EXPECT_EQ(column(columns, "patient_age")->part, SqlPart::value);
  EXPECT_EQ(column(columns, "patient_age_months")->part, SqlPart::months);
  EXPECT_EQ(column(columns, "patient_age_months")->field, age);
}

TEST(SqlColumns, GroupsHaveTheirOwn) {
  const auto columns = sql_columns(*real_catalogue(), RecordKind::case_report, SqlDialect::sqlite);
  EXPECT_EQ(column(columns, "test"), nullptr);
  EXPECT_EQ(column(columns, "test_result"), nullptr);
  const auto own =
      sql_group_columns(*real_catalogue(), real_catalogue()->number_of("test"), SqlDialect::sqlite);
  ASSERT_NE(column(own, "test_result"), nullptr);
  EXPECT_EQ(own[2].name, "item");
}

TEST(SqlColumns, EveryFieldIsStoredOnce) {
  std::multiset<FieldNumber> stored;
  for (const auto kind : {RecordKind::case_report, RecordKind::health_observation,
                          RecordKind::facility_report, RecordKind::published_count})
    for (const auto& each : sql_columns(*real_catalogue(), kind, SqlDialect::sqlite))
      if (each.part == SqlPart::value) stored.insert(each.field);
  for (const Field& field : real_catalogue()->fields()) {
    if (field.type == FieldType::group)
      for (const auto& each : sql_group_columns(*real_catalogue(), field.number, SqlDialect::sqlite))
        if (each.part == SqlPart::value) stored.insert(each.field);
    if (field.type == FieldType::group) stored.insert(field.number);
  }
  for (const Field& field : real_catalogue()->fields()) EXPECT_EQ(stored.count(field.number), 1u) << field.id;
}

TEST(Absences, AreWrittenAndFound) {
  const auto catalogue = real_catalogue();
  const auto layout = make_layout(catalogue, RecordKind::case_report,
                                  {catalogue->number_of("patient.sex"), catalogue->number_of("onset.date"),
                                   catalogue->number_of("patient.age")});
  const std::array values{Value::absent(AbsentReason::unknown), Value(),
                          Value::absent(AbsentReason::under_investigation)};
  std::string text;
  append_absences(layout, values, text);
  EXPECT_EQ(text, "patient.sex=unknown;onset.date=under_investigation;");
  EXPECT_EQ(absence_of(text, "onset.date"), AbsentReason::under_investigation);
  EXPECT_EQ(absence_of(text, "patient.sex"), AbsentReason::unknown);
  EXPECT_EQ(absence_of(text, "patient.age"), AbsentReason::none);
  EXPECT_EQ(absence_of(text, "sex"), AbsentReason::none);
  EXPECT_EQ(absence_of("", "patient.sex"), AbsentReason::none);
  EXPECT_EQ(absence_of("garbage;patient.sex=;;", "patient.sex"), AbsentReason::none);
}

TEST(Absences, OfAGroupsItem) {
  const auto catalogue = real_catalogue();
  const auto members = catalogue->members_of(catalogue->number_of("stay"));
  std::vector<Value> item(members.size());
  item.back() = Value::absent(AbsentReason::not_applicable);
  std::string text;
  append_absences(*catalogue, members, item, text);
  EXPECT_EQ(text, "stay.to=not_applicable;");
}

}  // namespace
}  // namespace musubi::model
