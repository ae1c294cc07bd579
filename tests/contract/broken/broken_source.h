// The sound half of every library in this folder: a source that recognises nothing, and its manifest.
#pragma once

#include "musubi/plugin/guard.h"
#include "musubi/plugin/manifest.h"

namespace musubi::broken {

class EmptySource final : public plugin::Source {
 public:
  base::Result<std::vector<plugin::Part>> recognise(
      const plugin::Submission& /*submission*/,
      std::span<const plugin::Layout> /*layouts*/) noexcept override {
    return base::Error(base::ErrorKind::bad_input, "adapter.format_unknown");
  }
  document::RowReaderResult open(const plugin::Submission& /*submission*/,
                                 const plugin::Part& /*part*/) noexcept override {
    return base::Error(base::ErrorKind::bad_input, "adapter.format_unknown");
  }
};

inline std::unique_ptr<plugin::Source> make_empty(plugin::HostServices& /*services*/,
                                                  const plugin::Options& /*options*/,
                                                  base::Status& /*status*/) noexcept {
  return std::make_unique<EmptySource>();
}

constexpr plugin::Manifest manifest_named(const char* name) {
  return {.kind = plugin::AdapterKind::source,
          .name = name,
          .version = "1",
          .summary_japanese = "試験",
          .summary_english = "Test",
          .options = nullptr,
          .option_count = 0};
}

}  // namespace musubi::broken
