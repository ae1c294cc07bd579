// What couriers do where there is no memory.
#include "hub/couriers.h"

#include "no_memory.h"
#include "small_hub.h"

namespace musubi::pipeline {
namespace {

class CouriersTest : public HubTest {
 protected:
  /// Until the ledger was looked into and nothing is owed.
  static void settle(const Couriers& couriers) {
    for (int step = 0; step < 10 && !couriers.idle(); ++step)
      static_cast<void>(couriers.of_sink("central")->step(base::SystemClock().now()));
    EXPECT_TRUE(couriers.idle());
  }
};

TEST_F(CouriersTest, what_is_booked_and_cannot_be_handed_over_is_owed) {
  const auto its = std::make_shared<const Equipment>(equipment());
  Couriers couriers(its, quick(), observer, [](const base::Error&) {});
  settle(couriers);
  const auto handoff =
      taken(couriers.begin(*its, its->routes->recipients_for("test", model::RecordKind::case_report), {}));
  Outgoing outgoing{.records = {}, .chosen = {}, .keys = {}, .recipients = {{1, 0}}};
  EXPECT_TRUE(without_memory([&] { return handoff->take(std::move(outgoing)); })) << "the next part goes on";
  EXPECT_FALSE(couriers.idle()) << "the ledger is to be asked";
  settle(couriers);
}

}  // namespace
}  // namespace musubi::pipeline
