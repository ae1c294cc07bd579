// musubi_adapter_contract LIBRARY [--option=name=value ...] [--data=FOLDER] [--gtest_...]
// Runs the contract suite over one adapter.
#include <cstdlib>
#include <iostream>

#include "contract.h"
#include "musubi/testkit/hostile_inputs.h"

namespace musubi::testkit {
namespace {

void replace_all(std::string& value, std::string_view placeholder, const std::string& by) {
  for (auto at = value.find(placeholder); at != std::string::npos;
       at = value.find(placeholder, at + by.size()))
    value.replace(at, placeholder.size(), by);
}

/// Where the catalogue is: beside the installed suite, else in the source tree.
std::filesystem::path default_data(const char* program) {
  std::error_code ignored;
  auto installed = std::filesystem::canonical(program, ignored).parent_path() / "../share/musubi";
  if (std::filesystem::exists(installed / "mappings/catalogue", ignored)) return installed;
  return MUSUBI_DATA_FOLDER;
}

bool read_argument(std::string_view argument) {
  constexpr std::string_view kOption = "--option=";
  constexpr std::string_view kData = "--data=";
  if (argument.starts_with(kData)) {
    settings().data = argument.substr(kData.size());
    return true;
  }
  if (!argument.starts_with(kOption)) {
    settings().library = argument;
    return !argument.starts_with('-');
  }
  argument.remove_prefix(kOption.size());
  const auto equals = argument.find('=');
  if (equals == std::string_view::npos) return false;
  settings().options.emplace(argument.substr(0, equals), argument.substr(equals + 1));
  return true;
}

}  // namespace

ContractSettings& settings() {
  static ContractSettings settings;
  return settings;
}

void AdapterContract::SetUp() {
  static int tests = 0;
  number_ = ++tests;
  static const auto kShared = TestServices::load(settings().data, {});  // the catalogue is read once
  ASSERT_TRUE(kShared.has_value()) << base::describe(base::Language::english, kShared.error());
  services_ =
      std::make_unique<TestServices>((*kShared)->catalogue(), (*kShared)->value_sets(), folder_.path());
  const auto loaded = host_.load({settings().library});
  ASSERT_TRUE(loaded.has_value()) << base::describe(base::Language::english, loaded.error());
  info_ = host_.plugins().front();
}

std::map<std::string, std::string> AdapterContract::options() const {
  std::map<std::string, std::string> all;
  for (const auto& option : info_.options) {
    if (option.type == plugin::OptionType::path) {
      all[std::string(option.name)] = (folder_.path() / option.name).string();
    }
  }
  for (auto [name, value] : settings().options) {
    replace_all(value, "{temp}", folder_.path().string());
    replace_all(value, "{number}", std::to_string(number_));
    all[name] = value;
  }
  return all;
}

std::string fault_of(const base::Error& error) {
  for (const auto* each = &error; each != nullptr; each = each->cause()) {
    if (base::find_message(each->code()) == nullptr) return "not a catalogued message: " + each->code();
  }
  for (const auto language : {base::Language::japanese, base::Language::english}) {
    const auto sentence = base::describe(language, error);
    if (sentence.find(kCanary) != std::string::npos) return "repeats a cell: " + error.code();
  }
  return "";
}

int run(int count, char** arguments) {
  ::testing::InitGoogleTest(&count, arguments);
  settings().data = default_data(arguments[0]);
  for (int index = 1; index < count; ++index) {
    if (!read_argument(arguments[index])) settings().library.clear();
  }
  if (settings().library.empty()) {
    std::cerr << "usage: musubi_adapter_contract LIBRARY [--option=name=value ...] [--data=FOLDER]\n";
    return 2;
  }
  const auto info = plugin_host::inspect(settings().library);
  if (info.has_error()) {
    std::cerr << base::describe(base::Language::english, info.error()) << '\n';
    return 1;
  }
  const bool source = info->kind == plugin::AdapterKind::source;
  if (::testing::GTEST_FLAG(filter) == "*")
    ::testing::GTEST_FLAG(filter) = source ? "-*SinkContract*" : "-*SourceContract*";
  return RUN_ALL_TESTS();
}

}  // namespace musubi::testkit

int main(int count, char** arguments) { return musubi::testkit::run(count, arguments); }
