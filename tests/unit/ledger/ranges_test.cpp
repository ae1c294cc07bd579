#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "batch.h"

namespace musubi::ledger {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(Ranges, overlapping_and_adjoining_ones_become_one) {
  EXPECT_THAT(merged({{1, 5, 9}, {1, 1, 3}, {1, 4, 4}, {2, 1, 1}, {1, 6, 7}}),
              ElementsAre(RowRange{1, 1, 9}, RowRange{2, 1, 1}));
  EXPECT_THAT(merged({{1, 1, 3}, {1, 5, 6}}), ElementsAre(RowRange{1, 1, 3}, RowRange{1, 5, 6}));
  EXPECT_THAT(merged({}), IsEmpty());
}

TEST(Ranges, cover_their_rows_and_no_others) {
  const auto ranges = merged({{1, 2, 4}, {1, 8, 8}, {3, 1, 1}});
  for (const auto row : {2u, 3u, 4u, 8u}) EXPECT_TRUE(covers(ranges, record_id(1, row))) << row;
  for (const auto row : {1u, 5u, 7u, 9u}) EXPECT_FALSE(covers(ranges, record_id(1, row))) << row;
  EXPECT_FALSE(covers(ranges, record_id(2, 3)));
  EXPECT_TRUE(covers(ranges, record_id(3, 1)));
  EXPECT_FALSE(covers({}, record_id(1, 1)));
}

TEST(Ranges, a_record_is_named_by_part_and_row) {
  const auto id = record_id(0x7FFFFFFF, 0xFFFFFFFF);
  EXPECT_EQ(part_of(id), 0x7FFFFFFF);
  EXPECT_EQ(row_of(id), 0xFFFFFFFFu);
}

TEST(PlainNumber, is_only_what_comes_back_the_same) {
  EXPECT_EQ(plain_number("0"), 0);
  EXPECT_EQ(plain_number("130001"), 130001);
  EXPECT_EQ(plain_number("999999999999999999"), 999999999999999999);
  for (const auto* text : {"", "00", "01", "-1", "+1", " 1", "1a", "１", "1000000000000000000"}) {
    EXPECT_FALSE(plain_number(text)) << text;
  }
}

}  // namespace
}  // namespace musubi::ledger
