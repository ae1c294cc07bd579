#include "beside_members.h"

#include <algorithm>
#include <tuple>

namespace musubi::fhirpath {
namespace {

bool is_nothing(const ResourceNode& node) { return (node.shape & kNothingWritten) != 0; }
bool is_beside(const ResourceNode& node) { return (node.shape & kWrittenBeside) != 0; }
/// Of one choice the members differ in their types.
auto identity(const ResourceNode& node) { return std::tuple(node.name, node.element != nullptr, node.type); }

}  // namespace

void BesideMembers::join(NodeBuilder& builder, Place place) {
  find_members(builder, place + 1);
  nodes_.clear();
  hashes_.clear();
  for (const auto& member : members_)
    if (!member.beside) take_both(builder, member, member_beside(builder, member));
  for (const auto* member : beside_)
    for (auto at = member->first; !member->taken && at < member->last; ++at) take(builder, at);
  builder.replace_from(place + 1, nodes_, hashes_);
}

void BesideMembers::find_members(NodeBuilder& builder, Place begin) {
  members_.clear();
  for (auto at = begin; at < builder.size(); ++at) {
    const auto& node = builder.at(at);
    const bool same = at != begin && is_beside(node) == is_beside(builder.at(at - 1)) &&
                      identity(node) == identity(builder.at(at - 1));
    if (same)
      members_.back().last = at + 1;
    else
      members_.push_back({.first = at, .last = at + 1, .beside = is_beside(node)});
  }
  beside_.clear();
  for (auto& member : members_)
    if (member.beside) beside_.push_back(&member);
  std::ranges::sort(beside_, {}, [&](const Member* member) { return identity(builder.at(member->first)); });
}

BesideMembers::Member* BesideMembers::member_beside(NodeBuilder& builder, const Member& member) {
  const auto wanted = identity(builder.at(member.first));
  const auto named_so = std::ranges::equal_range(
      beside_, wanted, {}, [&](const Member* each) { return identity(builder.at(each->first)); });
  // Where a name comes twice, for which the document is refused in the end, no node may be taken twice.
  const auto found = std::ranges::partition_point(named_so, [](const Member* each) { return each->taken; });
  return found == named_so.end() ? nullptr : *found;
}

void BesideMembers::take_both(NodeBuilder& builder, const Member& member, Member* beside) {
  if (beside != nullptr) beside->taken = true;
  const auto own_count = member.last - member.first;
  const auto beside_count = beside == nullptr ? 0 : beside->last - beside->first;
  for (std::uint32_t item = 0; item < std::max(own_count, beside_count); ++item) {
    if (item >= own_count)
      take(builder, beside->first + item);
    else if (item >= beside_count)
      take(builder, member.first + item);
    else
      take_pair(builder, member.first + item, beside->first + item);
  }
}

void BesideMembers::take(NodeBuilder& builder, Place place) {
  if (is_nothing(builder.at(place))) return;
  nodes_.push_back(builder.at(place));
  hashes_.push_back(builder.hash_at(place));
}

void BesideMembers::take_pair(NodeBuilder& builder, Place own, Place beside) {
  auto& node = builder.at(own);
  const auto& extra = builder.at(beside);
  if (is_nothing(node)) return take(builder, beside);
  take(builder, own);
  if (is_nothing(extra)) return;
  // A group stands where a value should: both stay.
  if (!node.has_value()) return take(builder, beside);
  nodes_.back().first_child = extra.first_child;
  nodes_.back().child_count = extra.child_count;
  nodes_.back().parent = extra.parent;
  nodes_.back().shape |= extra.shape & kRemarkedOn;
}

}  // namespace musubi::fhirpath
