// The answers to one request for every field, worked out beforehand: time is cut where rules begin and end,
// and between two cuts every field has one decision.
#pragma once

#include <span>
#include <vector>

#include "rule.h"

namespace musubi::privacy {

struct FieldDecision {
  Treatment treatment = Treatment::withhold;
  Generalisation generalisation;
  const Rule* rule = nullptr;  ///< nullptr: default deny

  friend bool operator==(const FieldDecision&, const FieldDecision&) = default;
};

/// Neighbouring segments, first to last inclusive.
struct SegmentRange {
  std::uint32_t first = 0, last = 0;
  friend bool operator==(const SegmentRange&, const SegmentRange&) = default;
};

class CompiledRequest {
 public:
  /// `rules` outlive this.
  CompiledRequest(std::span<const AppliedRule> rules, const Request& request, std::size_t fields);

  std::uint32_t segments() const noexcept { return static_cast<std::uint32_t>(starts_.size()); }
  std::uint32_t segment_of(Day day) const noexcept;
  /// Of several segments: the strictest treatment; a field made coarser in two different ways is withheld.
  FieldDecision decision(SegmentRange range, model::FieldNumber field) const noexcept;

 private:
  void paint(const AppliedRule& applied);

  std::vector<Day> starts_;  ///< first day of each segment; starts_[0] is kDawn
  std::vector<std::vector<FieldDecision>> decisions_;
};

}  // namespace musubi::privacy
