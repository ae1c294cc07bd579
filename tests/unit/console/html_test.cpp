#include "html.h"

#include <gmock/gmock.h>

namespace musubi::console {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

TEST(Html, what_is_put_in_cannot_become_markup) {
  EXPECT_EQ(escaped(R"(<b a="1" b='2'>&amp;)"), "&lt;b a=&quot;1&quot; b=&#39;2&#39;&gt;&amp;amp;");
  EXPECT_EQ(escaped("感染症 2020"), "感染症 2020");
  EXPECT_EQ(escaped(""), "");
  EXPECT_EQ(element("p", "</p><script>"), "<p>&lt;/p&gt;&lt;script&gt;</p>");
}

TEST(Html, every_character_that_ends_a_text_or_an_attribute_is_escaped) {
  for (int byte = 1; byte < 128; ++byte) {
    const std::string one(1, static_cast<char>(byte));
    const bool dangerous = std::string("<>&\"'").find(one) != std::string::npos;
    EXPECT_EQ(escaped(one) != one, dangerous) << byte;
  }
}

TEST(Html, cells_of_tables_are_escaped_and_numbers_stand_right) {
  const std::vector<std::string> head{"name", "count"};
  const std::vector<std::vector<std::string>> rows{{"<i>", "7"}};
  EXPECT_EQ(table(head, rows, 1),
            "<div class=scroll><table><thead><tr><th>name</th><th class=n>count</th></tr></thead>"
            "<tbody><tr><td>&lt;i&gt;</td><td class=n>7</td></tr></tbody></table></div>");
}

TEST(Html, a_page_says_its_language_fits_a_phone_and_refreshes_where_asked) {
  const auto plain = page({.title = "A & B", .language = base::Language::japanese, .body = "<p>x</p>"});
  EXPECT_EQ(plain.content_type, "text/html; charset=utf-8");
  EXPECT_THAT(plain.body, HasSubstr("<html lang=ja>"));
  EXPECT_THAT(plain.body, HasSubstr("<title>A &amp; B</title>"));
  EXPECT_THAT(plain.body, HasSubstr("content=\"width=device-width,initial-scale=1\""));
  EXPECT_THAT(plain.body, Not(HasSubstr("http-equiv=refresh")));
  EXPECT_THAT(page({.title = "A", .refresh_seconds = 2, .body = ""}).body,
              HasSubstr("<meta http-equiv=refresh content=2>"));
}

}  // namespace
}  // namespace musubi::console
