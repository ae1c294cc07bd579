#include "musubi/base/yaml_map.h"

#include <gtest/gtest.h>

#include "musubi/base/messages.h"

namespace musubi::base {
namespace {

/// A map that lives as long as its problems.
struct Read {
  Problems problems;
  YamlNode root;

  explicit Read(std::string_view yaml) : root(read_yaml(yaml, "a.yaml", problems).value()) {}
  YamlMap map() { return YamlMap(root, problems); }
  /// "code@line:column" of everything wrong, in order.
  std::vector<std::string> told() const {
    std::vector<std::string> all;
    for (const auto& [error, severity] : problems.sorted()) {
      all.push_back(error.code() + "@" + std::to_string(error.place().line) + ":" +
                    std::to_string(error.place().column));
      EXPECT_NE(find_message(error.code()), nullptr) << error.code();
      EXPECT_EQ(describe(Language::japanese, error).find("「…」"), std::string::npos) << error.code();
    }
    return all;
  }
};
using Told = std::vector<std::string>;

TEST(YamlMap, RefusesKeysItDoesNotKnow) {
  Read read("recrod: a\nzzz: b\n");
  const YamlMap map(read.root, {"record", "fields"}, read.problems);
  EXPECT_EQ(read.told(), (Told{"yaml.unknown_key_near@1:1", "yaml.unknown_key@2:1"}));
  const auto all = read.problems.sorted();
  EXPECT_EQ(describe(Language::english, all[0].error),
            "a.yaml:1:1: There is no key \"recrod\" here.\n  Did you mean \"record\"?");
  EXPECT_EQ(describe(Language::english, all[1].error),
            "a.yaml:2:1: There is no key \"zzz\" here.\n  Possible here: record, fields.");
  EXPECT_EQ(all[0].error.place().length, 6U);
}

TEST(YamlMap, DoesNotMissAKeyThatIsMisspelt) {
  Read read("recrod: a\nother: { fields: b }\n");
  const YamlMap map(read.root, {"record", "fields", "other"}, read.problems);
  EXPECT_EQ(map.required_word("record"), "");
  EXPECT_EQ(map.required_word("fields"), "");
  EXPECT_EQ(read.told(), (Told{"yaml.unknown_key_near@1:1", "yaml.missing_key@1:1"}));
  EXPECT_EQ(read.problems.sorted()[1].error.arguments()[0].second, "fields");
}

TEST(YamlMap, KnowsMergingAndBlanksOfFullWidth) {
  Read read("<<: a\n\u3000b: c\n");
  const YamlMap map(read.root, {"record"}, read.problems);
  EXPECT_EQ(read.told(), (Told{"yaml.merge_key@1:1", "yaml.wide_blank@2:1"}));
}

TEST(YamlMap, OfSomethingElseIsAsGoodAsEmpty) {
  Read read("a: [1]\n");
  const YamlMap map(*read.root.find("a"), {"b"}, read.problems);
  EXPECT_FALSE(map);
  EXPECT_EQ(map.required_word("b"), "");
  EXPECT_EQ(map.label("c").japanese, "");
  EXPECT_EQ(read.told(), Told{"yaml.not_a_map@1:4"}) << "said once";
}

TEST(YamlMap, GivesTexts) {
  Read read("a: x\nb: [y, z]\nc: ''\n");
  const auto map = read.map();
  EXPECT_EQ(map.text("a")->mark.column, 4U);
  EXPECT_EQ(map.word("a"), "x");
  EXPECT_EQ(map.word("none", "else"), "else");
  EXPECT_EQ(map.words("a"), std::vector<std::string>{"x"});
  EXPECT_EQ(map.texts("b")[1].mark.column, 8U);
  EXPECT_TRUE(map.words("none").empty());
  EXPECT_EQ(map.required_text("c")->text, "");
  EXPECT_EQ(read.told(), Told{});
}

TEST(YamlMap, TellsWhatIsNoText) {
  Read read("a: [x]\nb:\nc: [x, {y: z}]\nd: ''\n");
  const auto map = read.map();
  EXPECT_EQ(map.word("a"), "");
  EXPECT_EQ(map.word("b"), "");
  EXPECT_EQ(map.words("c"), std::vector<std::string>{"x"});
  EXPECT_EQ(map.required_word("d"), "");
  EXPECT_FALSE(map.required_text("e"));
  EXPECT_EQ(read.told(), (Told{"yaml.missing_key@1:1", "yaml.not_a_text@1:4", "yaml.empty_value@2:1",
                               "yaml.not_texts@3:8", "yaml.missing_key@4:4"}));
}

TEST(YamlMap, GivesListsLabelsAndPairs) {
  Read read("a: [{x: 1}, {x: 2}]\nb: {ja: 甲, en: A}\nc: {p: q}\nd: 1\n");
  const auto map = read.map();
  EXPECT_EQ(map.items("a").size(), 2U);
  EXPECT_EQ(map.label("b").english, "A");
  EXPECT_EQ(pairs_of(*map.find("c"), "c", read.problems).at(0).second.text, "q");
  EXPECT_EQ(read.told(), Told{});
  EXPECT_TRUE(map.items("d").empty());
  EXPECT_TRUE(pairs_of(*map.find("d"), "d", read.problems).empty());
  EXPECT_EQ(read.told(), (Told{"yaml.not_a_list@4:4", "yaml.not_pairs@4:4"}));
}

TEST(YamlMap, GivesDaysNumbersAndAnswers) {
  Read read("day: 2020-02-29\nnumber: -37.5\nyes: true\nno: no\n");
  const auto map = read.map();
  EXPECT_EQ(map.day("day"), std::chrono::sys_days(std::chrono::year(2020) / 2 / 29));
  EXPECT_EQ(map.number("number"), -37.5);
  EXPECT_TRUE(map.yes("yes"));
  EXPECT_FALSE(map.yes("no"));
  EXPECT_FALSE(map.yes("none"));
  EXPECT_FALSE(map.day("none"));
  EXPECT_EQ(read.told(), Told{});
}

TEST(YamlMap, TellsWhatIsNoDayNumberOrAnswer) {
  Read read("a: 2021-02-29\nb: 12x\nc: inf\nd: maybe\n");
  const auto map = read.map();
  EXPECT_FALSE(map.day("a"));
  EXPECT_FALSE(map.number("b"));
  EXPECT_FALSE(map.number("c"));
  EXPECT_FALSE(map.yes("d"));
  EXPECT_EQ(read.told(), (Told{"yaml.not_a_day@1:4", "yaml.not_a_number@2:4", "yaml.not_a_number@3:4",
                               "yaml.not_yes_or_no@4:4"}));
}

TEST(YamlMap, ChoosesAmongNames) {
  Read read("a: CSV\nb: jsn\nc: pdf\n");
  const auto map = read.map();
  constexpr std::string_view kNames[] = {"json", "csv"};
  EXPECT_EQ(choose(*map.text("a"), "a", kNames, read.problems), 1U);
  EXPECT_FALSE(choose(*map.text("b"), "b", kNames, read.problems));
  EXPECT_FALSE(choose(*map.text("c"), "c", kNames, read.problems));
  EXPECT_EQ(read.told(), (Told{"yaml.unknown_word_near@2:4", "yaml.unknown_word@3:4"}));
}

TEST(YamlMap, ChoosesAmongNamedThings) {
  Read read("a: warning\n");
  constexpr std::array kSeverities{Severity::error, Severity::warning};
  EXPECT_EQ(choose(*read.map().text("a"), "a", kSeverities, read.problems), Severity::warning);
}

}  // namespace
}  // namespace musubi::base
