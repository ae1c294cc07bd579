#include "musubi/base/problems.h"

#include <gtest/gtest.h>

#include "musubi/base/nearest.h"

namespace musubi::base {
namespace {

std::vector<std::string> codes_of(const Error& error) {
  std::vector<std::string> codes;
  for (const Error* each = &error; each != nullptr; each = each->cause()) codes.push_back(each->code());
  return codes;
}
using Codes = std::vector<std::string>;

TEST(Problems, AreSortedByFileLineAndColumn) {
  Problems problems;
  const auto second = problems.add_file("z.yaml"), third = problems.add_file("b.yaml");
  problems.error({.file = third, .line = 1, .column = 1}, "test.d");
  problems.warning({.file = second, .line = 2, .column = 9}, "test.c");
  problems.error({.file = second, .line = 2, .column = 3}, "test.b");
  problems.error({.file = second}, "test.a");
  Codes codes;
  for (const auto& [error, severity] : problems.sorted()) codes.push_back(error.code());
  EXPECT_EQ(codes, (Codes{"test.a", "test.b", "test.c", "test.d"}));
  EXPECT_EQ(problems.errors(), 3U);
  EXPECT_EQ(codes_of(problems.as_error()), (Codes{"test.a", "test.b", "test.d"})) << "warnings are none";
}

TEST(Problems, KeepPlaceLengthAndArguments) {
  Problems problems;
  const auto file = problems.add_file("a.yaml");
  problems.error_near({.file = file, .line = 3, .column = 4, .length = 5}, "test.word", "near",
                      {{"key", "k"}});
  problems.error_near({.file = file, .line = 9}, "test.word", "", {});
  const auto all = problems.sorted();
  EXPECT_EQ(all[0].error.code(), "test.word_near");
  EXPECT_EQ(all[0].error.place().file, "a.yaml");
  EXPECT_EQ(all[0].error.place().column, 4U);
  EXPECT_EQ(all[0].error.place().length, 5U);
  ASSERT_EQ(all[0].error.arguments().size(), 2U);
  EXPECT_EQ(all[0].error.arguments()[1], (MessageArgument{"suggestion", "near"}));
  EXPECT_EQ(all[1].error.code(), "test.word");
}

TEST(Problems, ChainCausesOfCausesOneAfterTheOther) {
  Problems problems;
  const Error cause(ErrorKind::bad_configuration, "test.cause");
  problems.add(Error(ErrorKind::bad_configuration, "test.first").because(cause));
  problems.add(Error(ErrorKind::bad_configuration, "test.second"));
  EXPECT_EQ(codes_of(problems.as_error()), (Codes{"test.first", "test.cause", "test.second"}));
}

TEST(Problems, AreBounded) {
  Problems problems;
  for (std::uint32_t line = 1; line <= 100'000; ++line) problems.error({.line = line}, "test.a");
  problems.warning({}, "test.warning");
  EXPECT_EQ(problems.errors(), 100'000U);
  EXPECT_EQ(problems.sorted().size(), Problems::kMost + 1);
  EXPECT_EQ(codes_of(problems.as_error()).size(), 50U);
}

TEST(Nearest, IsWhatWasProbablyMeant) {
  constexpr std::string_view kKnown[] = {"fields", "record", "公表_年月日"};
  EXPECT_EQ(nearest("feilds", kKnown), "fields");
  EXPECT_EQ(nearest("公表年月日", kKnown), "公表_年月日");
  EXPECT_EQ(nearest("columns", kKnown), "");
  EXPECT_EQ(nearest("\x93\x8c", kKnown), "") << "bytes that are no text";
  EXPECT_EQ(nearest_or_all("columns", kKnown), "fields, record, 公表_年月日");
  constexpr std::string_view kShort[] = {"a", "be"};
  EXPECT_EQ(nearest("x", kShort), "") << "not when every character differs";
}

}  // namespace
}  // namespace musubi::base
