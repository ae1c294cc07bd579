// What is taken for plain at a glance has the form of its type, whatever lies behind it.
#include "plain_text.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>

#include "type_rules.h"

namespace musubi::fhir {
namespace {

constexpr std::string_view kSigns[] = {"a", "Z", "0",  "/", ":",    "#",  "|",  "%", "&",      "\"",
                                       " ", "<", "\t", "-", "\x7f", "結", "　", "é", "\u00a0", "😀"};

std::string some_text(std::mt19937& random) {
  std::string text;
  for (auto count = random() % 40; count != 0; --count) text += kSigns[random() % std::size(kSigns)];
  return text;
}

bool is_plain_by_definition(std::string_view text, PlainForm form) {
  return form.least != 0 && !text.empty() && static_cast<unsigned char>(text.front()) > ' ' &&
         std::ranges::all_of(text, [form](char sign) {
           const auto byte = static_cast<unsigned char>(sign);
           return byte >= form.least && byte != form.never;
         });
}

TEST(PlainTexts, AreOfTheFormOfTheirType) {
  std::mt19937 random(11);
  std::size_t plain = 0;
  for (int count = 0; count < 3000; ++count) {
    const auto text = some_text(random);
    for (const auto& rules : r4_type_rules()) {
      if (rules.form == nullptr || !is_plain_by_definition(text, rules.plain)) continue;
      ++plain;
      EXPECT_TRUE(rules.form(text)) << text;
    }
  }
  EXPECT_GT(plain, 1000U);
}

TEST(PlainTexts, AreFoundWhereverTheyLie) {
  std::mt19937 random(12);
  for (int count = 0; count < 3000; ++count) {
    const auto before = some_text(random);
    const auto text = some_text(random);
    const auto document = before + text + some_text(random);
    const auto inside = std::string_view(document).substr(before.size(), text.size());
    for (const PlainForm form : {PlainForm{}, PlainForm{.least = ' '}, PlainForm{.least = ' ' + 1},
                                 PlainForm{.least = ' ', .never = '<'}}) {
      const bool wanted = is_plain_by_definition(text, form);
      EXPECT_EQ(PlainTexts(document).has(inside, form), wanted) << text;
      EXPECT_EQ(PlainTexts(document).has(text, form), wanted) << text;
      EXPECT_EQ(PlainTexts({}).has(text, form), wanted) << text;
    }
  }
}

}  // namespace
}  // namespace musubi::fhir
