#include "musubi/base/messages.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <optional>
#include <set>

namespace musubi::base {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

// Sets an environment variable and puts the old one back.
class Variable {
 public:
  Variable(const char* name, const char* value) : name_(name) {
    if (const char* before = std::getenv(name)) before_ = before;
    set(value);
  }
  ~Variable() { set(before_ ? before_->c_str() : nullptr); }
  Variable(const Variable&) = delete;
  Variable& operator=(const Variable&) = delete;

 private:
  void set(const char* value) const {
    if (value == nullptr) {
      ::unsetenv(name_);
    } else {
      ::setenv(name_, value, 1);
    }
  }
  const char* name_;
  std::optional<std::string> before_;
};

/// Names of the parts to be filled in; {label_ja} of the Japanese sentence answers {label_en} of the English
/// one.
std::set<std::string_view> parts_of(std::string_view text) {
  std::set<std::string_view> parts;
  for (auto open = text.find('{'); open != text.npos; open = text.find('{', open + 1)) {
    auto name = text.substr(open + 1, text.find('}', open) - open - 1);
    if (name.ends_with("_ja") || name.ends_with("_en")) name.remove_suffix(3);
    parts.insert(name);
  }
  return parts;
}

TEST(ChooseLanguage, PrefersTheOptionThenTheEnvironment) {
  const Variable all("LC_ALL", nullptr), messages("LC_MESSAGES", nullptr), language("LANG", "ja_JP.UTF-8");
  EXPECT_EQ(choose_language(""), Language::japanese);
  EXPECT_EQ(choose_language("en"), Language::english);
  const Variable overriding("LC_ALL", "C.UTF-8");
  EXPECT_EQ(choose_language(""), Language::english);
  EXPECT_EQ(choose_language("ja"), Language::japanese);
}

TEST(ChooseLanguage, IsEnglishWhenNothingIsSet) {
  const Variable all("LC_ALL", nullptr), messages("LC_MESSAGES", nullptr), language("LANG", nullptr);
  EXPECT_EQ(choose_language(""), Language::english);
}

TEST(Messages, AreSortedAndCompleteInBothLanguages) {
  EXPECT_TRUE(std::ranges::is_sorted(all_messages(), {}, &Message::id));
  for (const Message& message : all_messages()) {
    EXPECT_FALSE(message.japanese.empty()) << message.id;
    EXPECT_FALSE(message.english.empty()) << message.id;
    EXPECT_EQ(message.remedy_japanese.empty(), message.remedy_english.empty()) << message.id;
    EXPECT_EQ(parts_of(message.japanese), parts_of(message.english)) << message.id;
    EXPECT_EQ(find_message(message.id), &message);
  }
}

TEST(Messages, FillTheirParts) {
  EXPECT_EQ(say(Language::english, "file.too_large", {{"limit", "10"}}),
            "The file is larger than the limit of 10 bytes.");
  EXPECT_THAT(say(Language::japanese, "file.too_large", {{"limit", "10"}}), HasSubstr("10 バイト"));
  EXPECT_EQ(say(Language::english, "no.such_message"), "no.such_message");
  EXPECT_EQ(find_message("no.such_message"), nullptr);
  EXPECT_EQ(remedy(Language::english, "no.such_message"), "");
}

/// Whether a record, a part or a delivery can end for this reason, which lists then show without its parts.
bool may_be_a_reason(std::string_view id) {
  static constexpr std::string_view kRooms[] = {"csv.",
                                                "json.",
                                                "xml.",
                                                "xlsx.",
                                                "document.",
                                                "delivery.",
                                                "linkage.",
                                                "pipeline.no_",
                                                "mapping.value_rejected",
                                                "mapping.value_not_understood",
                                                "mapping.required_missing",
                                                "mapping.row_blank"};
  return std::ranges::any_of(kRooms, [id](std::string_view room) { return id.starts_with(room); });
}

TEST(Messages, HaveASummaryWithoutHolesWhereTheyAreReasons) {
  for (const Message& message : all_messages()) {
    if (!may_be_a_reason(message.id)) continue;
    for (const auto language : {Language::japanese, Language::english})
      EXPECT_EQ(summary(language, message.id).find("…"), std::string::npos) << message.id;
  }
}

TEST(Messages, AreSummarisedWithoutRemarksThatHaveParts) {
  EXPECT_EQ(summary(Language::english, "xml.malformed"), "This is not XML as it should be.");
  EXPECT_EQ(summary(Language::japanese, "xml.malformed"), "XML の書き方が正しくありません。");
  EXPECT_EQ(summary(Language::english, "mapping.required_missing"), "A value that must be there is blank.");
  EXPECT_THAT(summary(Language::japanese, "file.not_regular"), HasSubstr("（パイプ、装置など）"));
  EXPECT_EQ(summary(Language::english, "no.such_message"), "no.such_message");
}

TEST(Messages, DoNotFillPartsOfTheFilledIn) {
  const std::string text = say(Language::english, "file.too_large", {{"limit", "{limit}{x}"}});
  EXPECT_THAT(text, HasSubstr("{limit}{x}"));
}

TEST(Describe, SaysPlaceSentenceRemedyAndCauses) {
  const Error cause = Error(ErrorKind::environment, "file.not_found").at({.file = "b.csv"});
  const Error error = Error(ErrorKind::limit_exceeded, "file.too_large", {{"limit", "10"}})
                          .at({.file = "a.csv", .line = 3, .column = 7})
                          .because(cause);
  const std::string text = describe(Language::english, error);
  EXPECT_THAT(text, StartsWith("a.csv:3:7: The file is larger"));
  EXPECT_THAT(text, HasSubstr("\n  Split it"));
  EXPECT_THAT(text, HasSubstr("\n  - b.csv: There is no such file."));
}

TEST(Describe, KnowsAPlaceWithoutLine) {
  EXPECT_THAT(
      describe(Language::english, Error(ErrorKind::environment, "file.not_found").at({.file = "a.csv"})),
      StartsWith("a.csv: There"));
  EXPECT_THAT(describe(Language::english, Error(ErrorKind::environment, "file.not_found")),
              StartsWith("There"));
}

}  // namespace
}  // namespace musubi::base
