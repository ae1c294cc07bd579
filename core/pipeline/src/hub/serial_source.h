// Source adapters are called one at a time; carriers and couriers of a hub ask at the same time.
#pragma once

#include <mutex>

#include "musubi/plugin/source.h"

namespace musubi::pipeline {

/// Threads: any. The source is borrowed.
class SerialSource final : public plugin::Source {
 public:
  explicit SerialSource(plugin::Source& source) : source_(source) {}
  base::Result<std::vector<plugin::Part>> recognise(
      const plugin::Submission& submission, std::span<const plugin::Layout> layouts) noexcept override {
    const std::lock_guard lock(mutex_);
    return source_.recognise(submission, layouts);
  }
  document::RowReaderResult open(const plugin::Submission& submission,
                                 const plugin::Part& part) noexcept override {
    const std::lock_guard lock(mutex_);
    return source_.open(submission, part);
  }

 private:
  std::mutex mutex_;
  plugin::Source& source_;
};

}  // namespace musubi::pipeline
