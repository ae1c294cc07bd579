#include "musubi/delivery/delivery.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <deque>

#include "musubi/base/messages.h"

namespace musubi::privacy {

/// This test does not link core/privacy; it stands in for the one class that may make a disclosure.
class Protector {
 public:
  static model::Disclosure disclose(std::size_t records) {
    const auto layout = std::make_shared<model::RecordLayout>();
    model::Disclosure disclosure{model::RecordBatch(layout)};
    disclosure.recipient_ = "central";
    disclosure.keys_.resize(records);
    return disclosure;
  }
};

}  // namespace musubi::privacy

namespace musubi::delivery {
namespace {

using base::Error;
using base::ErrorKind;
using std::chrono::milliseconds;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

/// Answers as it was told, one answer an attempt.
class ScriptedSink final : public plugin::Sink {
 public:
  base::Result<plugin::Receipt> deliver(const model::Disclosure&) noexcept override {
    ++attempts;
    auto answer = answers.front();
    if (answers.size() > 1) answers.pop_front();
    return answer;
  }
  base::Result<std::vector<plugin::Receipt>> deliver_together(
      std::span<const model::Disclosure> disclosures) override {
    std::vector<plugin::Receipt> receipts;
    for (const auto& each : disclosures) {
      MUSUBI_ASSIGN(auto receipt, deliver(each));
      receipts.push_back(std::move(receipt));
    }
    return receipts;
  }
  base::Status read(const plugin::ReadRequest&, const plugin::RecordVisitor&) noexcept override { return {}; }
  base::Status close() noexcept override { return {}; }

  std::deque<base::Result<plugin::Receipt>> answers;
  int attempts = 0;
};

const Error kDown(ErrorKind::unavailable, "sink.down");

class DeliveryTest : public ::testing::Test {
 protected:
  base::Result<plugin::Receipt> deliver_to(std::deque<base::Result<plugin::Receipt>> answers,
                                           const RetryPolicy& policy = {}) {
    sink.answers = std::move(answers);
    return deliver(sink, disclosure, policy, [&](milliseconds wait) { waits.push_back(wait.count()); });
  }
  model::Disclosure disclosure = privacy::Protector::disclose(3);
  ScriptedSink sink;
  std::vector<std::int64_t> waits;
};

TEST_F(DeliveryTest, a_receipt_comes_back_as_it_is) {
  const auto receipt = deliver_to({plugin::Receipt{"txn-7", 2, 1}});
  ASSERT_FALSE(receipt.has_error());
  EXPECT_EQ(receipt->recipient_reference, "txn-7");
  EXPECT_EQ(receipt->stored, 2u);
  EXPECT_EQ(receipt->already_there, 1u);
  EXPECT_THAT(waits, IsEmpty());
}

TEST_F(DeliveryTest, an_unavailable_recipient_is_asked_again_ever_later) {
  const auto receipt = deliver_to({kDown, kDown, kDown, plugin::Receipt{"1", 3, 0}});
  EXPECT_FALSE(receipt.has_error());
  EXPECT_EQ(sink.attempts, 4);
  EXPECT_THAT(waits, ElementsAre(200, 400, 800));
}

TEST_F(DeliveryTest, it_gives_up_after_the_last_attempt) {
  const auto receipt = deliver_to({kDown}, {.attempts = 3});
  ASSERT_TRUE(receipt.has_error());
  EXPECT_EQ(receipt.error().code(), "delivery.gave_up");
  EXPECT_EQ(receipt.error().kind(), ErrorKind::unavailable);
  EXPECT_EQ(receipt.error().cause()->code(), "sink.down");
  EXPECT_EQ(sink.attempts, 3);
  EXPECT_THAT(waits, ElementsAre(200, 400)) << "no wait after the last";
}

TEST_F(DeliveryTest, what_is_not_unavailable_is_not_asked_again) {
  for (const auto kind :
       {ErrorKind::environment, ErrorKind::refused, ErrorKind::bad_input, ErrorKind::defect}) {
    sink.attempts = 0;
    const auto receipt = deliver_to({Error(kind, "sink.no")});
    ASSERT_TRUE(receipt.has_error());
    EXPECT_EQ(receipt.error().code(), "delivery.refused");
    EXPECT_EQ(receipt.error().kind(), kind);
    EXPECT_EQ(receipt.error().cause()->code(), "sink.no");
    EXPECT_EQ(sink.attempts, 1);
  }
}

TEST_F(DeliveryTest, a_refusal_after_silence_ends_it) {
  EXPECT_EQ(deliver_to({kDown, Error(ErrorKind::refused, "sink.no")}).error().code(), "delivery.refused");
  EXPECT_EQ(sink.attempts, 2);
}

TEST_F(DeliveryTest, no_attempts_means_one) {
  EXPECT_FALSE(deliver_to({plugin::Receipt{"1", 3, 0}}, {.attempts = 0}).has_error());
  EXPECT_EQ(sink.attempts, 1);
}

TEST_F(DeliveryTest, a_receipt_that_leaves_records_out_is_none) {
  for (const auto& receipt : {plugin::Receipt{"1", 2, 0}, plugin::Receipt{"1", 3, 1}, plugin::Receipt{}}) {
    EXPECT_EQ(deliver_to({receipt}).error().code(), "delivery.receipt_incomplete");
  }
}

TEST_F(DeliveryTest, nothing_to_hand_over_still_has_a_receipt) {
  disclosure = privacy::Protector::disclose(0);
  EXPECT_FALSE(deliver_to({plugin::Receipt{"0", 0, 0}}).has_error());
}

TEST_F(DeliveryTest, without_a_way_to_wait_it_sleeps) {
  sink.answers = {kDown, plugin::Receipt{"1", 3, 0}};
  EXPECT_FALSE(deliver(sink, disclosure, {.first_wait = milliseconds(1)}, {}).has_error());
  EXPECT_EQ(sink.attempts, 2);
}

TEST(WaitBefore, grows_to_the_longest_and_stays) {
  const RetryPolicy policy{.first_wait = milliseconds(200), .longest_wait = milliseconds(1000), .factor = 2};
  EXPECT_EQ(wait_before(policy, 2).count(), 200);
  EXPECT_EQ(wait_before(policy, 4).count(), 800);
  EXPECT_EQ(wait_before(policy, 5).count(), 1000);
  EXPECT_EQ(wait_before(policy, 4'000'000'000).count(), 1000);
}

TEST(WaitBefore, is_never_negative_endless_or_shrinking) {
  EXPECT_EQ(wait_before({.first_wait = milliseconds(-5)}, 2).count(), 0);
  EXPECT_EQ(wait_before({.longest_wait = milliseconds(-5)}, 9).count(), 0);
  EXPECT_EQ(wait_before({.factor = 0.5}, 9).count(), 200);
  EXPECT_EQ(wait_before({.factor = -1}, 9).count(), 200);
  EXPECT_EQ(wait_before({.factor = std::numeric_limits<double>::quiet_NaN()}, 9).count(), 200);
  EXPECT_EQ(wait_before({.factor = std::numeric_limits<double>::infinity()}, 3).count(), 30'000);
  EXPECT_EQ(wait_before({.first_wait = milliseconds(0)}, 4'000'000'000).count(), 0);
}

TEST(Messages, of_delivery_are_catalogued) {
  for (const auto* id : {"delivery.gave_up", "delivery.refused", "delivery.receipt_incomplete"}) {
    EXPECT_NE(base::find_message(id), nullptr) << id;
  }
}

TEST_F(DeliveryTest, of_several_together_each_has_a_receipt) {
  sink.answers = {plugin::Receipt{"1", 3, 0}, plugin::Receipt{"2", 1, 1}};
  std::vector<model::Disclosure> all;
  all.push_back(privacy::Protector::disclose(3));
  all.push_back(privacy::Protector::disclose(2));
  const auto receipts = deliver_together(sink, all);
  ASSERT_FALSE(receipts.has_error());
  ASSERT_EQ(receipts->size(), 2U);
  EXPECT_EQ(receipts->at(1).recipient_reference, "2");
}

TEST_F(DeliveryTest, of_several_together_a_receipt_that_leaves_records_out_is_none) {
  sink.answers = {plugin::Receipt{"1", 3, 0}, plugin::Receipt{"2", 1, 0}};
  std::vector<model::Disclosure> all;
  all.push_back(privacy::Protector::disclose(3));
  all.push_back(privacy::Protector::disclose(2));
  const auto receipts = deliver_together(sink, all);
  ASSERT_TRUE(receipts.has_error());
  EXPECT_EQ(receipts.error().code(), "delivery.receipt_incomplete");
}

TEST_F(DeliveryTest, several_together_are_asked_once) {
  sink.answers = {kDown};
  std::vector<model::Disclosure> all;
  all.push_back(privacy::Protector::disclose(3));
  all.push_back(privacy::Protector::disclose(2));
  EXPECT_EQ(deliver_together(sink, all).error().code(), "sink.down");
  EXPECT_EQ(sink.attempts, 1);
  EXPECT_THAT(waits, IsEmpty());
}

}  // namespace
}  // namespace musubi::delivery
