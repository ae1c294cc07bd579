// Runs the cases of tests/flow/cases through the program.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <yaml-cpp/yaml.h>

#include <boost/json.hpp>
#include <filesystem>
#include <iomanip>
#include <sstream>

#include "program.h"
#include "temporary_folder.h"

namespace {

namespace fs = std::filesystem;
namespace json = boost::json;
using musubi::testing::Outcome;

const fs::path kCases = fs::path(MUSUBI_PROJECT_FOLDER) / "tests/flow/cases";

std::vector<std::string> cases() {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(kCases)) {
    if (fs::exists(entry.path() / "steps.yaml")) names.push_back(entry.path().filename().string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

/// Words of a command line; double quotes keep blanks together. `{home}` is the folder of the test.
std::vector<std::string> words(std::string line, const std::string& home) {
  constexpr std::string_view kHome = "{home}";
  for (auto at = line.find(kHome); at != line.npos; at = line.find(kHome, at))
    line.replace(at, kHome.size(), home);
  std::vector<std::string> list;
  std::istringstream in(line);
  for (std::string word; in >> std::quoted(word);) list.push_back(word);
  return list;
}

json::value to_json(const YAML::Node& node) {
  if (node.IsMap()) {
    json::object object;
    for (const auto& entry : node) object[entry.first.as<std::string>()] = to_json(entry.second);
    return object;
  }
  if (node.IsSequence()) {
    json::array array;
    for (const auto& item : node) array.push_back(to_json(item));
    return array;
  }
  if (node.Tag() == "!") return json::value(node.as<std::string>());
  std::int64_t number = 0;
  if (YAML::convert<std::int64_t>::decode(node, number)) return number;
  bool yes = false;
  if (YAML::convert<bool>::decode(node, yes)) return yes;
  return json::value(node.as<std::string>());
}

/// Everything in `expected` is in `found`, objects member by member.
bool contains(const json::value& found, const json::value& expected) {
  if (expected.is_object()) {
    if (!found.is_object()) return false;
    for (const auto& [name, value] : expected.as_object()) {
      const auto* member = found.as_object().if_contains(name);
      if (member == nullptr || !contains(*member, value)) return false;
    }
    return true;
  }
  if (expected.is_array()) {
    if (!found.is_array() || found.as_array().size() != expected.as_array().size()) return false;
    for (std::size_t index = 0; index < expected.as_array().size(); ++index) {
      if (!contains(found.as_array()[index], expected.as_array()[index])) return false;
    }
    return true;
  }
  if (expected.is_number() && found.is_number())
    return expected.to_number<double>() == found.to_number<double>();
  return found == expected;
}

void expect_texts(const YAML::Node& texts, const std::string& where) {
  for (const auto& text : texts) EXPECT_THAT(where, testing::HasSubstr(text.as<std::string>()));
}

void expect_lines(const YAML::Node& lines, const std::string& out) {
  std::vector<std::string> printed;
  std::istringstream in(out);
  for (std::string line; std::getline(in, line);) printed.push_back(line);
  ASSERT_EQ(printed.size(), lines.size()) << out;
  for (std::size_t index = 0; index < printed.size(); ++index) {
    EXPECT_TRUE(contains(json::parse(printed[index]), to_json(lines[index])))
        << printed[index] << "\nlacks " << json::serialize(to_json(lines[index]));
  }
}

void expect_step(const YAML::Node& step, const Outcome& outcome) {
  EXPECT_EQ(outcome.exit_code, step["exit"] ? step["exit"].as<int>() : 0) << outcome.out << outcome.err;
  expect_texts(step["out"], outcome.out);
  expect_texts(step["err"], outcome.err);
  for (const auto& text : step["absent"]) {
    EXPECT_THAT(outcome.out + outcome.err, testing::Not(testing::HasSubstr(text.as<std::string>())));
  }
  if (step["json"]) {
    EXPECT_TRUE(contains(json::parse(outcome.out), to_json(step["json"])))
        << outcome.out << "\nlacks " << json::serialize(to_json(step["json"]));
  }
  if (step["lines"]) expect_lines(step["lines"], outcome.out);
}

class Flow : public ::testing::TestWithParam<std::string> {};

TEST_P(Flow, goes_as_written) {
  const auto folder = kCases / GetParam();
  const musubi::testing::TemporaryFolder home;
  for (const auto& step : YAML::LoadFile((folder / "steps.yaml").string())["steps"]) {
    SCOPED_TRACE(step["run"].as<std::string>());
    auto arguments = words(step["run"].as<std::string>(), home.path().string());
    arguments.insert(arguments.end(), {"--home", home.path().string(), "--config",
                                       std::string(MUSUBI_PROJECT_FOLDER) + "/config/musubi.yaml"});
    expect_step(step, musubi::testing::run_musubi(arguments, std::nullopt, folder));
  }
}

std::string test_name(const testing::TestParamInfo<std::string>& info) {
  auto name = info.param;
  for (auto& each : name) {
    if (std::isalnum(static_cast<unsigned char>(each)) == 0) each = '_';
  }
  return name;
}

INSTANTIATE_TEST_SUITE_P(Cases, Flow, testing::ValuesIn(cases()), test_name);

}  // namespace
