// Every file of faults/ is a wrong catalogue file or value set; its first lines say what must be found:
//   # expect: code@line:column
// A new case is a new file.
#include <gmock/gmock.h>

#include <algorithm>
#include <fstream>
#include <iterator>

#include "model_files.h"

namespace musubi::model {
namespace {

using musubi::testing::TemporaryFolder;

std::string bytes_of(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::vector<std::string> expected_in(const std::string& text) {
  constexpr std::string_view kMark = "# expect: ";
  std::vector<std::string> expected;
  for (std::size_t start = 0; text.compare(start, kMark.size(), kMark) == 0;) {
    const auto end = text.find('\n', start);
    expected.push_back(text.substr(start + kMark.size(), end - start - kMark.size()));
    start = end + 1;
  }
  return expected;
}

std::vector<std::filesystem::path> files_in(std::string_view folder) {
  std::vector<std::filesystem::path> files;
  for (const auto& entry :
       std::filesystem::directory_iterator(testing::project("tests/unit/model/faults") / folder))
    files.push_back(entry.path());
  std::ranges::sort(files);
  return files;
}

std::string test_name(const ::testing::TestParamInfo<std::filesystem::path>& info) {
  return info.param.stem().string();
}

/// Every message is catalogued and all its parts are filled.
void expect_readable(const base::Error& error) {
  for (const base::Error* each = &error; each != nullptr; each = each->cause())
    EXPECT_NE(base::find_message(each->code()), nullptr) << each->code();
  for (const auto language : {base::Language::japanese, base::Language::english})
    EXPECT_EQ(base::describe(language, error).find('{'), std::string::npos);
}

class CatalogueFault : public ::testing::TestWithParam<std::filesystem::path> {};

TEST_P(CatalogueFault, IsFoundWhereItIs) {
  const auto text = bytes_of(GetParam());
  const TemporaryFolder folder;
  const auto loaded = testing::catalogue_of(folder, text);
  ASSERT_TRUE(loaded.has_error());
  EXPECT_EQ(testing::places_of(loaded.error()), expected_in(text));
  EXPECT_EQ(loaded.error().kind(), base::ErrorKind::bad_configuration);
  EXPECT_EQ(loaded.error().place().file, (folder.path() / "10.yaml").string());
  expect_readable(loaded.error());
}

INSTANTIATE_TEST_SUITE_P(Files, CatalogueFault, ::testing::ValuesIn(files_in("catalogue")), test_name);

class ValueSetFault : public ::testing::TestWithParam<std::filesystem::path> {};

TEST_P(ValueSetFault, IsFoundWhereItIs) {
  const auto text = bytes_of(GetParam());
  const TemporaryFolder folder;
  folder.write("set.yaml", text);
  folder.write("municipality.csv", "131016,東京都,千代田区,,チヨダク,Chiyoda-ku,\n");
  const auto loaded = ValueSets::load(folder.path());
  ASSERT_TRUE(loaded.has_error());
  EXPECT_EQ(testing::places_of(loaded.error()), expected_in(text));
  expect_readable(loaded.error());
}

INSTANTIATE_TEST_SUITE_P(Files, ValueSetFault, ::testing::ValuesIn(files_in("valuesets")), test_name);

}  // namespace
}  // namespace musubi::model
