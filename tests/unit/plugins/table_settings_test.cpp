#include "musubi/plugin/table_settings.h"

#include <gtest/gtest.h>

namespace musubi::plugin {
namespace {

TEST(TableSettings, DefaultsAreThoseOfTheReaders) {
  const auto options = Options::read(kTableOptions, {});
  ASSERT_TRUE(options.has_value());
  const auto settings = table_settings(*options);
  const document::Limits limits;
  EXPECT_EQ(settings.encoding, document::Encoding::detect);
  EXPECT_EQ(settings.limits.bytes, limits.bytes);
  EXPECT_EQ(settings.limits.expanded_bytes, limits.expanded_bytes);
  EXPECT_EQ(settings.limits.columns, limits.columns);
  EXPECT_EQ(settings.limits.cell_bytes, limits.cell_bytes);
  EXPECT_EQ(settings.limits.row_bytes, limits.row_bytes);
}

TEST(TableSettings, RowsHoldAtLeastOneCell) {
  const auto options = Options::read(kTableOptions, {{"max_cell_bytes", "100000000"}, {"encoding", "cp932"}});
  ASSERT_TRUE(options.has_value());
  const auto settings = table_settings(*options);
  EXPECT_EQ(settings.encoding, document::Encoding::cp932);
  EXPECT_EQ(settings.limits.row_bytes, 100000000U);
}

TEST(TableSettings, OwnOptionsFollowTheCommonOnes) {
  constexpr auto kAll =
      with_table_options(std::array{Option{.name = "own", .help_japanese = "", .help_english = ""}});
  static_assert(kAll.size() == kTableOptions.size() + 1);
  EXPECT_EQ(kAll.front().name, "encoding");
  EXPECT_EQ(kAll.back().name, "own");
}

TEST(TableSettings, EncodingFillsInOnlyWhereALayoutLeavesItOpen) {
  std::vector<Layout> layouts(2);
  layouts[1].encoding = document::Encoding::utf8;
  const auto changed = with_encoding(layouts, document::Encoding::cp932);
  EXPECT_EQ(changed[0].encoding, document::Encoding::cp932);
  EXPECT_EQ(changed[1].encoding, document::Encoding::utf8);
}

}  // namespace
}  // namespace musubi::plugin
