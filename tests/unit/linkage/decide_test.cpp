#include <gtest/gtest.h>

#include "musubi/base/messages.h"
#include "musubi/linkage/linkage.h"

namespace musubi::linkage {
namespace {

constexpr base::ContentHash kA{1, 2}, kB{1, 3};

struct Situation {
  std::string name;
  std::optional<KnownCase> known;
  Incoming incoming;
  Outcome outcome;
};
void PrintTo(const Situation& situation, std::ostream* out) { *out << situation.name; }

class DecideTest : public ::testing::TestWithParam<Situation> {};

TEST_P(DecideTest, decides) { EXPECT_EQ(decide(GetParam().known, GetParam().incoming), GetParam().outcome); }

INSTANTIATE_TEST_SUITE_P(
    situations, DecideTest,
    ::testing::Values(
        Situation{"never_heard_of", {}, {kA, 10, 1}, Outcome::new_case},
        Situation{"same_on_a_newer_day", KnownCase{kA, 10, 1, 1}, {kA, 11, 2}, Outcome::unchanged},
        Situation{"same_on_the_same_day", KnownCase{kA, 10, 1, 1}, {kA, 10, 2}, Outcome::unchanged},
        Situation{"same_on_an_older_day", KnownCase{kA, 10, 1, 1}, {kA, 9, 2}, Outcome::unchanged},
        Situation{"same_row_twice_in_a_file", KnownCase{kA, 10, 1, 1}, {kA, 10, 1}, Outcome::unchanged},
        Situation{"other_on_a_newer_day", KnownCase{kA, 10, 1, 1}, {kB, 11, 2}, Outcome::changed},
        Situation{"other_on_an_older_day", KnownCase{kA, 10, 1, 1}, {kB, 9, 2}, Outcome::late},
        Situation{"same_day_received_later", KnownCase{kA, 10, 1, 1}, {kB, 10, 2}, Outcome::changed},
        Situation{"same_day_received_earlier", KnownCase{kA, 10, 2, 1}, {kB, 10, 1}, Outcome::late},
        Situation{"two_words_in_one_file", KnownCase{kA, 10, 1, 1}, {kB, 10, 1}, Outcome::contradiction},
        Situation{"two_sheets_newer_day", KnownCase{kA, 10, 1, 1}, {kB, 11, 1}, Outcome::changed},
        Situation{"two_sheets_older_day", KnownCase{kA, 10, 1, 1}, {kB, 9, 1}, Outcome::late},
        Situation{"days_before_1970", KnownCase{kA, -5, 1, 1}, {kB, -6, 2}, Outcome::late}),
    [](const auto& test) { return test.param.name; });

TEST(Contradiction, has_a_message) { EXPECT_NE(base::find_message(kContradiction), nullptr); }

}  // namespace
}  // namespace musubi::linkage
