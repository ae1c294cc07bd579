// Where an SQL store under test lives. Each test program brings its own: sqlite_home.cpp, postgres_home.cpp.
#pragma once

#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "disclosures.h"
#include "musubi/plugin/sink.h"

namespace musubi::test {

class StoreHome {
 public:
  virtual ~StoreHome() = default;
  /// To write; a failure fails the test. The clock outlives it.
  virtual std::unique_ptr<plugin::Sink> open(std::shared_ptr<const model::Catalogue> catalogue,
                                             const base::Clock& clock) = 0;
  /// All rows of the answer, each column ended by '|', NULL as "NULL".
  virtual std::string sql(const std::string& query) = 0;
};

/// Nothing is stored in it yet.
std::unique_ptr<StoreHome> make_store_home();

/// A store as the sink it becomes in its adapter.
template <class Store>
class SinkOver final : public plugin::Sink {
 public:
  explicit SinkOver(std::unique_ptr<Store> store) : store_(std::move(store)) {}
  base::Result<plugin::Receipt> deliver(const model::Disclosure& disclosure) noexcept override {
    return store_->deliver(disclosure);
  }
  base::Result<std::vector<plugin::Receipt>> deliver_together(
      std::span<const model::Disclosure> disclosures) noexcept override {
    return store_->deliver_together(disclosures);
  }
  base::Status read(const plugin::ReadRequest& request,
                    const plugin::RecordVisitor& visit) noexcept override {
    return store_->read(request, visit);
  }
  base::Status verify() noexcept override { return store_->verify(); }
  base::Status close() noexcept override { return store_->close(); }

 private:
  std::unique_ptr<Store> store_;
};

/// The store of a result, or nullptr and a failed test.
template <class Store>
std::unique_ptr<plugin::Sink> sink_over(base::Result<std::unique_ptr<Store>> opened) {
  if (opened.has_value()) return std::make_unique<SinkOver<Store>>(std::move(*opened));
  ADD_FAILURE() << base::describe(base::Language::english, opened.error());
  return nullptr;
}

/// "record.version[h]: field=value …" of every record read.
inline std::vector<std::string> all_read(plugin::Sink& sink, const plugin::ReadRequest& request) {
  std::vector<std::string> all;
  const auto status =
      sink.read(request, [&](const model::RecordLayout& layout, const plugin::StoredRecord& record) {
        auto line = std::to_string(record.key.record) + "." + std::to_string(record.key.version) +
                    (record.key.position == model::Position::historical ? "h:" : ":");
        for (const auto& field : described(layout, record.values)) line += " " + field;
        all.push_back(line);
        return true;
      });
  EXPECT_FALSE(status.has_error()) << base::describe(base::Language::english, status.error());
  return all;
}

}  // namespace musubi::test
