// What a hub lends to an adapter, for tests: the shipped catalogue and value sets, a clock that stands still,
// a folder, and a log that is kept.
#pragma once

#include <mutex>
#include <string>
#include <vector>

#include "musubi/plugin/host_services.h"

namespace musubi::testkit {

class StoppedClock final : public base::Clock {
 public:
  base::Instant now() const noexcept override;  ///< 2020-04-20T03:00:00Z, noon in Japan
};

class TestServices final : public plugin::HostServices {
 public:
  /// Reads `mappings/catalogue` and `mappings/valuesets` under `data`.
  static base::Result<std::unique_ptr<TestServices>> load(const std::filesystem::path& data,
                                                          std::filesystem::path adapter_folder);
  TestServices(std::shared_ptr<const model::Catalogue> catalogue,
               std::shared_ptr<const model::ValueSets> value_sets, std::filesystem::path adapter_folder);

  const base::Clock& clock() const noexcept override { return clock_; }
  std::shared_ptr<const model::Catalogue> catalogue() const noexcept override { return catalogue_; }
  std::shared_ptr<const model::ValueSets> value_sets() const noexcept override { return value_sets_; }
  const std::filesystem::path& data_folder() const noexcept override { return adapter_folder_; }
  void log(plugin::LogLevel level, std::string_view message) noexcept override;

  std::vector<std::string> logged() const;

 private:
  StoppedClock clock_;
  std::shared_ptr<const model::Catalogue> catalogue_;
  std::shared_ptr<const model::ValueSets> value_sets_;
  std::filesystem::path adapter_folder_;
  mutable std::mutex guard_;
  std::vector<std::string> logged_;
};

}  // namespace musubi::testkit
