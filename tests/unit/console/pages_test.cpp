// The pages: in both languages, without scripts, readable on a phone, and safe whatever a name holds.
#include <gmock/gmock.h>

#include <regex>

#include "watched_hub.h"

namespace musubi::console {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr const char* kHostile = "<script>alert(1)</script>\"'&<img src=x onerror=alert(1)>";

class Pages : public WatchedHub {
 protected:
  void SetUp() override {
    WatchedHub::SetUp();
    services->name = kHostile;
    way_in.told.name = kHostile;
    hub->receive({"test", kHostile, rows(1, 20) + "21,X,2020-04-01\n22,X,2020-04-01\n", {}, {}},
                 [](const auto&) {});
    expect_soon([&] { return ledger->balance().received == 22 && all_settled(); });
    expect_idle();
  }

  static net::Request asked_in(const char* language) {
    net::Request request;
    request.headers.add("Accept-Language", language);
    auto identity = std::make_shared<net::Identity>();
    identity->role = net::Role::operator_;
    request.identity = identity;
    return request;
  }
  std::string status_page(const char* language) const { return answer("/", asked_in(language)).body; }
  std::string receipt_page(const char* language) const {
    auto request = asked_in(language);
    request.captured["id"] = "1";
    return answer("/api/v1/submissions/{id}/receipt", std::move(request)).body;
  }

  static void expect_safe_and_readable(const std::string& html, const std::string& language) {
    EXPECT_THAT(html, HasSubstr("<html lang=" + language + ">"));
    EXPECT_THAT(html, HasSubstr("<meta name=viewport content=\"width=device-width,initial-scale=1\">"));
    EXPECT_THAT(html, Not(HasSubstr("<script")));
    EXPECT_THAT(html, Not(HasSubstr("<img")));
    EXPECT_THAT(html, HasSubstr("&lt;script&gt;")) << "the hostile name is shown, as a text";
    EXPECT_FALSE(std::regex_search(html, std::regex("<[^>]*\\son\\w+=")));
    EXPECT_FALSE(std::regex_search(html, std::regex("<[^>]*(src|href)=\"?(https?:|//|javascript:)")));
    EXPECT_EQ(count(html, "<table>"), count(html, "<div class=scroll><table>")) << "wide tables scroll";
    EXPECT_GT(count(html, "<table>"), 1U);
    for (const auto* tag : {"table", "tr", "td", "th", "div", "p", "h1", "h2", "body"}) {
      const auto name = std::string(tag);
      EXPECT_EQ(count(html, "<" + name + ">") + count(html, "<" + name + " "), count(html, "</" + name + ">"))
          << tag;
    }
  }

  static std::size_t count(const std::string& text, const std::string& part) {
    std::size_t times = 0;
    for (auto at = text.find(part); at != text.npos; at = text.find(part, at + 1)) ++times;
    return times;
  }
};

TEST_F(Pages, the_status_page_is_safe_and_readable_in_both_languages) {
  expect_safe_and_readable(status_page("ja"), "ja");
  expect_safe_and_readable(status_page("en"), "en");
  EXPECT_THAT(status_page("ja"), HasSubstr("警報はありません"));
  EXPECT_THAT(status_page("en"), HasSubstr("No alarms"));
  EXPECT_THAT(status_page("ja"), HasSubstr("<td class=n>22</td><td class=n>20</td><td class=n>2</td>"));
}

TEST_F(Pages, the_status_page_follows_its_link_to_the_other_language) {
  auto request = asked_in("en");
  request.query.emplace("lang", "ja");
  EXPECT_THAT(answer("/", std::move(request)).body, HasSubstr("<html lang=ja>"));
}

TEST_F(Pages, the_status_page_shows_an_alarm_with_its_remedy) {
  way_in.told.last_error = base::Error(base::ErrorKind::environment, "intake.folder");
  EXPECT_THAT(status_page("en"), HasSubstr("<div class=alarm>"));
  EXPECT_THAT(status_page("en"), HasSubstr(base::remedy(base::Language::english, "hub.alarm.way_in", {})));
}

TEST_F(Pages, the_receipt_says_what_came_and_what_became_of_it) {
  for (const auto* language : {"ja", "en"}) {
    const auto html = receipt_page(language);
    expect_safe_and_readable(html, language);
    EXPECT_THAT(html, HasSubstr("central-store"));
    EXPECT_THAT(html, HasSubstr("<td class=n>22</td><td class=n>20</td><td class=n>2</td>"));
    EXPECT_THAT(html, HasSubstr("mapping.value_not_understood")) << "why two are held";
  }
  EXPECT_THAT(receipt_page("ja"), HasSubstr("受領書"));
  EXPECT_THAT(receipt_page("en"), HasSubstr("Receipt"));
}

TEST_F(Pages, the_receipt_of_another_source_is_not_there) {
  auto request = asked_in("en");
  auto other = std::make_shared<net::Identity>();
  other->role = net::Role::sender;
  other->source = "other";
  request.identity = other;
  request.captured["id"] = "1";
  EXPECT_EQ(answer("/api/v1/submissions/{id}/receipt", std::move(request)).status, 404U);
}

}  // namespace
}  // namespace musubi::console
