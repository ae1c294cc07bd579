// What a shadow run announces is what happens: its list equals the differences between importing with the
// mapping in force and importing with the candidate.
#include <gmock/gmock.h>

#include <cstdlib>
#include <map>
#include <set>
#include <sstream>

#include "hub.h"
#include "own_configuration.h"

namespace {

namespace fs = std::filesystem;
using musubi::testing::Hub;
using musubi::testing::OwnConfiguration;

constexpr const char* kId = "tokyo/positive-cases";
constexpr const char* kHeader =
    "No,全国地方公共団体コード,都道府県名,市区町村名,公表_年月日,曜日,発症_年月日,患者_居住地,患者_年代,患者_"
    "性別,"
    "患者_属性,患者_状態,患者_症状,患者_渡航歴の有無フラグ,備考,退院済フラグ\n";
constexpr const char* kFile = "tokyo/positive-cases.yaml";

fs::path data_folder() {
  if (const char* named = std::getenv("MUSUBI_SHARED_DATA")) return named;
  return fs::path(MUSUBI_PROJECT_FOLDER) / "../shared/data";
}

constexpr int kHeldRows = 1;  ///< exit code of an import of which rows wait for review

using Record = std::map<std::string, std::string>;                    ///< field → JSON of its value
using Differences = std::set<std::pair<std::uint64_t, std::string>>;  ///< row and field; "held" for its state

/// Local id → the stored record.
std::map<std::uint64_t, Record> imported(const Hub& hub, const std::string& file) {
  std::map<std::uint64_t, Record> records;
  EXPECT_THAT(hub.run({"import", "--source", "tokyo", file}).exit_code, ::testing::AnyOf(0, kHeldRows));
  std::istringstream lines(hub.run({"query", "--format", "ndjson"}).out);
  for (std::string line; std::getline(lines, line);) {
    const auto object = boost::json::parse(line).as_object();
    Record record;
    for (const auto& [key, value] : object)
      if (!key.starts_with("_")) record[key] = boost::json::serialize(value);
    records[std::stoull(object.at("report.local_id").as_string().c_str())] = std::move(record);
  }
  return records;
}

/// Rows that are held, with the reason.
std::map<std::uint64_t, std::string> held(const Hub& hub) {
  std::map<std::uint64_t, std::string> rows;
  const auto list = boost::json::parse(hub.run({"quarantine", "list", "--json"}).out);
  for (const auto& each : list.as_array()) {
    const auto& object = each.as_object();
    rows[object.at("row").to_number<std::uint64_t>()] = object.at("reason").as_string().c_str();
  }
  return rows;
}

/// Row numbers of local ids, read by the mapping without storing.
std::map<std::uint64_t, std::uint64_t> rows_by_local_id(const Hub& hub, const std::string& file) {
  std::map<std::uint64_t, std::uint64_t> rows;
  const auto tried = boost::json::parse(hub.run({"try", "--mapping", kId, file, "--json"}).out);
  for (const auto& each : tried.as_array()) {
    const auto& object = each.as_object();
    const auto* id = object.at("record").as_object().if_contains("report.local_id");
    if (id != nullptr)
      rows[std::stoull(id->as_string().c_str())] = object.at("row").to_number<std::uint64_t>();
  }
  return rows;
}

/// By importing both ways.
Differences expected(const Hub& before, const Hub& after, const std::string& file) {
  const auto rows = rows_by_local_id(before, file);
  const auto old_records = imported(before, file), new_records = imported(after, file);
  const auto old_held = held(before), new_held = held(after);
  Differences differences;
  for (const auto& [id, row] : rows) {
    const auto was_held = old_held.find(row), is_held = new_held.find(row);
    const bool same_state = (was_held == old_held.end()) == (is_held == new_held.end()) &&
                            (was_held == old_held.end() || was_held->second == is_held->second);
    if (!same_state) differences.emplace(row, "held");
    const auto old_record = old_records.find(id), new_record = new_records.find(id);
    if (old_record == old_records.end() || new_record == new_records.end()) continue;
    std::set<std::string> fields;
    for (const auto* record : {&old_record->second, &new_record->second})
      for (const auto& [field, value] : *record) fields.insert(field);
    for (const auto& field : fields) {
      const auto was = old_record->second.find(field), is = new_record->second.find(field);
      const bool same =
          was != old_record->second.end() && is != new_record->second.end() && was->second == is->second;
      if (!same) differences.emplace(row, field);
    }
  }
  return differences;
}

/// By the shadow run. Fields of records that are held on either side are not in the store to be compared.
Differences announced(const boost::json::object& report) {
  Differences differences;
  for (const auto& each : report.at("differences").as_array()) {
    const auto& record = each.as_object();
    const auto row = record.at("row").to_number<std::uint64_t>();
    if (record.at("held_before") != record.at("held_after")) differences.emplace(row, "held");
    if (record.at("held_before").as_string() != "" || record.at("held_after").as_string() != "") continue;
    for (const auto& field : record.at("fields").as_array())
      differences.emplace(row, field.as_object().at("field").as_string().c_str());
  }
  return differences;
}

class Shadow : public ::testing::Test {
 protected:
  Shadow() : before_(own_.config()), after_(candidate_.config()) {}

  /// The same edit in the candidate's folder and in the one whose home the shadow runs over.
  void edit(const std::string& file, const std::string& from, const std::string& to) {
    candidate_.edit(file, from, to);
    edits_.push_back([this, file, from, to] { own_.edit(file, from, to); });
  }

  void expect_the_list_to_be_right(const std::string& file, std::size_t at_least) {
    const auto wanted = expected(before_, after_, file);
    for (const auto& edit : edits_) edit();
    const auto shadowed = before_.run({"mapping", "shadow", kId, "--json"});
    ASSERT_EQ(shadowed.exit_code, 0) << shadowed.err;
    const auto report = boost::json::parse(shadowed.out).as_object();
    EXPECT_GE(wanted.size(), at_least) << "the edit is to change something";
    EXPECT_EQ(announced(report), wanted);
  }

  OwnConfiguration own_, candidate_;
  Hub before_, after_;
  std::vector<std::function<void()>> edits_;
};

TEST_F(Shadow, of_a_changed_mapping_names_the_records_and_fields_that_differ) {
  const auto file = (before_.folder().path() / "130001_tokyo_covid19_patients_2020-04-20.csv").string();
  ASSERT_EQ(musubi::testing::run_musubi(
                {"sample", "--source", "tokyo", "--rows", "2000", "--seed", "5", "--output", file})
                .exit_code,
            0);
  edit("valuesets/age_band.yaml", "100_and_over: { ja: 100歳以上,", "100_and_over: { ja: 百歳以上,");
  edit(kFile, "diagnosis.date:                   { from: 確定_年月日,",
       "diagnosis.date:                   { from: 発症_年月日,");
  expect_the_list_to_be_right(file, 100);
}

TEST_F(Shadow, writes_nothing_and_shows_no_personal_value) {
  const auto file =
      before_.folder().write("130001_tokyo_covid19_patients_2020-04-20.csv",
                             std::string(kHeader) +
                                 "1,130001,東京都,,2020-04-18,土,,千代田区のどこか,40代,男性,,,,,ひみつ,1\n"
                                 "2,130001,東京都,,2020-04-18,土,,都内,90代,男,,,,,,1\n");
  ASSERT_EQ(before_.run({"import", "--source", "tokyo", file}).exit_code, 0);
  const auto ledger = before_.run({"ledger", "--json"}).out;
  own_.edit(kFile, "report.remarks:                   { from: 備考 }",
            "report.remarks:                   { from: 患者_居住地 }");
  const auto words = before_.run({"mapping", "shadow", kId});
  EXPECT_EQ(words.exit_code, 0) << words.err;
  EXPECT_THAT(words.out, testing::HasSubstr("report.remarks"));
  const auto json = before_.run({"mapping", "shadow", kId, "--json"});
  for (const auto* secret : {"ひみつ", "千代田区のどこか"}) {
    EXPECT_THAT(words.out, testing::Not(testing::HasSubstr(secret)));
    EXPECT_THAT(json.out, testing::Not(testing::HasSubstr(secret)));
  }
  EXPECT_EQ(before_.run({"ledger", "--json"}).out, ledger);
}

TEST_F(Shadow, tells_of_a_table_the_candidate_cannot_read) {
  const auto file = before_.folder().write("130001_tokyo_covid19_patients_2020-04-20.csv",
                                           "No,全国地方公共団体コード,都道府県名,市区町村名,公表_年月日,曜日,"
                                           "発症_年月日,患者_居住地,患者_年代,患者_性別\n"
                                           "1,130001,東京都,,2020-04-18,土,,都内,40代,男性\n");
  ASSERT_EQ(before_.run({"import", "--source", "tokyo", file}).exit_code, 0);
  own_.edit(kFile, "required: [No, 公表_年月日]", "required: [No, 公表_年月日, 備考]");
  const auto report = boost::json::parse(before_.run({"mapping", "shadow", kId, "--json"}).out).as_object();
  EXPECT_EQ(report.at("records").as_object().at("disappeared").to_number<int>(), 1);
  ASSERT_EQ(report.at("parts").as_array().size(), 1U);
  EXPECT_TRUE(report.at("parts").as_array()[0].as_object().contains("failure_after"));
}

constexpr const char* kItems = R"(mapping: tokyo/reports
version: 2020-01-24
reads: csv
record: case
jurisdiction: '130001'
columns: [届出, 公表日, 番号1, 性別1, 番号2, 性別2]
required: [届出, 公表日]
local_id: report.local_id
event_date: report.published_on
for_each: [{ 番号: 番号1, 性別: 性別1 }, { 番号: 番号2, 性別: 性別2 }]
fields:
  report.local_id: { join: [届出, 番号] }
  report.published_on: { from: 公表日, on_error: review }
  patient.sex: { from: 性別, on_error: review }
)";

class ShadowOfItems : public Shadow {
 protected:
  void SetUp() override {
    own_.write("tokyo/reports.yaml", kItems);
    const auto file = before_.folder().write("130001_tokyo_covid19_patients_2020-04-20.csv",
                                             "届出,公表日,番号1,性別1,番号2,性別2\n"
                                             "A,2020-04-18,1,男,2,女\n"
                                             "B,2020-04-18,,,3,男\n"
                                             "C,2020-04-18,4,女,,\n");
    ASSERT_EQ(before_.run({"import", "--source", "tokyo", file}).exit_code, 0);
  }
  boost::json::object report() const {
    const auto shadowed = before_.run({"mapping", "shadow", "tokyo/reports", "--json"});
    EXPECT_EQ(shadowed.exit_code, 0) << shadowed.err;
    return boost::json::parse(shadowed.out).as_object();
  }
  /// "appeared row 2", in order.
  static std::vector<std::string> told(const boost::json::object& report) {
    std::vector<std::string> lines;
    for (const auto& each : report.at("differences").as_array()) {
      const auto& record = each.as_object();
      lines.push_back(std::string(record.at("outcome").as_string()) + " row " +
                      std::to_string(record.at("row").to_number<int>()));
    }
    return lines;
  }
};

TEST_F(ShadowOfItems, compares_the_same_items_one_by_one) {
  own_.edit("tokyo/reports.yaml", "patient.sex: { from: 性別, on_error: review }",
            "patient.sex: { from: 性別, absent: { 女: not_disclosed }, on_error: review }");
  EXPECT_THAT(told(report()), ::testing::ElementsAre("changed row 1", "changed row 3"));
}

TEST_F(ShadowOfItems, that_are_divided_otherwise_compares_records_of_a_row_by_their_key) {
  own_.edit("tokyo/reports.yaml", "[{ 番号: 番号1, 性別: 性別1 }, { 番号: 番号2, 性別: 性別2 }]",
            "[{ 番号: 番号2, 性別: 性別2 }]");
  own_.edit("tokyo/reports.yaml", "local_id: report.local_id",
            "ignored: { 番号1: not wanted, 性別1: not wanted }\nlocal_id: report.local_id");
  const auto shadowed = report();
  const auto& part = shadowed.at("parts").as_array().at(0).as_object();
  EXPECT_TRUE(part.at("divided_otherwise").as_bool());
  const auto& records = shadowed.at("records").as_object();
  EXPECT_EQ(records.at("same").to_number<int>(), 2) << "A/2 and B/3";
  EXPECT_EQ(records.at("disappeared").to_number<int>(), 2) << "A/1 and C/4";
  EXPECT_EQ(records.at("appeared").to_number<int>(), 0);
  EXPECT_THAT(before_.run({"mapping", "shadow", "tokyo/reports"}).out, ::testing::HasSubstr("for_each"));
}

TEST_F(Shadow, of_a_mapping_that_writes_is_refused_with_what_to_do_instead) {
  ASSERT_EQ(before_
                .run({"import", "--source", "tokyo",
                      before_.folder().write(
                          "130001_tokyo_covid19_patients_2020-04-20.csv",
                          std::string(kHeader) + "1,130001,東京都,,2020-04-18,土,,都内,40代,男性,,,,,,1\n")})
                .exit_code,
            0);
  own_.edit("conceptmaps/hersys-sex.yaml", "male: '1:男'", "male: '1'");
  const auto refused = before_.run({"mapping", "shadow", "hersys/research-provision"});
  EXPECT_EQ(refused.exit_code, 2);
  EXPECT_THAT(refused.err, ::testing::HasSubstr("musubi export --mapping"));
}

class RealShadow : public Shadow {
 protected:
  void SetUp() override {
    if (!fs::exists(data_folder() / "line-lists"))
      GTEST_SKIP() << "skipped: no real files at " << data_folder();
  }
  static std::string list() {
    return data_folder() / "line-lists/tokyo/130001_tokyo_covid19_patients_2020-04-20.csv";
  }
};

TEST_F(RealShadow, of_a_changed_value_set) {
  edit("valuesets/age_band.yaml", "90s: { ja: 90代, en: 90s,", "90s: { ja: 九十代, en: 90s,");
  expect_the_list_to_be_right(list(), 61);
}

TEST_F(RealShadow, of_a_changed_lookup) {
  edit("valuesets/residence_area.yaml", "[都外, ", "[どこか, ");
  expect_the_list_to_be_right(list(), 1);
}

TEST_F(RealShadow, of_a_changed_date_rule) {
  edit(kFile, "onset.date:                       { from: 発症_年月日,",
       "onset.date:                       { from: 公表_年月日,");
  expect_the_list_to_be_right(list(), 3000);
}

}  // namespace
