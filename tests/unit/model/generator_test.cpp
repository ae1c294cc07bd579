// musubi_generate as the build calls it.
#include <gmock/gmock.h>
#include <sys/wait.h>

#include <array>
#include <cstdio>
#include <fstream>
#include <iterator>

#include "model_files.h"
#include "musubi/fields.h"
#include "musubi/model/schema.h"

namespace musubi::model {
namespace {

using musubi::testing::TemporaryFolder;
using testing::project;
using testing::real_catalogue;

struct Outcome {
  int exit_code = -1;
  std::string said;
};

Outcome generate(const std::string& words) {
  const std::string command = "LC_ALL=C '" MUSUBI_GENERATE "' " + words + " 2>&1";
  std::FILE* pipe = ::popen(command.c_str(), "r");
  Outcome outcome;
  std::array<char, 4096> piece;
  while (const auto size = std::fread(piece.data(), 1, piece.size(), pipe))
    outcome.said.append(piece.data(), size);
  outcome.exit_code = WEXITSTATUS(::pclose(pipe));
  return outcome;
}

std::string bytes_of(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

TEST(Generator, DocumentationIsUpToDate) {
  EXPECT_EQ(bytes_of(project("docs/fields.md")), field_table_markdown(*real_catalogue()))
      << "Write it again: build/<preset>/bin/musubi_generate fields docs/fields.md mappings/catalogue";
}

TEST(Generator, ConstantsAreTheIdsOfTheCatalogue) {
  EXPECT_EQ(bytes_of(MUSUBI_FIELDS_HEADER), field_constants_header(*real_catalogue()));
  EXPECT_EQ(fields::patient_name_kanji, "patient.name.kanji");
  EXPECT_NE(real_catalogue()->find(fields::count_discharge_confirmed_cumulative), nullptr);
}

TEST(Generator, WritesEveryKindOfOutput) {
  const TemporaryFolder folder;
  const auto catalogue = project("mappings/catalogue").string();
  for (const std::string what : {"constants", "sql", "sql-postgresql", "fields"}) {
    const auto output = folder.path() / what;
    EXPECT_EQ(generate(what + " '" + output.string() + "' '" + catalogue + "'").exit_code, 0) << what;
    EXPECT_GT(std::filesystem::file_size(output), 1000u) << what;
  }
  const auto output = folder.path() / "case.json";
  EXPECT_EQ(generate("json-schema '" + output.string() + "' '" + catalogue + "' case").exit_code, 0);
  EXPECT_EQ(bytes_of(output), json_schema(*real_catalogue(), RecordKind::case_report));
}

TEST(Generator, LeavesAnUnchangedFileAlone) {
  const TemporaryFolder folder;
  const auto output = folder.path() / "fields.md";
  const auto words = "fields '" + output.string() + "' '" + project("mappings/catalogue").string() + "'";
  ASSERT_EQ(generate(words).exit_code, 0);
  const auto old = std::filesystem::file_time_type::clock::now() - std::chrono::hours(1);
  std::filesystem::last_write_time(output, old);
  const auto kept = std::filesystem::last_write_time(output);
  ASSERT_EQ(generate(words).exit_code, 0);
  EXPECT_EQ(std::filesystem::last_write_time(output), kept);
}

/// The build runs this command, so a field without protection stops the build.
TEST(Generator, RefusesAFieldWithoutProtection) {
  struct Case {
    const char *missing, *properties;
  };
  for (const auto& [missing, properties] :
       {Case{"class", "purposes: [surveillance], retention: P5Y"},
        Case{"purposes", "class: sensitive, retention: P5Y"},
        Case{"retention", "class: sensitive, purposes: [surveillance]"}}) {
    const TemporaryFolder folder, out;
    folder.write("00.yaml", testing::kVocabulary);
    folder.write("10.yaml", std::string("record: case\nfields:\n  a.x: { ja: あ, en: A, type: text, ") +
                                properties + " }\n");
    const auto output = out.path() / "fields.h";
    const auto outcome = generate("constants '" + output.string() + "' '" + folder.path().string() + "'");
    EXPECT_EQ(outcome.exit_code, 1) << missing;
    EXPECT_THAT(outcome.said, ::testing::HasSubstr(std::string("has no ") + missing));
    EXPECT_THAT(outcome.said, ::testing::HasSubstr("10.yaml:3:3"));
    EXPECT_FALSE(std::filesystem::exists(output));
  }
}

TEST(Generator, TellsHowItIsUsed) {
  EXPECT_EQ(generate("").exit_code, 2);
  EXPECT_EQ(generate("poetry /dev/null '" + project("mappings/catalogue").string() + "'").exit_code, 2);
  EXPECT_THAT(generate("").said, ::testing::HasSubstr("json-schema"));
  const TemporaryFolder folder;
  const auto outcome = generate("fields '" + (folder.path() / "none" / "x.md").string() + "' '" +
                                project("mappings/catalogue").string() + "'");
  EXPECT_EQ(outcome.exit_code, 3);
}

}  // namespace
}  // namespace musubi::model
