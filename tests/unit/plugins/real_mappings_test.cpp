// The adapters, the shipped mappings and the real files together: which mapping reads which table.
#include "adapter_fixture.h"
#include "musubi/mapping/mapping.h"

namespace musubi {
namespace {

using musubi::testing::day;

struct RealFile {
  const char* title;
  const char* source;
  const char* file;
  std::optional<std::chrono::sys_days> as_of;
  std::vector<std::string> read_as;  ///< mapping of each part; in brackets: not read
};

class RealMappings : public musubi::testing::AdapterTest, public ::testing::WithParamInterface<RealFile> {
 protected:
  static std::vector<plugin::Layout> layouts(const std::string& source) {
    const auto set = mapping::MappingSet::load(std::filesystem::path(MUSUBI_PROJECT_FOLDER) / "mappings",
                                               {services().catalogue(), services().value_sets()});
    EXPECT_TRUE(set.has_value()) << base::describe(base::Language::english, set.error());
    std::vector<plugin::Layout> layouts;
    if (set.has_error()) return layouts;
    for (const auto& each : (*set)->of_source(source)) layouts.push_back(layout_of(each->head()));
    return layouts;
  }

  static plugin::Layout layout_of(const mapping::Head& head) {
    auto layout = musubi::testing::layout_of(head.id, head.version, head.columns, head.reads);
    layout.required_columns = head.required_columns;
    layout.sheet = head.sheet;
    layout.items = head.items;
    layout.lists = head.lists;
    layout.header_rows = head.header_rows;
    layout.encoding = head.encoding;
    layout.ignored_because = head.ignored_because;
    return layout;
  }
};

TEST_P(RealMappings, EveryTableGoesToItsMapping) {
  const auto given = of_real_file(GetParam().file);
  if (!given) GTEST_SKIP() << "the real lists are not at hand: set MUSUBI_SHARED_DATA to their folder";
  const auto source = make(GetParam().source, {});
  ASSERT_NE(source, nullptr);
  const auto known = layouts(GetParam().source);
  const auto parts = source->recognise(*given, known);
  ASSERT_TRUE(parts.has_value()) << base::describe(base::Language::english, parts.error());
  std::vector<std::string> read_as;
  for (const auto& part : *parts) {
    const auto& mapping = known.at(part.layout).mapping;
    read_as.push_back(part.ignored_because.empty() ? mapping : "(" + mapping + ")");
    if (part.ignored_because.empty()) {
      EXPECT_EQ(part.as_of, GetParam().as_of);
    }
  }
  EXPECT_EQ(read_as, GetParam().read_as);
}

const std::vector<std::string> kWorkbook{"(osaka/workbook-pivot)", "osaka/workbook-positive-cases",
                                         "osaka/workbook-daily-totals"};
INSTANTIATE_TEST_SUITE_P(
    Lists, RealMappings,
    ::testing::Values(
        RealFile{"TokyoMarch",
                 "tokyo",
                 "tokyo/130001_tokyo_covid19_patients_2020-03-29.csv",
                 day(2020, 3, 29),
                 {"tokyo/positive-cases"}},
        RealFile{"TokyoApril",
                 "tokyo",
                 "tokyo/130001_tokyo_covid19_patients_2020-04-20.csv",
                 day(2020, 4, 20),
                 {"tokyo/positive-cases"}},
        RealFile{"TokyoMunicipalities",
                 "tokyo",
                 "tokyo/130001_tokyo_positive_cases_by_municipality.csv",
                 std::nullopt,
                 {"tokyo/positive-counts-by-municipality"}},
        RealFile{"OsakaCases",
                 "osaka",
                 "osaka/patients_2020-10-26_cp932.csv",
                 day(2020, 10, 26),
                 {"osaka/positive-cases"}},
        RealFile{"OsakaTotals",
                 "osaka",
                 "osaka/summary_2021-02-22_cp932.csv",
                 day(2021, 2, 22),
                 {"osaka/daily-totals"}},
        RealFile{
            "OsakaOnsets", "osaka", "osaka/onset_2021-05-06_cp932.csv", day(2021, 5, 6), {"osaka/onsets"}},
        RealFile{"OsakaBookApril", "osaka", "osaka/patients_and_inspections_2020-04-05.xlsx", day(2020, 4, 4),
                 kWorkbook},
        RealFile{"OsakaBookJuly", "osaka", "osaka/patients_and_inspections_2020-07-28.xlsx", day(2020, 7, 26),
                 kWorkbook}),
    [](const auto& file) { return std::string(file.param.title); });

}  // namespace
}  // namespace musubi
