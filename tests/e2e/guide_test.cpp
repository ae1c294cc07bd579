// The first mapping of docs/mapping-guide*.md is followed step by step: blocks with a file's name are saved
// (with + added to the file of the settings), commands of console blocks are run, and what they print has to
// be what the page says, but for times and digests. MUSUBI_UPDATE_GOLDEN=1 writes the outputs anew: read the
// difference before keeping it.
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <regex>
#include <sstream>

#include "own_configuration.h"
#include "program.h"

namespace musubi::testing {
namespace {

namespace fs = std::filesystem;

std::string read(const fs::path& file) {
  std::ostringstream text;
  text << std::ifstream(file, std::ios::binary).rdbuf();
  return text.str();
}

/// Words of a command; those in quotation marks may hold blanks.
std::vector<std::string> words_of(const std::string& command) {
  std::vector<std::string> words;
  std::istringstream text(command);
  while (text >> std::ws && !text.eof()) {
    std::string word;
    if (text.peek() == '\'') {
      text.get();
      std::getline(text, word, '\'');
    } else {
      text >> word;
    }
    words.push_back(word);
  }
  return words;
}

/// Without what differs from run to run: moments of these years (those of the examples are older) and
/// digests.
std::string lasting(const std::string& text) {
  static const std::regex kPassing(
      R"(20(2[5-9]|[3-9][0-9])-[0-9]{2}-[0-9]{2}([ T][0-9]{2}:[0-9]{2}(:[0-9.]+)?(Z|\+[0-9:]+)?)?|[0-9a-f]{8,})");
  return std::regex_replace(text, kPassing, "#");
}

/// Follows a page in a folder of its own.
class Follower {
 public:
  /// The page with the outputs as they are.
  std::string follow(const std::string& page) {
    std::istringstream lines(page);
    std::string followed;
    for (std::string line; std::getline(lines, line);) {
      followed += line + '\n';
      if (!line.starts_with("```") || line == "```") continue;
      const auto block = block_of(lines);
      followed += line == "```console" ? outputs_of(block) : saved(line, block);
      followed += "```\n";
    }
    return followed;
  }

 private:
  static std::string block_of(std::istringstream& lines) {
    std::string block;
    for (std::string line; std::getline(lines, line) && line != "```";) block += line + '\n';
    return block;
  }

  /// "```yaml mappings/a/b.yaml": saved under that name; blocks without a name are not.
  std::string saved(const std::string& fence, const std::string& block) {
    const auto words = words_of(fence);
    if (words.size() < 2) return block;
    const auto file = root() / words[1];
    fs::create_directories(file.parent_path());
    if (words.size() == 3) {
      add_to(file, block);
    } else {
      std::ofstream(file, std::ios::binary) << block;
    }
    return block;
  }

  /// The lines below the first key are put below the same key of the file.
  static void add_to(const fs::path& file, const std::string& block) {
    const auto key = block.substr(0, block.find('\n') + 1);
    auto text = read(file);
    const auto at = text.find('\n' + key);
    ASSERT_NE(at, text.npos);
    text.insert(at + 1 + key.size(), block.substr(key.size()));
    std::ofstream(file, std::ios::binary) << text;
  }

  std::string outputs_of(const std::string& block) {
    std::istringstream lines(block);
    std::string outputs;
    for (std::string line; std::getline(lines, line);) {
      if (!line.starts_with("$ musubi ")) continue;
      const auto outcome = run_musubi(words_of(line.substr(9)), {}, root());
      outputs += line + '\n' + outcome.out + outcome.err;
    }
    return outputs;
  }

  fs::path root() const { return fs::path(configuration_.config()).parent_path().parent_path(); }

  OwnConfiguration configuration_;
};

class FirstMapping : public ::testing::TestWithParam<const char*> {};

TEST_P(FirstMapping, IsMadeAsTheGuideSays) {
  const auto file = fs::path(MUSUBI_PROJECT_FOLDER) / GetParam();
  const auto page = read(file);
  const auto followed = Follower().follow(page);
  if (std::getenv("MUSUBI_UPDATE_GOLDEN") != nullptr) {
    std::ofstream(file, std::ios::binary) << followed;
    return;
  }
  EXPECT_EQ(lasting(followed), lasting(page));
  EXPECT_NE(page.find("$ musubi mapping activate minato/cases"), page.npos);
}

INSTANTIATE_TEST_SUITE_P(Languages, FirstMapping,
                         ::testing::Values("docs/mapping-guide.ja.md", "docs/mapping-guide.md"));

}  // namespace
}  // namespace musubi::testing
