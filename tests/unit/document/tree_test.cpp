// Walking a tree: children by name, paths for messages.
#include "musubi/document/tree.h"

#include <gtest/gtest.h>

namespace musubi::document {
namespace {

NodeIndex with_value(const Tree& tree, std::string_view value) {
  for (NodeIndex index = 0; index < tree.size(); ++index) {
    if (tree[index].value == value) return index;
  }
  return kNoNode;
}

TEST(Tree, FindsTheFirstChildOfAName) {
  const auto tree = read_xml("<a><b>1</b><c/><b>2</b></a>", "x", {}).value();
  EXPECT_EQ(tree[tree.child(0, "b")].value, "1");
  EXPECT_EQ(tree.child(0, "z"), kNoNode);
  EXPECT_EQ(tree.child(tree.child(0, "c"), "b"), kNoNode);
}

TEST(Tree, WritesPathsOfJson) {
  const auto tree =
      read_json(R"({"patients":{"data":[0,1,2,{"居住地":"大阪"}]},"m":[[7]]})", "x", {}).value();
  EXPECT_EQ(tree.path_of(with_value(tree, "大阪")), "patients.data[3].居住地");
  EXPECT_EQ(tree.path_of(with_value(tree, "7")), "m[0][0]");
  EXPECT_EQ(tree.path_of(0), "");
  const auto array = read_json("[[1]]", "x", {}).value();
  EXPECT_EQ(array.path_of(with_value(array, "1")), "[0][0]");
}

TEST(Tree, WritesPathsOfXml) {
  const auto tree =
      read_xml(R"(<Bundle><id value="x"/><entry>e0</entry><entry><name v="n"/></entry></Bundle>)", "x", {})
          .value();
  EXPECT_EQ(tree.path_of(with_value(tree, "x")), "Bundle.id.@value");
  EXPECT_EQ(tree.path_of(with_value(tree, "e0")), "Bundle.entry[0]");
  EXPECT_EQ(tree.path_of(with_value(tree, "n")), "Bundle.entry[1].name.@v");
}

TEST(Tree, LinksParentsAndSiblings) {
  const auto tree = read_json(R"({"a":[1,2],"b":null})", "x", {}).value();
  ASSERT_EQ(tree.size(), 5U);
  EXPECT_EQ(tree[0].parent, kNoNode);
  EXPECT_EQ(tree[0].first_child, 1U);
  EXPECT_EQ(tree[1].next_sibling, 4U);
  EXPECT_EQ(tree[2].next_sibling, 3U);
  EXPECT_EQ(tree[3].next_sibling, kNoNode);
  EXPECT_EQ(tree[4].parent, 0U);
  EXPECT_EQ(tree[4].kind, NodeKind::null);
}

TEST(Tree, OutlivesNothingButItself) {
  Tree kept;
  {
    const auto tree = read_json(R"({"name":"\u7d50城"})", "x", {}).value();
    kept = tree;
  }
  EXPECT_EQ(kept[1].name, "name");
  EXPECT_EQ(kept[1].value, "結城");
}

}  // namespace
}  // namespace musubi::document
