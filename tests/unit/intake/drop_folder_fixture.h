// A drop folder with a clock that goes when told.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <memory>

#include "file_operations.h"
#include "hand_clock.h"
#include "listing_reception.h"
#include "musubi/intake/drop_folder.h"
#include "temporary_folder.h"

namespace musubi::intake {

class DropFolderTest : public ::testing::Test {
 protected:
  DropFolderTest() {
    settings.name = "inbox-tokyo";
    settings.folder = folder.path() / "inbox";
    settings.source = "tokyo";
    settings.archive = folder.path() / "archive";
    settings.refused = folder.path() / "refused";
    settings.back_off.jitter = 0;
    std::filesystem::create_directory(settings.folder);
  }

  std::unique_ptr<DropFolder> open(FileOperations& operations = machine_files()) {
    return std::make_unique<DropFolder>(settings, reception, clock, operations);
  }
  std::filesystem::path drop(const std::string& name, std::string_view bytes = "No\n1\n") {
    return folder.write("inbox/" + name, bytes);
  }
  /// As drop folders are looked at: now, and when everything has settled.
  void look_twice(DropFolder& way_in) {
    way_in.look({});
    clock.advance(settings.settle);
    way_in.look({});
  }
  static std::vector<std::string> names_in(const std::filesystem::path& in) {
    std::vector<std::string> names;
    std::error_code failure;
    for (const auto& each : std::filesystem::recursive_directory_iterator(in, failure))
      if (!each.is_directory() || each.is_symlink()) names.push_back(each.path().filename().string());
    std::ranges::sort(names);
    return names;
  }
  std::vector<std::string> archived() const { return names_in(settings.archive); }
  std::vector<std::string> refused() const { return names_in(settings.refused); }
  /// What lies in the folder or is claimed; the locks of hubs do not count.
  std::vector<std::string> left() const {
    auto names = names_in(settings.folder);
    std::erase(names, "lock");
    return names;
  }

  testing::TemporaryFolder folder;
  testing::HandClock clock;
  testing::ListingReception reception;
  DropFolderSettings settings;
};

}  // namespace musubi::intake
