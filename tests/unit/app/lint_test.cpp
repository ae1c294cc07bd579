// Every case of lint/KIND/ is linted as `musubi lint CASE` does in that folder, and what it prints is
// compared with CASE.ja.txt and CASE.en.txt beside it. A case is a file, or a folder; one with settings.yaml
// is its own configuration, the others are looked at with the one of this repository. MUSUBI_UPDATE_GOLDEN=1
// writes the texts anew: read the difference before keeping it.
#include <gmock/gmock.h>

#include <algorithm>
#include <boost/json.hpp>
#include <cstdlib>
#include <fstream>
#include <set>
#include <sstream>

#include "lint_out.h"

namespace musubi::app {
namespace {

namespace fs = std::filesystem;
using base::Language;

const fs::path kProject = MUSUBI_PROJECT_FOLDER;
const fs::path kCases = kProject / "tests/unit/app/lint";
constexpr std::array kLanguages{Language::japanese, Language::english};

std::string read(const fs::path& file) {
  std::ostringstream text;
  text << std::ifstream(file, std::ios::binary).rdbuf();
  return text.str();
}

std::vector<fs::path> cases_of_all_kinds(bool texts) {
  std::vector<fs::path> cases;
  for (const auto& kind : fs::directory_iterator(kCases)) {
    if (!kind.is_directory()) continue;
    for (const auto& entry : fs::directory_iterator(kind))
      if ((entry.path().extension() == ".txt") == texts) cases.push_back(entry.path());
  }
  std::ranges::sort(cases);
  return cases;
}

/// Files elsewhere in this repository are named from its top.
std::string without_project(std::string text) {
  const auto project = kProject.string() + '/';
  for (auto at = text.find(project); at != text.npos; at = text.find(project, at))
    text.erase(at, project.size());
  return text;
}

/// Catalogue and value sets of this repository, read once.
Workshop& own_workshop() {
  static Workshop workshop({.config = (kProject / "config/musubi.yaml").string()});
  return workshop;
}

/// In the folder of the cases, so that files are named as a person there names them.
class Lint : public ::testing::TestWithParam<fs::path> {
 protected:
  void SetUp() override { fs::current_path(GetParam().parent_path()); }
  void TearDown() override { fs::current_path(kProject); }

  static LintReport report() {
    const auto name = GetParam().filename();
    const auto settings = name / "settings.yaml";
    Workshop own({.config = settings.string()});
    auto found = collect_findings(fs::exists(settings) ? own : own_workshop(), {name});
    EXPECT_TRUE(found.has_value());
    return found.has_value() ? std::move(*found) : LintReport{};
  }

  static fs::path golden(Language language) {
    return GetParam().stem().string() + (language == Language::japanese ? ".ja.txt" : ".en.txt");
  }
};

TEST_P(Lint, SaysWhatIsWrong) {
  const auto found = report();
  for (const auto language : kLanguages) {
    QuotedLines lines(kProject / "config/musubi.yaml");
    const auto text = without_project(lint_text(found, true, lines, language));
    const auto file = golden(language);
    if (std::getenv("MUSUBI_UPDATE_GOLDEN") != nullptr) std::ofstream(file, std::ios::binary) << text;
    ASSERT_TRUE(fs::exists(file)) << "MUSUBI_UPDATE_GOLDEN=1 writes it";
    EXPECT_EQ(text, read(file));
  }
  EXPECT_FALSE(found.findings.empty());
}

TEST_P(Lint, SaysItInBothLanguagesWithAPlace) {
  for (const auto& each : report().findings) {
    const auto* message = base::find_message(each.error.code());
    ASSERT_NE(message, nullptr) << each.error.code();
    EXPECT_FALSE(message->japanese.empty() || message->english.empty()) << each.error.code();
    EXPECT_NE(each.error.place().file, "") << each.error.code();
    EXPECT_EQ(base::sentence(Language::english, each.error).find("…"), std::string::npos)
        << each.error.code();
  }
}

TEST_P(Lint, SaysTheSameAsSarif) {
  const auto found = report();
  QuotedLines lines(kProject / "config/musubi.yaml");
  const auto log = lint_sarif(found, lines, Language::english);
  const auto& run = log.at("runs").at(0);
  const auto& rules = run.at("tool").at("driver").at("rules").as_array();
  const auto& results = run.at("results").as_array();
  ASSERT_EQ(results.size(), found.findings.size());
  for (std::size_t index = 0; index < results.size(); ++index) {
    const auto& result = results[index];
    const auto& error = found.findings[index].error;
    EXPECT_EQ(result.at("ruleId").as_string(), error.code());
    EXPECT_EQ(rules.at(result.at("ruleIndex").to_number<std::size_t>()).at("id"), result.at("ruleId"));
    const auto& place = result.at("locations").at(0).at("physicalLocation");
    EXPECT_THAT(std::string(place.at("artifactLocation").at("uri").as_string()),
                ::testing::MatchesRegex("[A-Za-z0-9._~/%-]+"));
    if (error.place().line == 0) continue;
    EXPECT_EQ(place.at("region").at("startLine").to_number<std::uint64_t>(), error.place().line);
  }
}

std::string test_name(const ::testing::TestParamInfo<fs::path>& file) {
  auto name = file.param.stem().string();
  std::ranges::replace(name, '-', '_');
  return name;
}

INSTANTIATE_TEST_SUITE_P(Cases, Lint, ::testing::ValuesIn(cases_of_all_kinds(false)), test_name);

TEST(LintCases, AreManyAndTheirTextsHaveOwners) {
  std::set<fs::path> owners;
  for (const auto& each : cases_of_all_kinds(false)) owners.insert(each.parent_path() / each.stem());
  EXPECT_GE(owners.size(), 150U);
  for (const auto& text : cases_of_all_kinds(true))
    EXPECT_TRUE(owners.contains(text.parent_path() / text.stem().stem())) << text;
}

TEST(LintOut, LeavesOutWhatMayBeSecret) {
  Workshop workshop({.config = (kProject / "config/musubi.yaml").string()});
  const auto found = collect_findings(workshop, {kCases / "configuration/settings-wrong.yaml"});
  ASSERT_TRUE(found.has_value());
  QuotedLines lines(kProject / "config/musubi.yaml");
  EXPECT_EQ(boost::json::serialize(lint_json(*found, lines, Language::english)).find("secret-path"),
            std::string::npos);
}

TEST(LintOut, JsonHasPlaceTextMessageAndRemedyApart) {
  Workshop workshop({.config = (kProject / "config/musubi.yaml").string()});
  const auto found = collect_findings(workshop, {kCases / "mapping/column-misspelt.yaml"});
  ASSERT_TRUE(found.has_value());
  QuotedLines lines(kProject / "config/musubi.yaml");
  const auto log = lint_json(*found, lines, Language::japanese);
  EXPECT_EQ(log.at("errors"), 1);
  const auto& finding = log.at("findings").at(0);
  EXPECT_EQ(finding.at("code"), "mapping.column_unknown_near");
  EXPECT_EQ(finding.at("severity"), "error");
  for (const auto* key : {"file", "line", "column", "length", "text", "message", "remedy"})
    EXPECT_TRUE(finding.as_object().contains(key)) << key;
}

TEST(QuotedLine, IsShortenedAroundWhatIsMeantAndCountsWideCharactersTwice) {
  EXPECT_EQ(drawn({"  from: ", "患者_年令", " }"}, 12),
            "   12 |   from: 患者_年令 }\n      |         ^^^^^^^^^\n");
  const auto text = drawn({std::string(200, 'a'), "b", std::string(200, 'c')}, 3);
  EXPECT_THAT(text, ::testing::HasSubstr("| …aaa"));
  EXPECT_THAT(text, ::testing::HasSubstr("ccc…\n"));
}

}  // namespace
}  // namespace musubi::app
