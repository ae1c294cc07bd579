// A mapping is more than its file: a change in what it extends, in a concept map or in a value set that only
// an expression names is noticed, shown, tried over kept files and pinned like a change of its own.
#include <gmock/gmock.h>

#include <algorithm>
#include <sstream>

#include "hub.h"
#include "own_configuration.h"

namespace {

using musubi::testing::Hub;
using musubi::testing::Outcome;
using musubi::testing::OwnConfiguration;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr const char* kId = "tokyo/lists";
constexpr const char* kFileName = "130001_tokyo_covid19_patients_2020-04-20.csv";
constexpr const char* kHeader = "番号,公表日,区分,性別,職業,備考\n";
constexpr const char* kRows = "1,2020-04-18,x,male,会社員,-\n2,2020-04-18,y,female,無職,-\n";

constexpr const char* kBase = R"(mapping: common/lists
version: 2020-01-01
reads: csv
record: case
columns: [番号, 公表日, 区分, 性別, 職業, 備考]
required: [番号, 公表日]
local_id: report.local_id
event_date: report.published_on
fields:
  report.local_id: { from: 番号 }
  report.published_on: { from: 公表日, on_error: review }
  report.remarks: { value: plain }
)";
constexpr const char* kOwn = R"yaml(mapping: tokyo/lists
version: 2020-01-24
extends: common/lists
jurisdiction: '130001'
ignored: { 備考: not wanted here }
fields:
  patient.sex: { from: 性別, translate: list-sex, on_error: review }
  patient.attribute: { expr: "iif(区分.memberOf('list_kind'), 'listed', 'other')", on_error: null }
  patient.occupation: { from: 職業 }
)yaml";
constexpr const char* kKinds = R"(valueset: list_kind
ja: 区分
en: Kind
codes:
  x: { ja: 甲, en: First }
)";
constexpr const char* kMap = R"(conceptmap: list-sex
ja: 性別
en: Sex
from: sex
to: sex
codes:
  male: male
  female: female
  other: other
)";

class Pins : public ::testing::Test {
 protected:
  Pins() : hub_(own_.config()) {
    std::filesystem::create_directory(own_.path("common"));
    own_.write("common/lists.yaml", kBase);
    own_.write("valuesets/list_kind.yaml", kKinds);
    own_.write("conceptmaps/list-sex.yaml", kMap);
    own_.write("tokyo/lists.yaml", kOwn);
  }

  void import_first() { ASSERT_EQ(import(kRows).exit_code, 0); }
  Outcome import(const std::string& rows) {
    const auto file = hub_.folder().write(kFileName, kHeader + rows);
    return hub_.run({"import", "--source", "tokyo", file.string()});
  }
  Outcome mapping(std::vector<std::string> arguments) const {
    arguments.insert(arguments.begin(), "mapping");
    return hub_.run(arguments);
  }
  Outcome activate() const {
    return mapping({"activate", kId, "--by", "tester", "--why", "a test", "--without-tests"});
  }
  Outcome rollback() const { return mapping({"rollback", kId, "--by", "tester", "--why", "a test"}); }
  boost::json::object json(std::vector<std::string> arguments) const {
    arguments.emplace_back("--json");
    const auto done = mapping(std::move(arguments));
    EXPECT_EQ(done.exit_code, 0) << done.err << done.out;
    return boost::json::parse(done.out).as_object();
  }
  std::string state() const {
    const auto list = json({"list"});
    for (const auto& each : list.at("mappings").as_array())
      if (each.as_object().at("mapping").as_string() == kId)
        return each.as_object().at("state").as_string().c_str();
    return "none";
  }
  /// Values of a field, in order of local ids.
  std::vector<std::string> stored(const std::string& field) const {
    std::istringstream lines(hub_.run({"query", "--format", "ndjson", "--fields", field}).out);
    std::vector<std::string> values;
    for (std::string line; std::getline(lines, line);) {
      const auto record = boost::json::parse(line).as_object();
      const auto* value = record.if_contains(field);
      values.emplace_back(value == nullptr ? "" : value->as_string().c_str());
    }
    std::ranges::sort(values);
    return values;
  }

  /// The whole life of a change in `file`: `shown` is what the difference says of it, `changed` how many of
  /// the two records differ in `field`.
  void expect_to_be_pinned(const std::string& file, const std::string& field, const std::string& shown,
                           int changed, const std::vector<std::string>& after) {
    const auto before = stored(field);
    EXPECT_EQ(state(), "changed");
    EXPECT_THAT(mapping({"diff", kId}).out, ::testing::AllOf(HasSubstr(file), HasSubstr(shown)));
    const auto shadow = json({"shadow", kId});
    EXPECT_EQ(shadow.at("fields").as_object().at(field).to_number<int>(), changed);
    const auto waiting = import(std::string(kRows) + "3,2020-04-19,z,male,-,-\n");
    EXPECT_EQ(waiting.exit_code, 0) << waiting.err;
    EXPECT_THAT(waiting.out, HasSubstr("musubi mapping activate tokyo/lists"));

    const auto activated = activate();
    ASSERT_EQ(activated.exit_code, 0) << activated.out << activated.err;
    EXPECT_EQ(state(), "active");
    const auto next = import(std::string(kRows) + "4,2020-04-20,z,male,-,-\n");
    EXPECT_THAT(next.out, Not(HasSubstr("musubi mapping activate")));
    EXPECT_EQ(stored(field), after);

    ASSERT_EQ(rollback().exit_code, 0);
    EXPECT_EQ(state(), "changed");
    EXPECT_EQ(hub_.run({"doctor"}).exit_code, 0);
  }

  OwnConfiguration own_;
  Hub hub_;
};

TEST_F(Pins, a_change_in_the_mapping_it_extends) {
  import_first();
  EXPECT_EQ(state(), "active");
  own_.edit("common/lists.yaml", "{ value: plain }", "{ value: edited }");
  expect_to_be_pinned("tokyo/lists.yaml", "report.remarks", "line 12 of common/lists@2020-01-01", 2,
                      {"edited", "edited", "edited", "plain"});
}

TEST_F(Pins, a_change_in_a_concept_map) {
  import_first();
  own_.edit("conceptmaps/list-sex.yaml", "  female: female\n", "  female: other\n");
  expect_to_be_pinned("conceptmaps/list-sex.yaml", "patient.sex", "female -> other", 1,
                      {"male", "male", "male", "other"});
}

TEST_F(Pins, a_change_in_a_value_set_that_only_an_expression_names) {
  import_first();
  own_.edit("valuesets/list_kind.yaml", "  x: { ja: 甲, en: First }\n",
            "  x: { ja: 甲, en: First }\n  y: { ja: 乙, en: Second }\n");
  expect_to_be_pinned("valuesets/list_kind.yaml", "patient.attribute", "code y of value set list_kind", 1,
                      {"listed", "listed", "other", "other"});
}

TEST_F(Pins, what_a_record_was_read_with_stays_readable_when_the_files_are_gone) {
  import_first();
  for (const auto* file : {"common/lists.yaml", "tokyo/lists.yaml", "conceptmaps/list-sex.yaml"})
    std::filesystem::remove(own_.path(file));
  EXPECT_EQ(state(), "file_gone");
  const auto again = import("5,2020-04-21,x,female,-,-\n");
  EXPECT_EQ(again.exit_code, 0) << again.err << again.out;
  EXPECT_THAT(stored("patient.attribute"), ElementsAre("listed", "listed", "other"));
  EXPECT_EQ(hub_.run({"lineage", "tokyo:5#report.remarks"}).exit_code, 0);
}

}  // namespace
