// What holds for every sink: all or nothing, each (record, version) once, durable when closed, closed as
// often as anyone likes.
#include <set>

#include "contract.h"
#include "musubi/testkit/made_disclosures.h"

namespace musubi::testkit {
namespace {

using model::DisclosureKey;
using model::Position;

std::vector<DisclosureKey> keys(std::int64_t first, std::int64_t last, std::uint32_t version) {
  std::vector<DisclosureKey> all;
  for (auto record = first; record <= last; ++record) {
    all.push_back({.record = record, .version = version, .position = Position::current, .as_of = 18372});
  }
  return all;
}

class SinkContract : public AdapterContract {
 protected:
  void SetUp() override {
    AdapterContract::SetUp();
    if (!HasFatalFailure()) open();
  }

  void open() {
    sink_.reset();
    auto made = host_.make_sink(info_.name, *services_, options());
    ASSERT_TRUE(made.has_value()) << base::describe(base::Language::english, made.error());
    sink_ = std::move(*made);
  }

  plugin::Receipt deliver(const std::vector<DisclosureKey>& some) {
    const auto disclosure = make_disclosure(*services_, some);
    EXPECT_TRUE(disclosure.has_value()) << base::describe(base::Language::english, disclosure.error());
    if (disclosure.has_error()) return {};
    const auto receipt = sink_->deliver(*disclosure);
    EXPECT_TRUE(receipt.has_value()) << base::describe(base::Language::english, receipt.error());
    return receipt.has_value() ? *receipt : plugin::Receipt{};
  }

  void expect_stored(const std::vector<DisclosureKey>& some, std::uint64_t stored,
                     std::uint64_t already_there) {
    const auto receipt = deliver(some);
    EXPECT_EQ(receipt.stored, stored);
    EXPECT_EQ(receipt.already_there, already_there);
  }

  void close() {
    const auto closed = sink_->close();
    EXPECT_TRUE(closed.has_value()) << base::describe(base::Language::english, closed.error());
  }

  /// record.version of everything that can be read; nullopt where the sink only forwards.
  std::optional<std::set<std::pair<std::int64_t, std::uint32_t>>> stored(bool history) {
    std::set<std::pair<std::int64_t, std::uint32_t>> found;
    plugin::ReadRequest request;
    request.history = history;
    const auto status = sink_->read(request, [&](const auto& /*layout*/, const auto& record) {
      EXPECT_TRUE(found.emplace(record.key.record, record.key.version).second) << "read twice";
      return true;
    });
    if (status.has_value()) return found;
    EXPECT_EQ(status.error().code(), "adapter.not_readable");
    return std::nullopt;
  }

  std::unique_ptr<plugin::Sink> sink_;
};

TEST_F(SinkContract, StoresEachRecordOnce) {
  expect_stored(keys(1, 50, 1), 50, 0);
  expect_stored(keys(1, 50, 1), 0, 50);
  expect_stored(keys(41, 60, 1), 10, 10);
  close();
}

TEST_F(SinkContract, KnowsWhatItStoredAfterItWasClosed) {
  expect_stored(keys(1, 20, 1), 20, 0);
  close();
  open();
  expect_stored(keys(1, 20, 1), 0, 20);
  close();
}

TEST_F(SinkContract, StoresAnotherVersionOfTheSameCase) {
  expect_stored(keys(1, 3, 1), 3, 0);
  expect_stored(keys(2, 2, 2), 1, 0);
  expect_stored(keys(2, 2, 1), 0, 1);
  const auto newest = stored(false);
  if (newest) {
    EXPECT_EQ(*newest, (std::set<std::pair<std::int64_t, std::uint32_t>>{{1, 1}, {2, 2}, {3, 1}}));
    EXPECT_EQ(stored(true)->size(), 4U);
  }
  close();
}

TEST_F(SinkContract, LateOlderVersionIsHistoryOnly) {
  expect_stored(keys(7, 7, 2), 1, 0);
  auto late = keys(7, 7, 1);
  late.front().position = Position::historical;
  expect_stored(late, 1, 0);
  const auto newest = stored(false);
  if (newest) {
    EXPECT_EQ(*newest, (std::set<std::pair<std::int64_t, std::uint32_t>>{{7, 2}}));
  }
  close();
}

TEST_F(SinkContract, ClosesTwice) {
  expect_stored(keys(1, 1, 1), 1, 0);
  close();
  close();
}

TEST_F(SinkContract, ClosesWithoutADelivery) { close(); }

TEST_F(SinkContract, StopsReadingWhenToldTo) {
  expect_stored(keys(1, 10, 1), 10, 0);
  int visited = 0;
  const auto status =
      sink_->read({}, [&](const auto& /*layout*/, const auto& /*record*/) { return ++visited < 3; });
  if (status.has_value()) {
    EXPECT_EQ(visited, 3);
  }
  close();
}

}  // namespace
}  // namespace musubi::testkit
