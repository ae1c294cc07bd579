// Three evaluators on random policies: one written here as plainly as the rule of precedence can be said, the
// one that explains decisions, and the compiled one that protects.
#include <gtest/gtest.h>

#include <optional>
#include <random>

#include "musubi/privacy/policy.h"
#include "small_catalogue.h"

namespace musubi::privacy {
namespace {

using model::FieldNumber;
using model::RecordBatch;
using model::Value;
using test::day;

constexpr const char* kRecipients[] = {"central-store", "statistics"};
constexpr const char* kPurposes[] = {"surveillance", "statistics"};
constexpr const char* kClasses[] = {"direct_identifier", "quasi_identifier", "sensitive", "operational"};
constexpr const char* kEffects[] = {"release", "mask", "forbid"};

struct PlainRule {
  std::string name;
  bool own = false;
  std::string effect, recipient, purpose;
  std::string personal_class, field;  ///< one of them
  std::optional<std::chrono::sys_days> from, to;

  bool holds(const model::Field& asked, const Request& request, std::chrono::sys_days on) const {
    if (from && on < *from) return false;
    if (to && on >= *to) return false;
    if (!field.empty() && asked.id != field) return false;
    if (!personal_class.empty() && model::name_of(asked.personal_class) != personal_class) return false;
    return (recipient == "*" || recipient == request.recipient) &&
           (purpose == "*" || purpose == request.purpose) && request.basis == "law" &&
           request.jurisdiction == "130001";
  }
};

std::string iso(std::chrono::sys_days on) { return model::to_text(base::partial_date(on)); }

std::string yaml(const PlainRule& rule) {
  std::string text = "  - {id: " + rule.name + ", effect: " + rule.effect + ", recipient: '" +
                     rule.recipient + "', purpose: '" + rule.purpose +
                     "', basis: law, because: {ja: あ, en: a}";
  text += rule.field.empty() ? ", classes: [" + rule.personal_class + "]" : ", fields: [" + rule.field + "]";
  if (rule.from) text += ", from: " + iso(*rule.from);
  if (rule.to) text += ", to: " + iso(*rule.to);
  return text + "}\n";
}

/// forbid; else own over inherited; else field over class.
std::string expected(const std::vector<PlainRule>& rules, const model::Field& field, const Request& request,
                     std::chrono::sys_days on) {
  for (const auto& rule : rules)
    if (rule.effect == "forbid" && rule.holds(field, request, on)) return "withhold";
  for (const bool own : {true, false})
    for (const bool narrow : {true, false})
      for (const auto& rule : rules)
        if (rule.own == own && rule.field.empty() != narrow && rule.holds(field, request, on))
          return rule.effect;
  return "withhold";
}

class Evaluators : public ::testing::TestWithParam<unsigned> {
 protected:
  std::mt19937 random{GetParam()};
  std::shared_ptr<const model::Catalogue> catalogue = test::catalogue_of();

  std::size_t below(std::size_t limit) { return random() % limit; }
  template <std::size_t N>
  std::string any(const char* const (&words)[N]) {
    return words[below(N)];
  }
  std::chrono::sys_days any_day() { return day(2020, 1, 1) + std::chrono::days(below(40)); }

  PlainRule any_rule(std::size_t number) {
    PlainRule rule{.name = "r" + std::to_string(number),
                   .own = below(3) == 0,
                   .effect = any(kEffects),
                   .recipient = any(kRecipients),
                   .purpose = any(kPurposes),
                   .personal_class = {},
                   .field = {},
                   .from = {},
                   .to = {}};
    if (rule.effect == "forbid" && below(2) == 0) rule.recipient = rule.purpose = "*";
    if (below(2) == 0)
      rule.field = catalogue->fields()[below(catalogue->fields().size())].id;
    else
      rule.personal_class = any(kClasses);
    if (below(3) != 0) rule.from = any_day();
    if (below(3) != 0)
      rule.to = (rule.from ? *rule.from : day(2020, 1, 1)) + std::chrono::days(1 + below(30));
    return rule;
  }
  /// Rules added one by one; those that would conflict are left out by the loader's own word.
  std::shared_ptr<const Policies> any_policies(std::vector<PlainRule>& rules) {
    std::shared_ptr<const Policies> policies;
    for (std::size_t number = 0; number < 14; ++number) {
      rules.push_back(any_rule(number));
      std::string inherited, own;
      for (const auto& rule : rules) (rule.own ? own : inherited) += yaml(rule);
      auto loaded = test::try_policies(test::pack_of(inherited.empty() ? "  []" : inherited), catalogue,
                                       std::string(test::kTokyo) + (own.empty() ? "" : "rules:\n" + own));
      if (loaded.has_error()) {
        EXPECT_EQ(loaded.error().code(), "privacy.conflict");
        rules.pop_back();
      } else {
        policies = *loaded;
      }
    }
    return policies;
  }
  Request any_request() {
    return {below(10) == 0 ? "270008" : "130001", below(10) == 0 ? "other" : "law", any(kPurposes),
            any(kRecipients)};
  }
};

/// One record with a value in every field that is not a member of a group, on the given day.
std::shared_ptr<RecordBatch> full_record(const std::shared_ptr<const model::Catalogue>& catalogue,
                                         std::chrono::sys_days on) {
  std::vector<FieldNumber> fields;
  for (const auto& field : catalogue->fields())
    if (field.group == model::kNoField) fields.push_back(field.number);
  auto batch = std::make_shared<RecordBatch>(std::make_shared<const model::RecordLayout>(
      model::make_layout(catalogue, model::RecordKind::case_report, fields)));
  const auto values = batch->add({});
  for (auto& value : values) value = Value::date(base::partial_date(on));
  return batch;
}

TEST_P(Evaluators, Agree) {
  std::vector<PlainRule> rules;
  const auto policies = any_policies(rules);
  ASSERT_NE(policies, nullptr);
  for (int round = 0; round < 25; ++round) {
    const auto request = any_request();
    const auto on = day(2019, 12, 30) + std::chrono::days(below(80));
    const auto batch = full_record(catalogue, on);
    Protector protector(policies, request, "r");
    const std::uint32_t chosen[] = {0};
    const model::DisclosureKey keys[1] = {};
    const auto disclosed = protector.protect(batch, chosen, keys, "s", 1,
                                             catalogue->number_of("report.published_on"), day(2020, 1, 15));
    bool something = false;
    for (const auto number : batch->layout().slots) {
      const auto& field = catalogue->at(number);
      const auto wanted = expected(rules, field, request, on);
      something = something || wanted == "release";
      EXPECT_EQ(name_of(policies->decide(request, number, on).treatment), wanted) << field.id;
      if (disclosed.empty()) continue;
      const int slot = disclosed[0].layout().slot(number);
      if (wanted == "withhold") {
        EXPECT_EQ(slot, -1) << field.id;
        continue;
      }
      ASSERT_GE(slot, 0) << field.id;
      const auto& value = disclosed[0].values(0)[static_cast<std::size_t>(slot)];
      EXPECT_EQ(value.is_absent(), wanted == "mask") << field.id;
      EXPECT_EQ(disclosed[0].rules()[static_cast<std::size_t>(slot)],
                policies->decide(request, number, on).rule);
    }
    EXPECT_EQ(disclosed.empty(), !something);
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, Evaluators, testing::Range(1U, 21U));

}  // namespace
}  // namespace musubi::privacy
