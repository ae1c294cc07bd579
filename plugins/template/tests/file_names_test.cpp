#include "file_names.h"

#include <gtest/gtest.h>

TEST(FileNames, DraftsAreKnownByTheirBeginning) {
  EXPECT_TRUE(mihon::is_draft("draft_mihon_positive_cases_2020-04-20.csv"));
  EXPECT_TRUE(mihon::is_draft("下書き_0420.csv"));
  EXPECT_FALSE(mihon::is_draft("mihon_positive_cases_2020-04-20.csv"));
  EXPECT_FALSE(mihon::is_draft("redraft_1.csv"));
  EXPECT_FALSE(mihon::is_draft(""));
}
