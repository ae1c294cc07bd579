#include "page.h"

#include <gtest/gtest.h>

#include "web_client.h"

namespace musubi::intake {
namespace {

PullSettings kintone() {
  PullSettings settings;
  settings.paging = Paging::cursor;
  settings.items = "/records";
  settings.next = "/next";
  settings.watermark = "/更新日時/value";
  return settings;
}

TEST(Page, SaysHowManyItemsAndWhereToGoOn) {
  const auto page = read_page(R"({"records":[{"更新日時":{"value":"2020-04-20T01:00:00Z"}},
      {"更新日時":{"value":"2020-04-20T03:00:00Z"}},{"更新日時":{"value":"2020-04-20T02:00:00Z"}}],"next":"c2"})",
                              kintone());
  ASSERT_TRUE(page.has_value());
  EXPECT_EQ(page->items, 3U);
  EXPECT_EQ(page->next, "c2");
  EXPECT_EQ(page->watermark, "2020-04-20T03:00:00Z");
}

TEST(Page, EndsWhereNextIsMissingNullOrFalse) {
  for (const auto* json :
       {R"({"records":[]})", R"({"records":[],"next":null})", R"({"records":[],"next":false})"})
    EXPECT_EQ(read_page(json, kintone())->next, "");
}

TEST(Page, RefusesWhatItCannotGoOnFrom) {
  const std::pair<std::string, std::string> cases[] = {
      {"<html>", "intake.page_not_json"},
      {"", "intake.page_not_json"},
      {"{\"records\":[\"\xFF\"]}", "intake.page_not_json"},
      {"{}", "intake.page_without_items"},
      {R"({"records":{}})", "intake.page_without_items"},
      {R"({"records":[],"next":{}})", "intake.page_next"},
      {R"({"records":[],"next":"a\u000d\u000ab"})", "intake.page_next"},
      {R"({"records":[{"a":1}]})", "intake.page_without_watermark"},
      {R"({"records":[{"更新日時":{"value":null}}]})", "intake.page_without_watermark"}};
  for (const auto& [json, code] : cases) {
    const auto page = read_page(json, kintone());
    ASSERT_TRUE(page.has_error()) << json;
    EXPECT_EQ(page.error().code(), code) << json;
  }
  EXPECT_EQ(read_page(std::string(5000, '[') + std::string(5000, ']'), PullSettings{}).error().code(),
            "intake.page_not_json");
}

TEST(Page, WatermarksAreComparedAsNumbersWhereBothAre) {
  EXPECT_TRUE(is_later("10", "9"));
  EXPECT_TRUE(is_later("0010", "9"));
  EXPECT_FALSE(is_later("9", "9"));
  EXPECT_TRUE(is_later("2020-04-20T02:00:00Z", "2020-04-20T01:59:59Z"));
  EXPECT_TRUE(is_later("1", ""));
}

TEST(Filled, FillsInWhatItKnowsAndLeavesTheRest) {
  EXPECT_EQ(filled("updated > \"{watermark}\" {x} {", {{"watermark", "{page}"}, {"page", "1"}}),
            "updated > \"{page}\" {x} {");
}

TEST(WebClient, EncodesAValueOfAQuery) {
  EXPECT_EQ(percent_encoded("更新 > \"a&b=c+d\""), "%E6%9B%B4%E6%96%B0%20%3E%20%22a%26b%3Dc%2Bd%22");
}

TEST(WebClient, FollowsALinkOnlyToTheSameOrigin) {
  const std::string base = "https://example.jp/v1/records?page=1";
  EXPECT_EQ(same_origin(base, "/v1/records?page=2"), "https://example.jp/v1/records?page=2");
  EXPECT_EQ(same_origin(base, "https://example.jp:443/x"), "https://example.jp/x");
  for (const auto* link :
       {"https://evil.example/x", "//evil.example/x", "http://example.jp/x", "https://example.jp:8443/x",
        "https://user@example.jp/x", "https://[", "file:///etc/x"})
    EXPECT_EQ(same_origin(base, link), std::nullopt) << link;
}

TEST(WebClient, ReadsTheHeaderLink) {
  EXPECT_EQ(next_link(R"(<https://a/?p=1>; rel="prev", <https://a/?p=3,4>; title="x,y"; rel="next")"),
            "https://a/?p=3,4");
  for (const auto* header : {"", "<", "<x", "<x>", "x; rel=\"next\"", "<x>; rel=\"last\"", ",,,<a>\""})
    EXPECT_EQ(next_link(header), "") << header;
}

}  // namespace
}  // namespace musubi::intake
