#include "twenty_columns.h"

#include <fmt/format.h>

#include <array>
#include <random>
#include <string_view>

namespace musubi::bench {
namespace {

constexpr std::array<std::string_view, 8> kAreas{"都内",   "都内", "都内", "都外",
                                                 "調査中", "都内", "―",    "都内"};
constexpr std::array<std::string_view, 10> kAges{"10歳未満", "10代", "20代", "30代", "40代",
                                                 "50代",     "60代", "70代", "80代", "不明"};
constexpr std::array<std::string_view, 4> kSexes{"男性", "女性", "女性", "不明"};
constexpr std::array<std::string_view, 5> kConditions{"軽症", "無症状", "中等症", "重症", "調査中"};
constexpr std::array<std::string_view, 4> kCourses{"退院", "入院中", "自宅療養", "宿泊療養"};
constexpr std::array<std::string_view, 5> kPlaces{"新宿区", "世田谷区", "足立区", "八王子市", "調査中"};
constexpr std::array<std::string_view, 4> kJobs{"会社員", "学生", "無職", "自営業"};

std::string date(std::mt19937_64& random) {
  return fmt::format("2020-{:02}-{:02}", 1 + random() % 12, 1 + random() % 28);
}

template <class Words>
std::string_view one_of(const Words& words, std::mt19937_64& random) {
  return words[random() % words.size()];
}

/// The head of both mappings.
constexpr std::string_view kHead = R"yaml(mapping: bench/twenty-columns
version: 2020-01-01
reads: csv
record: case
columns: [番号, 自治体コード, 公表日, 届出日, 発病日, 採取日, 診断日, 居住地, 居住区分, 年代, 性別, 職業, 状態, 経過, 渡航歴, 退院, 接種回数, 電話, 備考, 予備]
required: [番号]
jurisdiction: '130001'
local_id: report.local_id
event_date: report.published_on
ignored:
  予備: a spare column
)yaml";

/// Everything by rules.
constexpr std::string_view kRules = R"yaml(fields:
  report.local_id:          { from: 番号, on_error: reject }
  report.jurisdiction.code: { from: 自治体コード, on_error: review }
  report.published_on:      { from: 公表日, as: date, on_error: review }
  report.date:              { from: 届出日, as: date, absent: { '': not_asked }, on_error: review }
  onset.date:               { from: 発病日, as: date, absent: { '': not_asked, 不明: unknown }, on_error: review }
  specimen.collected_on:    { from: 採取日, as: date, absent: { '': not_asked }, on_error: review }
  diagnosis.date:           { from: 診断日, as: date, absent: { '': not_asked }, on_error: review }
  patient.residence.text:   { from: 居住地, absent: { '': not_asked, 調査中: under_investigation } }
  patient.residence.area:   { from: 居住区分, lookup: residence_area, absent: { '': not_asked }, on_error: review }
  patient.age_band:         { from: 年代, lookup: age_band, absent: { '': not_asked }, on_error: review }
  patient.sex:              { from: 性別, lookup: sex, absent: { '': not_asked }, on_error: review }
  patient.occupation:       { from: 職業, absent: { '': not_asked } }
  patient.condition:        { from: 状態, lookup: condition, absent: { '': not_asked }, on_error: review }
  patient.course:           { from: 経過, lookup: course, absent: { '': not_asked }, on_error: review }
  travel.history:           { from: 渡航歴, as: boolean, true: ['1'], false: ['0'], absent: { '': not_asked }, on_error: review }
  outcome.discharged:       { from: 退院, as: boolean, true: ['1'], false: ['0'], absent: { '': not_asked }, on_error: review }
  vaccination.doses:        { from: 接種回数, as: integer, absent: { '': not_asked }, on_error: review }
  patient.phone:            { from: 電話, as: phone, absent: { '': not_asked }, on_error: review }
  report.remarks:           { from: 備考, absent: { '': not_asked } }
)yaml";

/// The same records; seven of the nineteen rules, as many as prefectures need, are expressions.
constexpr std::string_view kRulesWithExpressions = R"yaml(fields:
  report.local_id:          { expr: '番号.trim()', on_error: reject }
  report.jurisdiction.code: { from: 自治体コード, on_error: review }
  report.published_on:      { expr: '公表日.toDate()', on_error: review }
  report.date:              { from: 届出日, as: date, absent: { '': not_asked }, on_error: review }
  onset.date:               { from: 発病日, as: date, absent: { '': not_asked, 不明: unknown }, on_error: review }
  specimen.collected_on:    { from: 採取日, as: date, absent: { '': not_asked }, on_error: review }
  diagnosis.date:           { from: 診断日, as: date, absent: { '': not_asked }, on_error: review }
  patient.residence.text:   { from: 居住地, absent: { '': not_asked, 調査中: under_investigation } }
  patient.residence.area:   { expr: "iif(居住区分 = '新宿区', '都内', 居住区分)", lookup: residence_area, absent: { '': not_asked }, on_error: review }
  patient.age_band:         { from: 年代, lookup: age_band, absent: { '': not_asked }, on_error: review }
  patient.sex:              { expr: "iif(性別 = '男性', 'male', iif(性別 = '女性', 'female', {}))", absent: { '': not_asked, 不明: unknown }, on_error: review }
  patient.occupation:       { from: 職業, absent: { '': not_asked } }
  patient.condition:        { from: 状態, lookup: condition, absent: { '': not_asked }, on_error: review }
  patient.course:           { from: 経過, lookup: course, absent: { '': not_asked }, on_error: review }
  travel.history:           { expr: "渡航歴 = '1'", absent: { '': not_asked }, on_error: review }
  outcome.discharged:       { from: 退院, as: boolean, true: ['1'], false: ['0'], absent: { '': not_asked }, on_error: review }
  vaccination.doses:        { expr: '接種回数.toInteger()', absent: { '': not_asked }, on_error: review }
  patient.phone:            { expr: '電話.phone()', absent: { '': not_asked }, on_error: review }
  report.remarks:           { from: 備考, absent: { '': not_asked } }
)yaml";

}  // namespace

std::string twenty_column_csv(std::uint64_t rows, std::uint64_t seed) {
  std::mt19937_64 random(seed);
  std::string csv =
      "番号,自治体コード,公表日,届出日,発病日,採取日,診断日,居住地,居住区分,年代,性別,職業,状態,経過,渡航歴,"
      "退院,接種回数,電話,備考,予備\n";
  for (std::uint64_t row = 1; row <= rows; ++row) {
    csv += fmt::format("{},130001,{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},03-{:04}-{:04},{},x\n", row,
                       date(random), date(random), random() % 4 == 0 ? "" : date(random), date(random),
                       date(random), one_of(kPlaces, random), one_of(kAreas, random), one_of(kAges, random),
                       one_of(kSexes, random), one_of(kJobs, random), one_of(kConditions, random),
                       one_of(kCourses, random), random() % 2, random() % 3 == 0 ? "1" : "", random() % 4,
                       random() % 10000, random() % 10000, random() % 5 == 0 ? "再検査で陽性" : "");
  }
  return csv;
}

std::string twenty_column_mapping() { return std::string(kHead) + std::string(kRules); }

std::string twenty_column_mapping_with_expressions() {
  return std::string(kHead) + std::string(kRulesWithExpressions);
}

}  // namespace musubi::bench
