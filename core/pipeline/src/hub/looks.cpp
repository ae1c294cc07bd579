#include "looks.h"

#include <functional>
#include <limits>
#include <optional>
#include <utility>

namespace musubi::pipeline {
namespace {

/// Of bytes, to know them again; not against anybody who wants two to be alike.
std::int64_t digest_of(std::string_view bytes) {
  constexpr auto kMost = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
  return static_cast<std::int64_t>((std::hash<std::string_view>()(bytes) & kMost) | 1U);
}

class LookInHand final : public Look {
 public:
  LookInHand(Hands& hands, const Task& task)
      : hands_(hands), hand_(hands.lend()), own_(Hand::of_this_thread()) {
    if (hand_ == nullptr) return;
    hand_->take(task);
    Hand::of_this_thread() = hand_;
    inside_.emplace(hand_);
  }
  ~LookInHand() override {
    if (hand_ == nullptr) return;
    inside_.reset();
    Hand::of_this_thread() = own_;
    hand_->lay_down();
    hands_.take_back(hand_);
  }
  LookInHand(const LookInHand&) = delete;
  LookInHand& operator=(const LookInHand&) = delete;

 private:
  Hands& hands_;
  Hand* const hand_;
  Hand* const own_;
  std::optional<InsideAdapter> inside_;
};

}  // namespace

Looks Looks::after_start(const ledger::Ledger& ledger, Hands& hands, std::uint32_t most) {
  if (most == 0) return {hands, {}};
  const auto suspects = ledger.suspects(most);
  return {hands, {suspects.begin(), suspects.end()}};
}

base::Result<std::unique_ptr<Look>> Looks::begin(const std::string& source, std::string_view bytes) {
  const auto id = digest_of(bytes);
  if (suspects_.contains(id)) return base::Error(base::ErrorKind::refused, "pipeline.bytes_poison");
  return std::unique_ptr<Look>(std::make_unique<LookInHand>(*hands_, Task{ledger::Errand::look, id, source}));
}

}  // namespace musubi::pipeline
