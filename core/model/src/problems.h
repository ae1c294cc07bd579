// Faults found in configuration files, gathered so that a person sees all of them at once.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "musubi/base/error.h"

namespace musubi::model {

class Problems {
 public:
  void add(base::Error problem) {
    if (found_.size() < kMost) found_.push_back(std::move(problem));
  }
  bool none() const noexcept { return found_.empty(); }
  /// The first one, which has the second as its cause, and so on. There must be one.
  base::Error chained() const;

 private:
  static constexpr std::size_t kMost = 50;
  std::vector<base::Error> found_;
};

/// The known name nearest to `given`; where none is near, all of them ("a, b, c").
std::string nearest_or_all(std::string_view given, const std::vector<std::string_view>& known);
/// The known name nearest to `given`; empty where none is near.
std::string nearest(std::string_view given, const std::vector<std::string_view>& known);

}  // namespace musubi::model
