#include "musubi/testkit/test_services.h"

namespace musubi::testkit {

base::Instant StoppedClock::now() const noexcept {
  using namespace std::chrono;
  return sys_days(year(2020) / April / 20) + hours(3);
}

base::Result<std::unique_ptr<TestServices>> TestServices::load(const std::filesystem::path& data,
                                                               std::filesystem::path adapter_folder) {
  MUSUBI_ASSIGN(auto catalogue, model::Catalogue::load(data / "mappings/catalogue"));
  MUSUBI_ASSIGN(auto value_sets, model::ValueSets::load(data / "mappings/valuesets"));
  return std::make_unique<TestServices>(std::move(catalogue), std::move(value_sets),
                                        std::move(adapter_folder));
}

TestServices::TestServices(std::shared_ptr<const model::Catalogue> catalogue,
                           std::shared_ptr<const model::ValueSets> value_sets,
                           std::filesystem::path adapter_folder)
    : catalogue_(std::move(catalogue)),
      value_sets_(std::move(value_sets)),
      adapter_folder_(std::move(adapter_folder)) {}

void TestServices::log(plugin::LogLevel /*level*/, std::string_view message) noexcept {
  const std::lock_guard lock(guard_);
  logged_.emplace_back(message);
}

std::vector<std::string> TestServices::logged() const {
  const std::lock_guard lock(guard_);
  return logged_;
}

}  // namespace musubi::testkit
