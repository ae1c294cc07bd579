// The recipes of docs/mapping-guide*.md are run: each has a csv block, a yaml block (the mapping without its
// head) and a text block, which is what `musubi try` shows. What the checks of config/checks say is left out
// there. MUSUBI_UPDATE_GOLDEN=1 writes the text blocks anew: read the difference before keeping it.
#include <gtest/gtest.h>

#include <algorithm>
#include <boost/json.hpp>
#include <cstdlib>
#include <fstream>
#include <sstream>

#include "temporary_folder.h"
#include "trial.h"

namespace musubi::app {
namespace {

using base::Language;

const std::filesystem::path kProject = MUSUBI_PROJECT_FOLDER;
constexpr std::string_view kHead =
    "mapping: guide/recipe\nversion: 2020-01-01\nreads: csv\nrecord: case\nlocal_id: report.local_id\n";

/// A fenced block of a page.
struct Block {
  std::string kind;                 ///< "csv", "yaml", "text"
  std::size_t begin = 0, size = 0;  ///< of its contents
};

struct Recipe {
  Block csv, yaml, text;
};

std::string read(const std::filesystem::path& file) {
  std::ostringstream text;
  text << std::ifstream(file, std::ios::binary).rdbuf();
  return text.str();
}

std::vector<Block> blocks_of(const std::string& page) {
  constexpr std::string_view kFence = "```";
  std::vector<Block> blocks;
  for (auto open = page.find("\n```"); open != page.npos;) {
    const auto line_end = page.find('\n', open + 1);
    const auto close = page.find("\n```", line_end - 1);
    if (close == page.npos) break;
    blocks.push_back({page.substr(open + 1 + kFence.size(), line_end - open - 1 - kFence.size()),
                      line_end + 1, close - line_end});
    open = page.find("\n```", close + 1 + kFence.size());
  }
  return blocks;
}

/// Every three blocks csv, yaml, text.
std::vector<Recipe> recipes_of(const std::string& page) {
  const auto blocks = blocks_of(page);
  std::vector<Recipe> recipes;
  for (std::size_t at = 0; at + 2 < blocks.size(); ++at)
    if (blocks[at].kind == "csv" && blocks[at + 1].kind == "yaml" && blocks[at + 2].kind == "text")
      recipes.push_back({blocks[at], blocks[at + 1], blocks[at + 2]});
  return recipes;
}

std::string contents(const std::string& page, const Block& block) {
  return page.substr(block.begin, block.size);
}

std::string mapping_of(const std::string& yaml, const std::string& csv) {
  const bool has_columns = yaml.starts_with("columns:");
  return std::string(kHead) + (has_columns ? "" : "columns: [" + csv.substr(0, csv.find('\n')) + "]\n") +
         yaml;
}

/// What the trial of a recipe shows.
std::string shown(const std::string& page, const Recipe& recipe, Language language) {
  const testing::TemporaryFolder folder;
  const auto csv = contents(page, recipe.csv);
  Workshop workshop({.config = (kProject / "config/musubi.yaml").string(), .language = language});
  const TrialOptions options{
      .mapping = folder.write("recipe.yaml", mapping_of(contents(page, recipe.yaml), csv)).string(),
      .version = {},
      .file = folder.write("recipe.csv", csv).string()};
  const auto checks = workshop.checks();
  std::string text;
  const auto done = run_trial(workshop, options, [&](const boost::json::object& record) {
    auto without_checks = record;
    auto& findings = without_checks["findings"].as_array();
    findings.erase(std::remove_if(findings.begin(), findings.end(),
                                  [&](const boost::json::value& finding) {
                                    const auto& code = finding.at("code").as_string();
                                    return (*checks)->find({code.data(), code.size()}) != nullptr;
                                  }),
                   findings.end());
    text += text_of(without_checks, language);
    return true;
  });
  EXPECT_FALSE(done.has_error()) << base::describe(language, done.error())
                                 << mapping_of(contents(page, recipe.yaml), csv);
  return text;
}

struct Guide {
  const char* file;
  Language language;
};

class MappingGuide : public ::testing::TestWithParam<Guide> {};

TEST_P(MappingGuide, ShowsWhatItsRecipesDo) {
  const auto file = kProject / GetParam().file;
  auto page = read(file);
  auto recipes = recipes_of(page);
  EXPECT_GE(recipes.size(), 15U);
  std::ranges::reverse(recipes);  // so that places before stay where they are
  for (const auto& recipe : recipes) {
    const auto text = shown(page, recipe, GetParam().language);
    if (std::getenv("MUSUBI_UPDATE_GOLDEN") != nullptr)
      page.replace(recipe.text.begin, recipe.text.size, text);
    else
      EXPECT_EQ(contents(page, recipe.text), text) << contents(page, recipe.yaml);
  }
  if (std::getenv("MUSUBI_UPDATE_GOLDEN") != nullptr) std::ofstream(file, std::ios::binary) << page;
}

INSTANTIATE_TEST_SUITE_P(Languages, MappingGuide,
                         ::testing::Values(Guide{"docs/mapping-guide.ja.md", Language::japanese},
                                           Guide{"docs/mapping-guide.md", Language::english}));

TEST(MappingGuides, HaveTheSameRecipes) {
  const auto japanese = read(kProject / "docs/mapping-guide.ja.md");
  const auto english = read(kProject / "docs/mapping-guide.md");
  const auto one = recipes_of(japanese), other = recipes_of(english);
  ASSERT_EQ(one.size(), other.size());
  for (std::size_t at = 0; at < one.size(); ++at) {
    EXPECT_EQ(contents(japanese, one[at].csv), contents(english, other[at].csv));
    EXPECT_EQ(contents(japanese, one[at].yaml), contents(english, other[at].yaml));
  }
}

}  // namespace
}  // namespace musubi::app
