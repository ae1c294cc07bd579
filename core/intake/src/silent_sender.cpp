#include "musubi/intake/silent_sender.h"

#include <algorithm>
#include <utility>

namespace musubi::intake {
namespace {

using base::Instant;
using std::chrono::minutes;

constexpr std::chrono::hours kJapan{9};  // the offset of its days; it has no summer time

Instant start_in_utc(std::chrono::sys_days day_in_japan) { return Instant(day_in_japan) - kJapan; }

}  // namespace

SilentSender::SilentSender(SilenceSettings settings, std::span<const Instant> receipts)
    : settings_(std::move(settings)) {
  for (const auto each : receipts) received(each);
}

void SilentSender::received(Instant when) {
  if (last_ && when <= *last_) return;
  const bool another_sending = last_ && when - *last_ > settings_.one_sending;
  if (another_sending) {
    gaps_.push_back(counted_time(*last_, when));
    if (gaps_.size() > kMostGaps) gaps_.pop_front();
  }
  last_ = when;
}

std::optional<minutes> SilentSender::usual_gap() const {
  if (settings_.expected_every) return settings_.expected_every;
  if (gaps_.size() < kLeastGaps) return std::nullopt;
  std::vector<minutes> sorted(gaps_.begin(), gaps_.end());
  const auto middle = sorted.begin() + static_cast<std::ptrdiff_t>(sorted.size() / 2);
  std::ranges::nth_element(sorted, middle);
  return *middle;
}

std::optional<minutes> SilentSender::longest_usual_silence() const {
  const auto usual = usual_gap();
  if (!usual) return std::nullopt;
  const auto often = std::chrono::duration<double, std::ratio<60>>(*usual) * settings_.factor;
  return std::max(settings_.least, std::chrono::duration_cast<minutes>(often));
}

bool SilentSender::is_silent(Instant now) const {
  const auto longest = longest_usual_silence();
  return longest && last_ && now > *last_ && counted_time(*last_, now) > *longest;
}

minutes SilentSender::counted_time(Instant from, Instant until) const {
  if (!settings_.business_days) return std::chrono::duration_cast<minutes>(until - from);
  std::chrono::microseconds counted{0};
  for (auto day = base::day_in_japan(from); day <= base::day_in_japan(until); day += std::chrono::days(1)) {
    if (is_day_off(day)) continue;
    counted += std::min(until, start_in_utc(day + std::chrono::days(1))) - std::max(from, start_in_utc(day));
  }
  return std::chrono::duration_cast<minutes>(counted);
}

bool SilentSender::is_day_off(std::chrono::sys_days day) const {
  const std::chrono::weekday weekday(day);
  return weekday == std::chrono::Saturday || weekday == std::chrono::Sunday ||
         std::ranges::binary_search(settings_.holidays, day);
}

}  // namespace musubi::intake
