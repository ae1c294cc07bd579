// What holds for every adapter: what it says of itself, and how it comes and goes.
#include <set>

#include "contract.h"
#include "musubi/base/text.h"

namespace musubi::testkit {
namespace {

using plugin::AdapterKind;

class ManifestContract : public AdapterContract {
 protected:
  base::Status make(const std::map<std::string, std::string>& options) {
    if (info_.kind == AdapterKind::source) {
      MUSUBI_TRY(host_.make_source(info_.name, *services_, options));
    } else {
      MUSUBI_TRY(host_.make_sink(info_.name, *services_, options));
    }
    return {};
  }
};

bool has_japanese(std::string_view text) { return base::display_width(text) > base::characters(text); }

TEST_F(ManifestContract, SaysWhatItIsInBothLanguages) {
  EXPECT_EQ(settings().library.filename(), plugin_host::library_file_name(info_.kind, info_.name));
  EXPECT_TRUE(has_japanese(info_.summary_japanese)) << info_.summary_japanese;
  EXPECT_FALSE(has_japanese(info_.summary_english)) << info_.summary_english;
  EXPECT_FALSE(base::malformed_utf8_at(info_.summary_japanese));
}

TEST_F(ManifestContract, OptionsAreDocumentedAndDistinct) {
  std::set<std::string_view> names;
  for (const auto& option : info_.options) {
    EXPECT_TRUE(names.insert(option.name).second) << option.name << " is there twice";
    EXPECT_TRUE(has_japanese(option.help_japanese)) << option.name;
    EXPECT_FALSE(option.help_english.empty()) << option.name;
    EXPECT_FALSE(has_japanese(option.help_english)) << option.name;
    EXPECT_LE(option.minimum, option.maximum) << option.name;
  }
}

TEST_F(ManifestContract, DefaultsAreValid) {
  const auto read = plugin::Options::read(info_.options, {});
  EXPECT_TRUE(read.has_value()) << base::describe(base::Language::english, read.error());
}

TEST_F(ManifestContract, UnknownOptionIsRefused) {
  auto given = options();
  given["no_such_option"] = "1";
  const auto made = make(given);
  ASSERT_TRUE(made.has_error());
  EXPECT_TRUE(made.error().code() == "plugin.unknown_option" || made.error().code() == "plugin.no_options")
      << made.error().code();
  EXPECT_EQ(made.error().adapter(), info_.name);
}

TEST_F(ManifestContract, IsMadeAndDestroyedRepeatedly) {
  for (int time = 0; time < 20; ++time) {
    const auto made = make(options());
    ASSERT_TRUE(made.has_value()) << base::describe(base::Language::english, made.error());
  }
}

TEST_F(ManifestContract, LoadsOnceUnderItsName) {
  const auto again = host_.load({settings().library});
  ASSERT_TRUE(again.has_error());
  EXPECT_EQ(again.error().code(), "plugin.name_taken");
}

}  // namespace
}  // namespace musubi::testkit
