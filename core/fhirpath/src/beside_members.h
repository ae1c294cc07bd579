// The id and extensions of primitives, which JSON writes beside them as `_member`:
// hl7.org/fhir/R4/json.html#primitive
#pragma once

#include <cstdint>
#include <vector>

#include "node_builder.h"

namespace musubi::fhirpath {

/// In ResourceNode::shape while nodes are built: null, which keeps the place of an item.
inline constexpr std::uint8_t kNothingWritten = 128;

/// Not for several threads.
class BesideMembers {
 public:
  /// Joins the children of the object at `place` that belong together: _given[1] becomes the children of
  /// given[1]. What stands alone comes behind, by name; nulls go.
  void join(NodeBuilder& builder, NodeBuilder::Place place);

 private:
  using Place = NodeBuilder::Place;
  /// The nodes of one member.
  struct Member {
    Place first = 0, last = 0;  ///< last: behind
    bool beside = false, taken = false;
  };

  void find_members(NodeBuilder& builder, Place begin);
  Member* member_beside(NodeBuilder& builder, const Member& member);
  void take_both(NodeBuilder& builder, const Member& member, Member* beside);
  void take(NodeBuilder& builder, Place place);
  void take_pair(NodeBuilder& builder, Place own, Place beside);

  std::vector<Member> members_;
  std::vector<Member*> beside_;  ///< by name
  std::vector<ResourceNode> nodes_;
  std::vector<std::uint64_t> hashes_;
};

}  // namespace musubi::fhirpath
