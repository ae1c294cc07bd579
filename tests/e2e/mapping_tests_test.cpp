// The tests of mappings through the program: every shipped one passes, and whatever is taken away is noticed.
#include <gmock/gmock.h>

#include <fstream>
#include <sstream>

#include "hub.h"
#include "own_configuration.h"

namespace {

using musubi::testing::Hub;
using musubi::testing::OwnConfiguration;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr const char* kFile = "osaka/onsets.yaml";

std::string text_of(const std::filesystem::path& file) {
  std::ostringstream text;
  text << std::ifstream(file, std::ios::binary).rdbuf();
  return std::move(text).str();
}

TEST(MappingTests, pass_for_every_mapping_and_notice_whatever_is_taken_away) {
  const auto outcome = Hub().run({"test", "--mutate", "--json"});
  EXPECT_EQ(outcome.exit_code, 0) << outcome.out << outcome.err;
  const auto sum = boost::json::parse(outcome.out).as_object();
  EXPECT_EQ(sum.at("failed").to_number<int>(), 0);
  EXPECT_GT(sum.at("parts").to_number<int>(), 500);
  EXPECT_EQ(sum.at("noticed"), sum.at("parts"));
}

TEST(MappingTests, tell_what_an_edit_changes_and_write_it_for_build_servers) {
  const OwnConfiguration own;
  const Hub hub(own.config());
  own.edit(kFile, "prefix: onset/", "prefix: '<onset>/'");
  const auto report = hub.folder().path() / "report.xml";
  const auto outcome = hub.run({"test", own.path("osaka").string(), "--junit", report.string()});
  EXPECT_EQ(outcome.exit_code, 1);
  EXPECT_THAT(outcome.out,
              HasSubstr("count.local_id: expected \"onset/2020-04-15\", came \"<onset>/2020-04-15\""));
  EXPECT_THAT(outcome.out, HasSubstr("onsets.yaml:" + own.line_of(kFile, "count.local_id:")));
  const auto xml = text_of(report);
  EXPECT_THAT(xml, HasSubstr("<testsuite name=\"osaka/onsets\""));
  EXPECT_THAT(xml, HasSubstr("came &quot;&lt;onset&gt;/2020-04-15&quot;"));
  EXPECT_THAT(xml, Not(HasSubstr("tokyo/positive-cases")));
}

TEST(MappingTests, show_the_word_of_a_value_set_that_means_something_else_now) {
  const OwnConfiguration own;
  const Hub hub(own.config());
  own.edit("valuesets/condition.yaml", "synonyms: [無症状病原体保有者, 症状なし]",
           "synonyms: [無症状病原体保有者, 重症化]");
  own.edit("valuesets/condition.yaml", "ja: 軽症", "ja: 軽い");
  const auto outcome = hub.run({"test", "--lang", "ja"});
  EXPECT_EQ(outcome.exit_code, 1);
  EXPECT_THAT(outcome.out, HasSubstr("valuesets/condition"));
  EXPECT_THAT(outcome.out, HasSubstr("patient.condition: 期待「mild」、結果「(unreadable)」"));
}

}  // namespace
