// conversions.csv: one line is one cell and what it becomes. Add lines; no C++ is needed.
#include <algorithm>
#include <fstream>

#include "fixture.h"

namespace musubi::mapping {
namespace {

using musubi::testing::HandCell;

struct Line {
  std::string number, field, conversion, kind, text, expected;
};

std::vector<std::string> split(const std::string& line) {
  std::vector<std::string> parts{""};
  for (const char each : line) {
    if (each == '|' && parts.size() < 5)
      parts.emplace_back();
    else
      parts.back() += each;
  }
  return parts;
}

std::vector<Line> lines() {
  std::ifstream file(project_file("tests/unit/mapping/conversions.csv"));
  std::vector<Line> all;
  std::string text;
  for (int number = 1; std::getline(file, text); ++number) {
    if (text.starts_with('#')) continue;
    const auto parts = split(text);
    all.push_back({std::to_string(number), parts.at(0), parts.at(1), parts.at(2), parts.at(3), parts.at(4)});
  }
  return all;
}

void PrintTo(const Line& line, std::ostream* out) { *out << line.field << " from " << line.text; }

document::CellKind kind_of(const Line& line) {
  return line.kind == "n"   ? document::CellKind::number
         : line.kind == "d" ? document::CellKind::date_serial
                            : document::CellKind::text;
}

class Conversions : public ::testing::TestWithParam<Line> {};

TEST_P(Conversions, GiveWhatTheTableSays) {
  const Line& line = GetParam();
  const auto as = line.conversion.empty() ? "" : ", as: " + line.conversion;
  const auto rule = "  " + line.field + ": { from: a" + as + ", on_error: review }\n";
  const auto mapped = map_cell(rule, HandCell(line.text, kind_of(line)));
  if (line.expected == "finding") {
    EXPECT_EQ(mapped.json(), "{\"" + line.field + "\":{\"absent\":\"unreadable\"}}");
    ASSERT_EQ(mapped.findings().size(), 1U);
    EXPECT_EQ(mapped.findings()[0], "mapping.value_not_understood " + line.field + " a error");
  } else {
    EXPECT_EQ(mapped.json(), "{\"" + line.field + "\":" + line.expected + "}");
    EXPECT_EQ(mapped.findings(), std::vector<std::string>{});
  }
}

INSTANTIATE_TEST_SUITE_P(Table, Conversions, ::testing::ValuesIn(lines()),
                         [](const auto& line) { return "line_" + line.param.number; });

TEST(Conversion, OfMomentsNeedsATimeAndTakesJapanWhereNoZoneIsGiven) {
  const std::string yaml =
      "mapping: test/health\nversion: 2020-04-01\nreads: csv\nrecord: health_observation\ncolumns: [a]\n"
      "fields:\n  health.observed_at: { from: a, on_error: review }\n";
  const auto mapping = bound(yaml, {"a"});
  const auto mapped = map_rows(mapping,
                               {{"2020-04-01T09:30:00+09:00"},
                                {"2020/4/1 9:30"},
                                {"2020年4月1日 ９時３０分"},
                                {"2020-04-01T00:30:00Z"},
                                {"2020-04-01"},
                                {"2020-04-01 25:00"},
                                {"2020-04-01T09:30:00+99:00"}},
                               1);
  for (const std::size_t same : {0U, 1U, 2U}) EXPECT_EQ(mapped.json(same), mapped.json(0)) << same;
  EXPECT_EQ(mapped.records.values(3)[0].as_moment().microseconds,
            mapped.records.values(0)[0].as_moment().microseconds);
  EXPECT_EQ(mapped.findings().size(), 3U);
  EXPECT_EQ(mapped.records.findings()[0].record, 4U);
}

}  // namespace
}  // namespace musubi::mapping
