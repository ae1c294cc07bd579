// Default deny is visible: a record of which no recipient may see anything is held, not counted as delivered
// to nobody, and goes its way once the policy is there.
#include <gmock/gmock.h>

#include "hub.h"
#include "own_configuration.h"

namespace {

namespace fs = std::filesystem;
using musubi::testing::Hub;
using musubi::testing::OwnConfiguration;

constexpr const char* kList =
    "No,全国地方公共団体コード,都道府県名,市区町村名,公表_年月日,曜日,発症_年月日,患者_居住地,患者_年代,患者_"
    "性別,患者_属性,"
    "患者_状態,患者_症状,患者_渡航歴の有無フラグ,備考,退院済フラグ\n"
    "1,130001,東京都,,2020-04-18,土,,都内,30代,男性,,,,,,\n2,130001,東京都,,2020-04-18,土,,都外,40代,女性,,,,"
    ",,\n";

TEST(NothingReleased, WaitsForAPolicyInsteadOfVanishing) {
  const OwnConfiguration configuration;
  const Hub hub(configuration.config());
  const auto jurisdiction =
      fs::path(configuration.config()).parent_path() / "jurisdictions/130001-tokyo.yaml";
  const auto aside = fs::path(jurisdiction).replace_extension(".aside");
  const auto file = hub.folder().path() / "130001_tokyo_covid19_patients_2020-04-20.csv";
  std::ofstream(file) << kList;
  fs::rename(jurisdiction, aside);

  hub.run({"import", "--source", "tokyo", file.string()});
  EXPECT_EQ(hub.count("in_review"), 2);
  EXPECT_EQ(hub.count("delivered"), 0);
  EXPECT_THAT(hub.run({"quarantine", "list"}).out, testing::HasSubstr("privacy.nothing_released"));

  fs::rename(aside, jurisdiction);
  hub.run({"quarantine", "replay", "--source", "tokyo"});
  EXPECT_EQ(hub.count("in_review"), 0);
  EXPECT_EQ(hub.count("delivered"), 2);
  EXPECT_THAT(hub.run({"query", "--format", "ndjson"}).out, testing::HasSubstr("都外"));
}

}  // namespace
