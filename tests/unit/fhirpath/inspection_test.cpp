// What can be told of an expression without evaluating it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "musubi/fhirpath/expression.h"

namespace musubi::fhirpath {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

Expression compiled(std::string_view text) {
  const std::vector<std::string> columns{"a", "b", "c"};
  auto expression = Expression::compile(text, {.columns = columns});
  if (expression.has_error()) throw std::runtime_error(std::string(text));
  return *expression;
}

/// "a = x!", the mark where the comparison is demanded.
std::vector<std::string> compared(const Expression& expression) {
  std::vector<std::string> all;
  for (const auto& each : compared_texts(expression))
    all.push_back(each.path + " = " + each.text + (each.demanded ? "!" : ""));
  return all;
}

TEST(ComparedTexts, are_demanded_where_the_whole_expression_needs_them) {
  EXPECT_THAT(compared(compiled("a = 'x' and ('y' = b)")), ElementsAre("a = x!", "b = y!"));
  EXPECT_THAT(compared(compiled("a = 'x' or b = 'y'")), ElementsAre("a = x", "b = y"));
  EXPECT_THAT(compared(compiled("(a = 'x') and (b = 'y' or c = 'z')")),
              ElementsAre("a = x!", "b = y", "c = z"));
  EXPECT_THAT(compared(compiled("(a = 'x').not()")), ElementsAre("a = x"));
  EXPECT_THAT(compared(compiled("a != 'x'")), ElementsAre("a = x"));
}

TEST(ComparedTexts, are_paths_from_the_root_only) {
  EXPECT_THAT(compared(compiled("a.trim() = 'x'")), IsEmpty());
  EXPECT_THAT(compared(compiled("a = b")), IsEmpty());
  EXPECT_THAT(compared(compiled("'x' = 'x'")), IsEmpty());
  EXPECT_THAT(compared(*Expression::compile("name.where(use = 'official').exists()")), IsEmpty());
}

TEST(ComparedTexts, have_their_place) {
  const auto all = compared_texts(compiled("a = 'x'\n  and b = 'y'"));
  ASSERT_EQ(all.size(), 2U);
  EXPECT_EQ(all[1].line, 2U);
  EXPECT_EQ(all[1].column, 9U);
}

TEST(Inspection, finds_functions_and_texts_wherever_they_stand) {
  const auto expression = compiled("iif(a.memberOf('sex'), b, c.municipality ('13'))");
  EXPECT_TRUE(calls(expression, "memberOf"));
  EXPECT_TRUE(calls(expression, "municipality"));
  EXPECT_FALSE(calls(expression, "prefecture"));
  EXPECT_FALSE(calls(expression, "a"));
  EXPECT_TRUE(names_text(expression, "sex"));
  EXPECT_FALSE(names_text(expression, "b"));
  EXPECT_FALSE(calls(compiled("a + 'today'"), "today"));
}

}  // namespace
}  // namespace musubi::fhirpath
