// Starts well and lets exceptions out of every call; their text holds what must not be repeated.
#include <new>
#include <stdexcept>

#include "broken_source.h"

namespace musubi::broken {
namespace {

class ThrowingRows final : public document::RowReader {
 public:
  std::span<const std::string> columns() const noexcept override { return {}; }
  std::span<const std::string> titles() const noexcept override { return {}; }
  document::Encoding encoding() const noexcept override { return document::Encoding::utf8; }
  base::Result<std::size_t> read(document::RowBatch& /*into*/, std::size_t /*rows*/) override {
    consumed_ += 100;
    throw std::bad_alloc();
  }
  std::uint64_t consumed() const noexcept override { return consumed_; }

 private:
  std::uint64_t consumed_ = 0;
};

class ThrowingSource final : public plugin::Source {
 public:
  base::Result<std::vector<plugin::Part>> recognise(const plugin::Submission& /*submission*/,
                                                    std::span<const plugin::Layout> /*layouts*/) override {
    throw std::runtime_error("禁句 漏洩子");
  }
  /// Nothing, without saying why, where the part has a name.
  document::RowReaderResult open(const plugin::Submission& /*submission*/,
                                 const plugin::Part& part) override {
    if (!part.name.empty()) return std::unique_ptr<document::RowReader>();
    return std::unique_ptr<document::RowReader>(std::make_unique<ThrowingRows>());
  }
};

std::unique_ptr<plugin::Source> make_throwing_later(plugin::HostServices& /*services*/,
                                                    const plugin::Options& /*options*/,
                                                    base::Status& /*status*/) noexcept {
  return std::make_unique<ThrowingSource>();
}

constexpr auto kManifest = manifest_named("throwing_later");

}  // namespace
MUSUBI_SOURCE_ADAPTER(kManifest, make_throwing_later)
}  // namespace musubi::broken
