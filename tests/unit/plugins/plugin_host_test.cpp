#include "musubi/plugin_host/plugin_host.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>

#include "musubi/base/file.h"
#include "musubi/base/messages.h"
#include "musubi/testkit/test_services.h"
#include "temporary_folder.h"

namespace musubi::plugin_host {
namespace {

using std::filesystem::path;

path broken(const std::string& name) { return path(MUSUBI_BROKEN_FOLDER) / (name + ".so"); }

std::string code_of(const base::Status& status) { return status.has_error() ? status.error().code() : ""; }

std::vector<std::string> codes_of(const base::Status& status) {
  std::vector<std::string> codes;
  if (status.has_value()) return codes;
  const auto error = status.error();
  for (const auto* each = &error; each != nullptr; each = each->cause()) codes.push_back(each->code());
  return codes;
}

class PluginHostTest : public ::testing::Test {
 protected:
  static void SetUpTestSuite() { unsetenv("MUSUBI_TEST_CODE_RAN"); }

  static plugin::HostServices& services() {
    static const musubi::testing::TemporaryFolder kFolder;
    static auto loaded = testkit::TestServices::load(MUSUBI_PROJECT_FOLDER, kFolder.path());
    return **loaded;
  }

  std::string code_making(const std::string& name, const std::map<std::string, std::string>& options = {}) {
    const auto made = host_.make_source(name, services(), options);
    return made.has_error() ? made.error().code() : "";
  }

  musubi::testing::TemporaryFolder folder_;
  PluginHost host_;
};

TEST_F(PluginHostTest, LoadsWhatFits) {
  ASSERT_EQ(code_of(host_.load({broken("sound")})), "");
  const auto plugins = host_.plugins();
  ASSERT_EQ(plugins.size(), 1U);
  EXPECT_EQ(plugins[0].name, "sound");
  EXPECT_EQ(plugins[0].kind, plugin::AdapterKind::source);
  EXPECT_EQ(plugins[0].build_stamp, plugin::kBuildStamp);
  ASSERT_EQ(plugins[0].options.size(), 1U);
  EXPECT_EQ(plugins[0].options[0].name, "folder");
  EXPECT_EQ(code_making("sound"), "");
}

struct Refusal {
  const char* library;
  const char* code;
};

class RefusedLibrary : public ::testing::TestWithParam<Refusal> {};

TEST_P(RefusedLibrary, IsRefusedWithASentenceAndARemedy) {
  PluginHost host;
  const auto status = host.load({broken(GetParam().library)});
  ASSERT_EQ(code_of(status), GetParam().code);
  EXPECT_TRUE(host.plugins().empty());
  for (const auto language : {base::Language::japanese, base::Language::english}) {
    const auto sentence = base::describe(language, status.error());
    EXPECT_NE(sentence.find(GetParam().library), std::string::npos) << sentence;
    EXPECT_EQ(sentence.find('{'), std::string::npos) << sentence;
    EXPECT_EQ(sentence.find("Illegal seek"), std::string::npos) << sentence;
    EXPECT_FALSE(base::remedy(language, status.error().code(), status.error().arguments()).empty());
  }
}

INSTANTIATE_TEST_SUITE_P(Broken, RefusedLibrary,
                         ::testing::Values(Refusal{"no_such_file", "plugin.not_found"},
                                           Refusal{"no_alias", "plugin.alias_missing"},
                                           Refusal{"no_maker", "plugin.alias_missing"},
                                           Refusal{"old_version", "plugin.wrong_version"},
                                           Refusal{"other_sdk", "plugin.wrong_stamp"},
                                           Refusal{"forged_stamp", "plugin.wrong_stamp"},
                                           Refusal{"short_manifest", "plugin.bad_manifest"},
                                           Refusal{"bad_name", "plugin.bad_manifest"},
                                           Refusal{"no_summary", "plugin.bad_manifest"},
                                           Refusal{"bad_options", "plugin.bad_manifest"},
                                           Refusal{"missing_symbol", "plugin.broken_library"}),
                         [](const auto& refusal) { return std::string(refusal.param.library); });

TEST_F(PluginHostTest, NothingOfAMisfitRunsBeforeItIsRefused) {
  EXPECT_EQ(code_of(host_.load({broken("old_version")})), "plugin.wrong_version");
  EXPECT_EQ(code_of(host_.load({broken("other_sdk")})), "plugin.wrong_stamp");
  EXPECT_EQ(std::getenv("MUSUBI_TEST_CODE_RAN"), nullptr);
}

TEST_F(PluginHostTest, MissingSymbolIsNamed) {
  const auto status = host_.load({broken("missing_symbol")});
  ASSERT_TRUE(status.has_error());
  const auto sentence = base::describe(base::Language::english, status.error());
  EXPECT_NE(sentence.find("musubi_function_that_is_nowhere"), std::string::npos) << sentence;
}

TEST_F(PluginHostTest, OtherFilesAreNoLibraries) {
  EXPECT_EQ(code_of(host_.load({folder_.path()})), "plugin.not_a_library");
  EXPECT_EQ(code_of(host_.load({folder_.write("empty.so", "")})), "plugin.not_a_library");
  EXPECT_EQ(code_of(host_.load({folder_.write("text.so", "#!/bin/sh\nexit 0\n")})), "plugin.not_a_library");
  EXPECT_EQ(code_of(host_.load({"/dev/null"})), "plugin.not_a_library");
  EXPECT_EQ(code_of(host_.load({"/proc/self/exe"})), "plugin.alias_missing");
}

TEST_F(PluginHostTest, TruncatedLibraryIsRefusedAtEveryLength) {
  const auto whole = base::read_file(broken("sound"), 64U << 20);
  ASSERT_TRUE(whole.has_value());
  const auto step = whole->size() / 97;
  for (std::size_t length = 0; length < whole->size(); length += step) {
    const auto cut = folder_.write("cut.so", std::string_view(*whole).substr(0, length));
    const auto code = code_of(host_.load({cut}));
    EXPECT_EQ(code, length < 4 ? "plugin.not_a_library" : "plugin.broken_library") << length;
  }
  const auto all_but_one = folder_.write("cut.so", std::string_view(*whole).substr(0, whole->size() - 1));
  EXPECT_EQ(code_of(host_.load({all_but_one})), "plugin.broken_library");
}

TEST_F(PluginHostTest, ForgedTablesAreRefused) {
  auto bytes = base::read_file(broken("sound"), 64U << 20);
  ASSERT_TRUE(bytes.has_value());
  for (const std::size_t at :
       {4, 16, 18, 40, 47, 54, 58, 62}) {  // class, type, machine, tables of the ELF header
    auto forged = *bytes;
    forged[at] = static_cast<char>(forged[at] ^ 0x7F);
    EXPECT_EQ(code_of(host_.load({folder_.write("forged.so", forged)})), "plugin.broken_library") << at;
  }
}

TEST_F(PluginHostTest, AllOrNone) {
  const auto status = host_.load({broken("sound"), broken("no_alias"), broken("other_sdk")});
  EXPECT_EQ(codes_of(status), (std::vector<std::string>{"plugin.alias_missing", "plugin.wrong_stamp"}));
  EXPECT_TRUE(host_.plugins().empty());
  EXPECT_EQ(code_making("sound"), "plugin.not_loaded");
  EXPECT_EQ(code_of(host_.load({broken("sound")})), "");
  EXPECT_EQ(code_of(host_.load({broken("silent"), broken("no_alias")})), "plugin.alias_missing");
  EXPECT_EQ(host_.plugins().size(), 1U);
}

TEST_F(PluginHostTest, ANameIsTakenOnce) {
  EXPECT_EQ(code_of(host_.load({broken("sound"), broken("twin")})), "plugin.name_taken");
  EXPECT_EQ(code_of(host_.load({broken("sound"), broken("sound")})), "plugin.name_taken");
  ASSERT_EQ(code_of(host_.load({broken("sound")})), "");
  EXPECT_EQ(code_of(host_.load({broken("twin")})), "plugin.name_taken");
}

TEST_F(PluginHostTest, NamesWhatIsThereWhenAskedForAnother) {
  ASSERT_EQ(code_of(host_.load({broken("sound")})), "");
  const auto made = host_.make_source("tokio", services(), {});
  ASSERT_TRUE(made.has_error());
  EXPECT_NE(base::describe(base::Language::english, made.error()).find("sound"), std::string::npos);
  EXPECT_EQ(host_.make_sink("sound", services(), {}).error().code(), "plugin.not_loaded");
}

TEST_F(PluginHostTest, OptionsAreCheckedByTheManifest) {
  ASSERT_EQ(code_of(host_.load({broken("sound"), broken("silent")})), "");
  EXPECT_EQ(code_making("sound", {{"folder", "/tmp"}}), "");
  EXPECT_EQ(code_making("sound", {{"foldr", "/tmp"}}), "plugin.misspelt_option");
  EXPECT_EQ(code_making("silent", {{"folder", "/tmp"}}), "plugin.no_options");
}

TEST_F(PluginHostTest, FailuresToStartAreErrors) {
  ASSERT_EQ(code_of(host_.load({broken("silent"), broken("refusing"), broken("throwing")})), "");
  EXPECT_EQ(code_making("silent"), "plugin.made_nothing");
  EXPECT_EQ(code_making("refusing"), "file.not_permitted");
  const auto thrown = host_.make_source("throwing", services(), {});
  ASSERT_TRUE(thrown.has_error());
  EXPECT_EQ(thrown.error().code(), "plugin.exception");
  EXPECT_EQ(thrown.error().adapter(), "throwing");
  EXPECT_EQ(base::describe(base::Language::japanese, thrown.error()).find("禁句"), std::string::npos);
}

TEST_F(PluginHostTest, WhatAnAdapterThrowsIsAnErrorThatNamesItAndNothingElse) {
  ASSERT_EQ(code_of(host_.load({broken("throwing_later")})), "");
  const auto source = *host_.make_source("throwing_later", services(), {});
  const auto recognised = source->recognise({}, {});
  ASSERT_TRUE(recognised.has_error());
  EXPECT_EQ(recognised.error().code(), "plugin.exception");
  EXPECT_EQ(recognised.error().kind(), base::ErrorKind::defect);
  EXPECT_EQ(recognised.error().adapter(), "throwing_later");
  EXPECT_EQ(base::describe(base::Language::japanese, recognised.error()).find("禁句"), std::string::npos);

  plugin::Part named;
  named.name = "named";
  EXPECT_EQ(source->open({}, named).error().code(), "plugin.made_nothing");

  const auto rows = *source->open({}, {});
  document::RowBatch batch;
  const auto read = rows->read(batch, 10);
  ASSERT_TRUE(read.has_error());
  EXPECT_EQ(read.error().code(), "plugin.out_of_memory");
  EXPECT_EQ(read.error().kind(), base::ErrorKind::environment) << "the sender is not to blame";
  EXPECT_EQ(rows->consumed(), 0U) << "of what the call read nobody was given anything";
}

TEST_F(PluginHostTest, AnAdapterMayOutliveItsHost) {
  std::unique_ptr<plugin::Source> source;
  {
    PluginHost passing;
    ASSERT_EQ(code_of(passing.load({broken("sound")})), "");
    source = *passing.make_source("sound", services(), {});
  }
  EXPECT_TRUE(source->open({}, {}).has_error());
}

TEST_F(PluginHostTest, InspectReportsLikeLoad) {
  const auto sound = inspect(broken("sound"));
  ASSERT_TRUE(sound.has_value());
  EXPECT_EQ(sound->name, "sound");
  EXPECT_EQ(inspect(broken("other_sdk")).error().code(), "plugin.wrong_stamp");
}

TEST(LibraryFileName, FollowsKindAndName) {
  EXPECT_EQ(library_file_name(plugin::AdapterKind::source, "tokyo"), "musubi_source_tokyo.so");
  EXPECT_EQ(library_file_name(plugin::AdapterKind::sink, "sqlite"), "musubi_sink_sqlite.so");
}

}  // namespace
}  // namespace musubi::plugin_host
