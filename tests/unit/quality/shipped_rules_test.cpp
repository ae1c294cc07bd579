// The rules of config/checks against records written in shipped_rules.csv.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "house.h"
#include "record_text.h"

namespace musubi::quality {
namespace {

using namespace std::chrono_literals;

constexpr std::chrono::sys_days kToday = 2020y / 6 / 1;

class ShippedRules : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    auto loaded = Checks::load(test::project() / "config" / "checks", test::catalogue(), test::value_sets());
    ASSERT_TRUE(loaded.has_value()) << base::describe(base::Language::english, loaded.error());
    checks_ = *loaded;
  }
  static void TearDownTestSuite() { checks_.reset(); }

  static std::string codes_for(const std::string& record) {
    const auto assignments = test::assignments_of(record);
    auto batch = test::batch_of(test::catalogue(), assignments);
    checks_->run(batch, kToday);
    std::vector<std::string> codes;
    for (const auto& finding : batch.findings()) codes.emplace_back(finding.code);
    std::ranges::sort(codes);
    std::string all;
    for (const auto& code : codes) all += (all.empty() ? "" : " ") + code;
    return all.empty() ? "-" : all;
  }
  static std::shared_ptr<const Checks> checks_;
};
std::shared_ptr<const Checks> ShippedRules::checks_;

TEST_F(ShippedRules, SayWhatTheTableSays) {
  std::ifstream file(test::project() / "tests" / "unit" / "quality" / "shipped_rules.csv");
  int lines = 0;
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with('#')) continue;
    const auto first = line.find('|'), second = line.find('|', first + 1);
    ASSERT_NE(second, std::string::npos) << line;
    EXPECT_EQ(codes_for(line.substr(0, first)), line.substr(first + 1, second - first - 1)) << line;
    ++lines;
  }
  EXPECT_GT(lines, 30);
}

TEST_F(ShippedRules, AreCompleteInBothLanguages) {
  const auto rules = checks_->rules();
  EXPECT_GT(rules.size(), 30U);
  for (const CheckInfo& rule : rules) {
    EXPECT_FALSE(rule.japanese.empty() || rule.english.empty()) << rule.code;
    ASSERT_NE(checks_->find(rule.code), nullptr) << rule.code;
    EXPECT_EQ(checks_->find(rule.code)->english, rule.english);
  }
  EXPECT_EQ(checks_->find("case.no_such_rule"), nullptr);
}

TEST_F(ShippedRules, LookIntoEveryItemOfAGroup) {
  const auto catalogue = test::catalogue();
  const auto group = catalogue->number_of("test");
  const auto members = catalogue->members_of(group);
  const auto position = [&](std::string_view id) {
    return static_cast<std::size_t>(std::ranges::find(members, catalogue->number_of(id)) - members.begin());
  };
  auto batch = test::batch_of(catalogue, {{"report.local_id", "1"},
                                          {"report.date", "2020-04-05"},
                                          {"patient.sex", "male"},
                                          {"patient.age", "40"},
                                          {"test", ""}});
  const auto test_on = [&](base::PartialDate collected, base::PartialDate result) {
    const auto item = batch.keep_list(members.size());
    item[position("test.collected_on")] = model::Value::date(collected);
    item[position("test.result_date")] = model::Value::date(result);
    return model::Value::list(item);
  };
  const auto items = batch.keep_list(2);
  items[0] = test_on({2020, 4, 1}, {2020, 4, 2});
  items[1] = test_on({2020, 4, 3}, {2020, 4, 2});
  batch.values(0)[static_cast<std::size_t>(batch.layout().slot(group))] = model::Value::list(items);
  checks_->run(batch, kToday);
  ASSERT_EQ(batch.findings().size(), 1U);
  EXPECT_EQ(batch.findings()[0].code, "case.test_specimen_after_result");
  EXPECT_EQ(batch.findings()[0].severity, model::Severity::error);
  EXPECT_EQ(batch.findings()[0].field, catalogue->number_of("test.collected_on"));
}

}  // namespace
}  // namespace musubi::quality
