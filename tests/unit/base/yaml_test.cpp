// What is told about a file that cannot be read is in tests/unit/mapping/broken; here: the tree, its places
// and its limits.
#include "musubi/base/yaml.h"

#include <gtest/gtest.h>

#include <fstream>

#include "musubi/base/messages.h"

namespace musubi::base {
namespace {

/// "line:column+length" of a mark.
std::string shown(Mark mark) {
  return std::to_string(mark.line) + ":" + std::to_string(mark.column) + "+" + std::to_string(mark.length);
}

YamlNode tree(std::string_view yaml, Problems& problems) {
  const auto root = read_yaml(yaml, "a.yaml", problems);
  if (!root) throw std::runtime_error(describe(Language::english, problems.as_error()));
  return *root;
}

/// "code@line:column" of everything wrong, in order.
std::vector<std::string> told(std::string_view yaml, const YamlLimits& limits = {}) {
  Problems problems;
  read_yaml(yaml, "a.yaml", problems, limits);
  std::vector<std::string> all;
  for (const auto& [error, severity] : problems.sorted())
    all.push_back(error.code() + "@" + std::to_string(error.place().line) + ":" +
                  std::to_string(error.place().column));
  return all;
}

using Told = std::vector<std::string>;

TEST(Yaml, IsATreeOfTexts) {
  Problems problems;
  const auto root = tree("a: 1\nb: [x, '', ~]\nc: {d: true}\n", problems);
  EXPECT_EQ(root.find("a")->text, "1");
  ASSERT_EQ(root.find("b")->items.size(), 3U);
  EXPECT_EQ(root.find("b")->items[1].kind, YamlKind::scalar);
  EXPECT_EQ(root.find("b")->items[2].kind, YamlKind::null);
  EXPECT_EQ(root.find("c")->find("d")->text, "true");
  EXPECT_EQ(root.find("d"), nullptr);
  EXPECT_FALSE(problems.has_errors());
}

TEST(Yaml, GivesEveryKeyAndValueItsPlaceAndLengthInCharacters) {
  Problems problems;
  const auto root = tree("氏名: 山田\n表: {鍵: '値 値', k: \"q\\n\"}\nlong: |\n  a\n  b\n", problems);
  EXPECT_EQ(shown(root.entries[0].first.mark), "1:1+2");
  EXPECT_EQ(shown(root.entries[0].second.mark), "1:5+2");
  const auto& map = root.entries[1].second;
  EXPECT_EQ(shown(map.mark), "2:4+0");
  EXPECT_EQ(shown(map.entries[0].first.mark), "2:5+1");
  EXPECT_EQ(shown(map.entries[0].second.mark), "2:8+5") << "with its quotation marks";
  EXPECT_EQ(shown(map.entries[1].second.mark), "2:18+0") << "written otherwise than it reads";
  EXPECT_EQ(shown(root.entries[2].second.mark), "3:7+0") << "more than one line";
  EXPECT_EQ(problems.place(root.mark).file, "a.yaml");
}

TEST(Yaml, SkipsAByteOrderMark) {
  Problems problems;
  EXPECT_EQ(shown(tree("\xEF\xBB\xBF"
                       "a: b\n",
                       problems)
                      .entries[0]
                      .first.mark),
            "1:1+1");
}

TEST(Yaml, KeepsTheFirstOfRepeatedKeysAndTellsTheOthers) {
  Problems problems;
  const auto root = tree("a: 1\nb: 2\na: 3\nc: 4\na: 5\n", problems);
  EXPECT_EQ(root.find("a")->text, "1");
  EXPECT_EQ(root.entries.size(), 3U);
  const auto all = problems.sorted();
  ASSERT_EQ(all.size(), 2U);
  EXPECT_EQ(describe(Language::english, all[0].error),
            "a.yaml:3:1: \"a\" is written twice (first on line 1).\n  Remove one of them.");
  EXPECT_EQ(all[1].error.place().line, 5U);
}

TEST(Yaml, FollowsReferencesButNotInCircles) {
  Problems problems;
  const auto root = tree("a: &x [1, 2]\nb: *x\n", problems);
  EXPECT_EQ(root.find("b")->items.size(), 2U);
  EXPECT_EQ(root.find("b")->mark.line, 2U);
  EXPECT_EQ(told("a: &x [1, *x]\n"), Told{"yaml.cycle@1:11"});
  EXPECT_EQ(told("a: *x\n"), Told{"yaml.anchor_unknown@1:4"});
}

TEST(Yaml, IsBoundedInBytesDepthAndNodes) {
  EXPECT_EQ(told("a: 1234567\n", {.bytes = 10}), Told{"yaml.too_large@0:0"});
  EXPECT_EQ(told("a: {b: {c: d}}\n", {.depth = 2}), Told{"yaml.too_deep@1:8"});
  EXPECT_EQ(told("a: {b: {c: d}}\n", {.depth = 3}), Told{});
  EXPECT_EQ(told("a: [1, 2]\n", {.nodes = 4}), Told{"yaml.too_many_nodes@1:8"});
  EXPECT_EQ(told("a: &x [1]\nb: *x\n", {.nodes = 6}), Told{"yaml.too_many_nodes@2:4"});
  EXPECT_EQ(told("a: &x [1]\nb: *x\n", {.nodes = 7}), Told{});
}

TEST(Yaml, SaysWhereTextStopsBeingText) {
  EXPECT_EQ(told("a: b\nc: 値\x93\n"), Told{"yaml.not_utf8@2:5"});
  EXPECT_EQ(told(std::string_view("a: b\0", 5)), Told{"yaml.not_utf8@1:5"});
}

TEST(Yaml, TellsAnOpenBracketFromAListAsKey) {
  EXPECT_EQ(told("a: 1\n[b, c: d\n"), Told{"yaml.bracket_not_closed@2:1"});
  EXPECT_EQ(told("[a, b]: c\n"), Told{"yaml.key_not_text@1:1"});
}

TEST(Yaml, MustBeOneMap) {
  EXPECT_EQ(told(""), Told{"yaml.empty_file@1:1"});
  EXPECT_EQ(told("# nothing yet\n"), Told{"yaml.empty_file@1:1"});
  EXPECT_EQ(told("- a\n"), Told{"yaml.not_a_map@1:1"});
  EXPECT_EQ(told("a: b\n---\nc: d\n"), Told{"yaml.two_documents@1:1"});
}

TEST(Yaml, OfAFileThatIsNotThereIsAProblemOfThatFile) {
  Problems problems;
  EXPECT_FALSE(read_yaml_file("/no/such.yaml", problems));
  EXPECT_EQ(problems.as_error().code(), "file.not_found");
  EXPECT_EQ(problems.as_error().place().file, "/no/such.yaml");
}

}  // namespace
}  // namespace musubi::base
