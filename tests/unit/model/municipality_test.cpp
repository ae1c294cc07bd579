#include <gmock/gmock.h>

#include <map>
#include <set>

#include "model_files.h"
#include "musubi/base/codes.h"

namespace musubi::model {
namespace {

using musubi::testing::TemporaryFolder;
using testing::real_value_sets;

const Municipalities& places() { return real_value_sets()->municipalities(); }

TEST(ShippedMunicipalities, AreAllThere) {
  std::set<std::string> prefectures;
  std::map<std::string, int> kinds;
  for (const Municipality& place : places().all()) {
    prefectures.insert(place.prefecture);
    ++kinds[place.city.empty() ? "prefecture" : place.ward.empty() ? "city" : "ward"];
    EXPECT_EQ(base::repair_municipality_code(place.code).repair, base::CodeRepair::none) << place.code;
    EXPECT_FALSE(place.kana.empty()) << place.code;
    EXPECT_FALSE(place.romaji.empty()) << place.code;
  }
  EXPECT_EQ(prefectures.size(), 47u);
  EXPECT_EQ(kinds["prefecture"], 47);
  EXPECT_GE(kinds["city"], 1747);  // 1,741 and the six villages of the Northern Territories
  EXPECT_GE(kinds["ward"], 175);
}

TEST(ShippedMunicipalities, EveryNameFindsItsCode) {
  for (const Municipality& place : places().all())
    if (place.until.empty() && place.code != "016969") {  // 泊村 is in Hokkaido twice
      EXPECT_EQ(places().find(place.name(), place.code), place.code) << place.name();
    }
}

TEST(Municipalities, FindManyWaysOfWriting) {
  EXPECT_EQ(places().find("大阪市"), "271004");
  EXPECT_EQ(places().find("大阪市", "27"), "271004");
  EXPECT_EQ(places().find("大阪市", "270008"), "271004");
  EXPECT_EQ(places().find("札幌市中央区"), "011011");
  EXPECT_EQ(places().find("札幌市 中央区"), "011011");
  EXPECT_EQ(places().find("札幌市　中央区", "01"), "011011");
  EXPECT_EQ(places().find("東京都千代田区"), "131016");
  EXPECT_EQ(places().find("東京都 千代田区", "13"), "131016");
  EXPECT_EQ(places().find("大阪府"), "270008");
  EXPECT_EQ(places().find("札幌市内", "01"), "011002");
  EXPECT_EQ(places().find("滋賀県内"), "250007");
  EXPECT_EQ(places().find("中央区", "40"), "401331");
  EXPECT_EQ(places().find("天王寺区"), "271098");
}

TEST(Municipalities, NamesakesNeedTheirPrefecture) {
  EXPECT_EQ(places().find("府中市"), "");
  EXPECT_EQ(places().find("府中市", "13"), "132063");
  EXPECT_EQ(places().find("府中市", "34"), "342084");
  EXPECT_EQ(places().find("北区", "27"), "");  // of Osaka and of Sakai
  EXPECT_EQ(places().find("北区", "13"), "131172");
  EXPECT_EQ(places().find("泊村", "01"), "014036");
}

TEST(Municipalities, ANameFromElsewhereIsFoundWhenThereIsOne) {
  EXPECT_EQ(places().find("埼玉県", "13"), "110001");
  EXPECT_EQ(places().find("川崎市", "13"), "141305");
  EXPECT_EQ(places().find("府中市", "27"), "");
}

TEST(Municipalities, SpellingsAndEarlierNames) {
  EXPECT_EQ(places().find("七ヶ宿町"), places().find("七ケ宿町"));
  EXPECT_EQ(places().find("梼原町"), places().find("檮原町"));
  EXPECT_EQ(places().find("篠山市"), "282219");
  EXPECT_EQ(places().by_code("282219")->city, "丹波篠山市");
  EXPECT_EQ(places().find("浜松市中区", "22"), "221317");
  EXPECT_EQ(places().find("浜松市中央区", "22"), "221384");
}

TEST(Municipalities, WhatIsNoPlaceIsNotFound) {
  for (const auto* name :
       {"", " ", "　", "内", "都内", "湖北省武漢市", "糟屋郡", "石狩振興局管内", "13", "大阪"})
    EXPECT_EQ(places().find(name), "") << name;
  EXPECT_EQ(places().find("", "13"), "");
  EXPECT_EQ(places().find(std::string(500, 'x'), "13"), "");
  EXPECT_EQ(places().find("大阪市", "99"), "271004");
}

TEST(Municipalities, NamePrefectures) {
  EXPECT_EQ(places().prefecture_name("13"), "東京都");
  EXPECT_EQ(places().prefecture_name("271004"), "大阪府");
  EXPECT_EQ(places().prefecture_name("48"), "");
  EXPECT_EQ(places().prefecture_name(""), "");
  EXPECT_EQ(places().by_code("999999"), nullptr);
}

struct BadTable {
  const char* bytes;
  const char* code;
  std::uint64_t line;
};

TEST(MunicipalityFile, SaysWhatIsWrongWhere) {
  const std::string good = "131016,東京都,千代田区,,チヨダク,Chiyoda-ku,\n";
  for (const auto& [bytes, code, line] :
       {BadTable{"131016,東京都,千代田区\n", "municipality.columns", 1},
        BadTable{"# comment\n131016,,千代田区,,チヨダク,Chiyoda-ku,\n", "municipality.columns", 2},
        BadTable{"131015,東京都,千代田区,,チヨダク,Chiyoda-ku,\n", "municipality.bad_code", 1},
        BadTable{"13101,東京都,千代田区,,チヨダク,Chiyoda-ku,\n", "municipality.bad_code", 1},
        BadTable{
            "131024,東京都,中央区,,チュウオウク,Chuo-ku,\n131016,東京都,千代田区,,チヨダク,Chiyoda-ku,\n",
            "municipality.not_sorted", 2},
        BadTable{"131016,\xff,,,,,\n", "municipality.not_utf8", 0},
        BadTable{"# nothing\n", "municipality.empty", 0}}) {
    const TemporaryFolder folder;
    const auto loaded = Municipalities::load(folder.write("m.csv", bytes));
    ASSERT_TRUE(loaded.has_error()) << code;
    EXPECT_EQ(loaded.error().code(), code);
    EXPECT_EQ(loaded.error().place().line, line);
    EXPECT_NE(base::find_message(code), nullptr) << code;
  }
  const TemporaryFolder folder;
  EXPECT_TRUE(Municipalities::load(folder.write("m.csv", good + "\r\n")).has_value());
}

}  // namespace
}  // namespace musubi::model
