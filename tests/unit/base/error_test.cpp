#include "musubi/base/error.h"

#include <gtest/gtest.h>

#include "musubi/base/result.h"

namespace musubi::base {
namespace {

Error example() { return Error(ErrorKind::bad_input, "file.too_large", {{"limit", "10"}}); }

TEST(ErrorTest, ChangesACopy) {
  const Error plain = example();
  const Error placed = plain.at({.file = "a.csv", .line = 3}).in_stage("read").in_adapter("tokyo");
  const Error whole = placed.of_record("r1").on_path("onset.date").with("more", "2");
  EXPECT_TRUE(plain.stage().empty());
  EXPECT_EQ(plain.place().line, 0U);
  EXPECT_EQ(whole.place().file, "a.csv");
  EXPECT_EQ(whole.stage(), "read");
  EXPECT_EQ(whole.adapter(), "tokyo");
  EXPECT_EQ(whole.record(), "r1");
  EXPECT_EQ(whole.path(), "onset.date");
  ASSERT_EQ(whole.arguments().size(), 2U);
  EXPECT_EQ(whole.arguments()[1].first, "more");
}

TEST(ErrorTest, ChangesNoCopyThatSomebodyElseHolds) {
  Error mine = example().with("more", "2").on_path("onset.date").at({.file = "a.csv"});
  const Error kept = mine;
  const Error moved = std::move(mine).with("third", "3").on_path("death.date").at({.file = "b.csv"});
  EXPECT_EQ(kept.arguments().size(), 2U);
  EXPECT_EQ(kept.path(), "onset.date");
  EXPECT_EQ(kept.place().file, "a.csv");
  EXPECT_EQ(moved.arguments().size(), 3U);
  EXPECT_EQ(moved.path(), "death.date");
  EXPECT_EQ(moved.place().file, "b.csv");
}

TEST(ErrorTest, CarriesItsCauses) {
  const Error outer = example().because(Error(ErrorKind::environment, "file.failed").because(example()));
  ASSERT_NE(outer.cause(), nullptr);
  EXPECT_EQ(outer.cause()->code(), "file.failed");
  ASSERT_NE(outer.cause()->cause(), nullptr);
  EXPECT_EQ(outer.cause()->cause()->cause(), nullptr);
}

TEST(ErrorTest, HasTheExitCodeOfItsKind) {
  const auto code = [](ErrorKind kind) { return exit_code(Error(kind, "x")); };
  EXPECT_EQ(code(ErrorKind::bad_input), 1);
  EXPECT_EQ(code(ErrorKind::bad_configuration), 1);
  EXPECT_EQ(code(ErrorKind::refused), 1);
  EXPECT_EQ(code(ErrorKind::limit_exceeded), 1);
  EXPECT_EQ(code(ErrorKind::not_found), 1);
  EXPECT_EQ(code(ErrorKind::usage), 2);
  EXPECT_EQ(code(ErrorKind::environment), 3);
  EXPECT_EQ(code(ErrorKind::unavailable), 3);
  EXPECT_EQ(code(ErrorKind::defect), 3);
}

Result<int> half(int number) {
  if (number % 2 != 0) return example();
  return number / 2;
}

Result<int> quarter(int number) {
  MUSUBI_ASSIGN(const int once, half(number));
  MUSUBI_ASSIGN(const int twice, half(once));
  return twice;
}

Status check_twice(int number) {
  MUSUBI_TRY(half(number));
  MUSUBI_TRY(quarter(number));
  return {};
}

TEST(ResultTest, ReturnsTheFirstError) {
  EXPECT_EQ(quarter(12).value(), 3);
  EXPECT_EQ(quarter(6).error().code(), "file.too_large");
  EXPECT_TRUE(check_twice(4).has_value());
  EXPECT_TRUE(check_twice(3).has_error());
  EXPECT_THROW(quarter(1).value(), std::logic_error) << "asking a failed result for its value is a defect";
}

}  // namespace
}  // namespace musubi::base
