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
