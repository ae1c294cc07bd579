#include "musubi/delivery/delivery.h"

#include <algorithm>
#include <thread>

namespace musubi::delivery {
namespace {

using base::Error;
using base::ErrorKind;

void sleep(std::chrono::milliseconds time) { std::this_thread::sleep_for(time); }

/// A receipt that leaves records out is no receipt: the sink is all or nothing.
base::Result<plugin::Receipt> checked(plugin::Receipt receipt, const model::Disclosure& disclosure) {
  if (receipt.stored + receipt.already_there == disclosure.size()) return receipt;
  return Error(ErrorKind::defect, "delivery.receipt_incomplete",
               {{"recipient", disclosure.recipient()},
                {"handed_over", std::to_string(disclosure.size())},
                {"acknowledged", std::to_string(receipt.stored + receipt.already_there)}})
      .in_stage("deliver");
}

Error gave_up(const model::Disclosure& disclosure, std::uint32_t attempts, const Error& last) {
  return Error(ErrorKind::unavailable, "delivery.gave_up",
               {{"recipient", disclosure.recipient()}, {"attempts", std::to_string(attempts)}})
      .in_stage("deliver")
      .because(last);
}

Error refused(const model::Disclosure& disclosure, const Error& cause) {
  return Error(cause.kind(), "delivery.refused", {{"recipient", disclosure.recipient()}})
      .in_stage("deliver")
      .because(cause);
}

}  // namespace

std::chrono::milliseconds wait_before(const RetryPolicy& policy, std::uint32_t number) noexcept {
  const auto longest = std::max(policy.longest_wait, std::chrono::milliseconds(0));
  auto wait = std::clamp(policy.first_wait, std::chrono::milliseconds(0), longest);
  for (std::uint32_t attempt = 2; attempt < number && wait < longest; ++attempt) {
    const double next = static_cast<double>(wait.count()) * policy.factor;
    if (!(next > static_cast<double>(wait.count()))) return wait;  // a factor of one or less: it stays
    if (next >= static_cast<double>(longest.count())) return longest;
    wait = std::chrono::milliseconds(static_cast<std::chrono::milliseconds::rep>(next));
  }
  return wait;
}

base::Result<plugin::Receipt> deliver(plugin::Sink& sink, const model::Disclosure& disclosure,
                                      const RetryPolicy& policy, const Wait& wait) {
  const auto attempts = std::max<std::uint32_t>(policy.attempts, 1);
  for (std::uint32_t attempt = 1;; ++attempt) {
    auto receipt = sink.deliver(disclosure);
    if (receipt.has_value()) return checked(std::move(*receipt), disclosure);
    if (receipt.error().kind() != ErrorKind::unavailable) return refused(disclosure, receipt.error());
    if (attempt == attempts) return gave_up(disclosure, attempts, receipt.error());
    (wait ? wait : sleep)(wait_before(policy, attempt + 1));
  }
}

base::Result<std::vector<plugin::Receipt>> deliver_together(plugin::Sink& sink,
                                                            std::span<const model::Disclosure> disclosures) {
  MUSUBI_ASSIGN(auto receipts, sink.deliver_together(disclosures));
  receipts.resize(disclosures.size());
  for (std::size_t index = 0; index < receipts.size(); ++index) {
    MUSUBI_ASSIGN(receipts[index], checked(std::move(receipts[index]), disclosures[index]));
  }
  return receipts;
}

}  // namespace musubi::delivery
