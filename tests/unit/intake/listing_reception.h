// A reception that notes what it takes, and answers as told.
#pragma once

#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "musubi/base/file.h"
#include "musubi/intake/parcel.h"

namespace musubi::testing {

class ListingReception final : public intake::Reception {
 public:
  struct Got {
    std::string source, name, from, bytes;
  };

  base::Result<intake::Taken> take(const intake::Parcel& parcel) noexcept override {
    const std::scoped_lock lock(mutex_);
    if (before) before(parcel);
    ++asked;
    if (answer)
      if (auto error = answer(parcel)) return *error;
    auto bytes = base::read_file(parcel.file, 1U << 30U);
    if (bytes.has_error()) return bytes.error();
    const bool repeated = !numbers_.try_emplace(*bytes, std::int64_t(numbers_.size() + 1)).second;
    const auto number = numbers_.at(*bytes);
    got.push_back({parcel.source, parcel.name, parcel.from, std::move(*bytes)});
    return intake::Taken{number, repeated};
  }

  std::vector<std::string> names() const {
    std::vector<std::string> names;
    for (const auto& each : got) names.push_back(each.name);
    return names;
  }

  std::function<std::optional<base::Error>(const intake::Parcel&)> answer;
  std::function<void(const intake::Parcel&)> before;
  std::vector<Got> got;
  int asked = 0;

 private:
  std::mutex mutex_;
  std::map<std::string, std::int64_t> numbers_;
};

}  // namespace musubi::testing
