// What the tests of one run share: the adapter under test.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <map>
#include <string>

#include "musubi/base/messages.h"
#include "musubi/plugin_host/plugin_host.h"
#include "musubi/testkit/test_services.h"
#include "temporary_folder.h"

namespace musubi::testkit {

struct ContractSettings {
  std::filesystem::path library;
  std::filesystem::path data;  ///< holds mappings/
  std::map<std::string, std::string>
      options;  ///< "{temp}" stands for the test's folder, "{number}" for its number
};

/// Set once by main.
ContractSettings& settings();

/// A host with the adapter loaded, and services with an empty folder.
class AdapterContract : public ::testing::Test {
 protected:
  void SetUp() override;
  /// Those given, and a place in the folder for every other option that is a path.
  std::map<std::string, std::string> options() const;

  musubi::testing::TemporaryFolder folder_;
  int number_ = 0;  ///< no other test of the run has it
  std::unique_ptr<TestServices> services_;
  plugin_host::PluginHost host_;
  plugin_host::PluginInfo info_;
};

/// "" or what is wrong: an error must be catalogued and must not repeat a cell.
std::string fault_of(const base::Error& error);

}  // namespace musubi::testkit
