#include "musubi/plugin/options.h"

#include <gtest/gtest.h>

#include <array>
#include <stdexcept>

#include "musubi/base/messages.h"

namespace musubi::plugin {
namespace {

using Given = std::map<std::string, std::string>;

constexpr std::array kTable{
    Option{.name = "encoding",
           .default_value = "detect",
           .help_japanese = "",
           .help_english = "",
           .choices = "detect|utf8|cp932"},
    Option{.name = "batch",
           .type = OptionType::integer,
           .default_value = "100",
           .help_japanese = "",
           .help_english = "",
           .minimum = 1,
           .maximum = 1000},
    Option{.name = "strict",
           .type = OptionType::boolean,
           .default_value = "no",
           .help_japanese = "",
           .help_english = ""},
    Option{.name = "folder",
           .type = OptionType::path,
           .default_value = "",
           .help_japanese = "",
           .help_english = ""},
    Option{.name = "patience",
           .type = OptionType::duration,
           .default_value = "30s",
           .help_japanese = "",
           .help_english = ""},
};

std::string code_for(const Given& given) {
  const auto options = Options::read(kTable, given);
  return options.has_error() ? options.error().code() : "";
}

TEST(Options, DefaultsFillWhatIsNotGiven) {
  const auto options = Options::read(kTable, {});
  ASSERT_TRUE(options.has_value());
  EXPECT_EQ(options->text("encoding"), "detect");
  EXPECT_EQ(options->integer("batch"), 100);
  EXPECT_FALSE(options->boolean("strict"));
  EXPECT_EQ(options->text("folder"), "");
  EXPECT_EQ(options->duration("patience"), std::chrono::seconds(30));
}

TEST(Options, ReadsEveryType) {
  const auto options = Options::read(kTable, {{"encoding", "cp932"},
                                              {"batch", " 1,000 "},
                                              {"strict", "on"},
                                              {"folder", "/var/musubi"},
                                              {"patience", "2h"}});
  ASSERT_TRUE(options.has_value());
  EXPECT_EQ(options->text("encoding"), "cp932");
  EXPECT_EQ(options->integer("batch"), 1000);
  EXPECT_TRUE(options->boolean("strict"));
  EXPECT_EQ(options->text("folder"), "/var/musubi");
  EXPECT_EQ(options->duration("patience"), std::chrono::hours(2));
}

TEST(Options, RefusesWhatDoesNotFit) {
  EXPECT_EQ(code_for({{"encoding", "latin1"}}), "plugin.option_not_a_choice");
  EXPECT_EQ(code_for({{"encoding", ""}}), "plugin.option_not_a_choice");
  EXPECT_EQ(code_for({{"batch", "many"}}), "plugin.bad_option");
  EXPECT_EQ(code_for({{"batch", "0"}}), "plugin.option_out_of_range");
  EXPECT_EQ(code_for({{"batch", "1001"}}), "plugin.option_out_of_range");
  EXPECT_EQ(code_for({{"strict", "perhaps"}}), "plugin.bad_option");
  EXPECT_EQ(code_for({{"folder", std::string("a\0b", 3)}}), "plugin.bad_option");
  for (const auto* patience : {"30", "-1s", "s", "1 fortnight", "1e3s", "9223372036854775807d"}) {
    EXPECT_EQ(code_for({{"patience", patience}}), "plugin.bad_option") << patience;
  }
}

TEST(Options, MisspeltNameIsAnsweredWithTheNearest) {
  const auto options = Options::read(kTable, {{"encodng", "utf8"}});
  ASSERT_TRUE(options.has_error());
  EXPECT_EQ(options.error().code(), "plugin.misspelt_option");
  const auto sentence = base::describe(base::Language::english, options.error());
  EXPECT_NE(sentence.find("Did you mean encoding?"), std::string::npos) << sentence;
}

TEST(Options, UnknownNameIsAnsweredWithAllNames) {
  const auto options = Options::read(kTable, {{"no_such_option", "1"}});
  ASSERT_TRUE(options.has_error());
  EXPECT_EQ(options.error().code(), "plugin.unknown_option");
  const auto sentence = base::describe(base::Language::english, options.error());
  EXPECT_NE(sentence.find("encoding, batch, strict, folder, patience"), std::string::npos) << sentence;
  EXPECT_EQ(Options::read({}, {{"a", "1"}}).error().code(), "plugin.no_options");
}

TEST(Options, ErrorsDoNotRepeatTheValue) {
  for (const auto& option : kTable) {
    const auto options = Options::read(kTable, {{std::string(option.name), std::string("hunter2\0", 8)}});
    ASSERT_TRUE(options.has_error()) << option.name;
    for (const auto language : {base::Language::japanese, base::Language::english}) {
      EXPECT_EQ(base::describe(language, options.error()).find("hunter2"), std::string::npos) << option.name;
    }
  }
}

TEST(Options, AskingForAnotherOptionIsAFaultOfTheAdapter) {
  const auto options = Options::read(kTable, {});
  ASSERT_TRUE(options.has_value());
  EXPECT_THROW(options->text("elsewhere"), std::logic_error);
}

TEST(Options, BadDefaultIsRefusedLikeABadValue) {
  constexpr std::array kBad{Option{.name = "batch",
                                   .type = OptionType::integer,
                                   .default_value = "ten",
                                   .help_japanese = "",
                                   .help_english = ""}};
  EXPECT_EQ(Options::read(kBad, {}).error().code(), "plugin.bad_option");
}

}  // namespace
}  // namespace musubi::plugin
