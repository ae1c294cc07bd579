#include "musubi/model/value_set.h"

#include <gmock/gmock.h>

#include <fstream>

#include "model_files.h"
#include "musubi/base/text.h"

namespace musubi::model {
namespace {

using musubi::testing::TemporaryFolder;
using testing::real_value_sets;

struct Word {
  std::string set, text, meaning;
};

/// words.csv: two commas at the outside part the three columns.
std::vector<Word> words() {
  std::ifstream file(testing::project("tests/unit/model/words.csv"));
  std::vector<Word> all;
  for (std::string line; std::getline(file, line);) {
    if (line.empty() || line[0] == '#') continue;
    const auto first = line.find(','), last = line.rfind(',');
    all.push_back({line.substr(0, first), line.substr(first + 1, last - first - 1), line.substr(last + 1)});
  }
  return all;
}

std::string meaning_of(const Lookup& lookup) {
  return lookup.found ? lookup.found->code : std::string(name_of(lookup.absent));
}

TEST(ShippedValueSets, UnderstandTheWordsOfRealFiles) {
  ASSERT_GT(words().size(), 80u);
  for (const Word& word : words()) {
    const ValueSet* set = real_value_sets()->find(word.set);
    ASSERT_NE(set, nullptr) << word.set;
    EXPECT_EQ(meaning_of(set->look_up(base::fold_width(word.text))), word.meaning)
        << word.set << ": " << word.text;
  }
}

TEST(ShippedValueSets, EveryCodeAndLabelIsUnderstood) {
  for (const auto& id : real_value_sets()->ids()) {
    const ValueSet& set = *real_value_sets()->find(id);
    for (const CodedConcept& coded : set.concepts()) {
      EXPECT_EQ(set.with_code(coded.code), &coded);
      EXPECT_EQ(meaning_of(set.look_up(coded.code)), coded.code) << id;
      if (id == "municipality") continue;  // 泊村 is the name of two places
      EXPECT_EQ(meaning_of(set.look_up(base::fold_width(coded.label.japanese))), coded.code) << id;
    }
  }
}

TEST(ValueSet, UnknownTextIsNeither) {
  const Lookup lookup = real_value_sets()->find("sex")->look_up("男の子たち");
  EXPECT_EQ(lookup.found, nullptr);
  EXPECT_EQ(lookup.absent, AbsentReason::none);
}

TEST(ValueSet, UnfoldedSpellingsAreFoundAsWell) {
  EXPECT_EQ(meaning_of(real_value_sets()->find("risk")->look_up("肥満（BMI30以上）")), "obesity");
}

TEST(ValueSet, OwnWordsWinOverCommonAbsence) {
  EXPECT_EQ(meaning_of(real_value_sets()->find("count_category")->look_up("調査中")), "under_investigation");
  EXPECT_NE(real_value_sets()->find("count_category")->look_up("調査中").found, nullptr);
  EXPECT_EQ(real_value_sets()->find("sex")->look_up("調査中").found, nullptr);
}

TEST(ValueSet, ParentsAreWiderCodes) {
  const ValueSet& bands = *real_value_sets()->find("age_band");
  EXPECT_EQ(bands.with_code("90s")->parent, "90_and_over");
  EXPECT_EQ(bands.with_code("infant")->parent, "under_10");
  EXPECT_EQ(bands.with_code("60s")->parent, "");
}

TEST(ValueSet, SuggestsWhatWasMeant) {
  EXPECT_EQ(real_value_sets()->find("course")->suggest("宿泊療養解徐"), "宿泊療養解除");
  EXPECT_EQ(real_value_sets()->suggest("ageband"), "age_band");
  EXPECT_EQ(real_value_sets()->suggest("zzzzzzzz"), "");
}

TEST(ValueSet, HoldsManyTexts) {
  ValueSet::Contents contents;
  contents.id = "many";
  for (int number = 0; number < 5000; ++number) {
    CodedConcept coded;
    coded.code = "code_number_" + std::to_string(number);
    coded.label = {"項目" + std::to_string(number), "item " + std::to_string(number)};
    contents.concepts.push_back(std::move(coded));
  }
  const ValueSet set(std::move(contents));
  for (int number = 0; number < 5000; ++number) {
    EXPECT_EQ(meaning_of(set.look_up("項目" + std::to_string(number))),
              "code_number_" + std::to_string(number));
    EXPECT_EQ(set.look_up("項目x" + std::to_string(number)).found, nullptr);
  }
}

TEST(ValueSet, MayHoldNothing) {
  const ValueSet set(ValueSet::Contents{});
  EXPECT_EQ(set.look_up("").found, nullptr);
  EXPECT_EQ(set.with_code("x"), nullptr);
  EXPECT_EQ(set.suggest("x"), "");
}

TEST(ValueSets, TwoOfOneNameAreRefused) {
  const TemporaryFolder folder;
  for (const char* name : {"a.yaml", "b.yaml"}) folder.write(name, "valueset: sex\nja: 性別\nen: Sex\n");
  folder.write("municipality.csv", "131016,東京都,千代田区,,チヨダク,Chiyoda-ku,\n");
  const auto loaded = ValueSets::load(folder.path());
  ASSERT_TRUE(loaded.has_error());
  EXPECT_EQ(loaded.error().code(), "valueset.twice");
  EXPECT_EQ(loaded.error().place().file, (folder.path() / "b.yaml").string());
}

TEST(ValueSets, NeedTheTableOfMunicipalities) {
  const TemporaryFolder folder;
  const auto loaded = ValueSets::load(folder.path());
  ASSERT_TRUE(loaded.has_error());
  EXPECT_EQ(loaded.error().code(), "file.not_found");
}

TEST(CheckValueSets, NamesTheFieldAndSuggests) {
  const TemporaryFolder folder;
  const auto catalogue =
      testing::catalogue_of(folder,
                            "record: case\nfields:\n  a.x: { ja: あ, en: A, type: code, values: sxe, "
                            "class: sensitive, purposes: surveillance, retention: P5Y }\n");
  ASSERT_TRUE(catalogue.has_value());
  const auto checked = check_value_sets(**catalogue, *real_value_sets());
  ASSERT_TRUE(checked.has_error());
  EXPECT_EQ(checked.error().code(), "catalogue.unknown_value_set");
  EXPECT_EQ(checked.error().path(), "a.x");
  EXPECT_NE(base::describe(base::Language::english, checked.error()).find("\"sex\""), std::string::npos);
}

}  // namespace
}  // namespace musubi::model
