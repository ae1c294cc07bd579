#include "json_nodes.h"

#include <optional>
#include <string_view>
#include <vector>

#include "beside_members.h"
#include "json_resource_type.h"
#include "musubi/document/json_walk.h"

namespace musubi::fhirpath {
namespace {

using document::JsonKind;
using document::NodeKind;

/// Items of arrays in arrays have no name.
const NamedElement& nameless() {
  static const NamedElement kNameless{{}, hash_of_name({}), nullptr, kNoType};
  return kNameless;
}

/// The Visitor of one document. Not for several threads.
class JsonNodes {
 public:
  JsonNodes(NodeBuilder& builder, const document::JsonIndex& index) : builder_(builder), index_(index) {}

  // Of document::JsonWalk.
  void key(std::string_view name, std::uint64_t hash);
  void begin_object(std::uint32_t token);
  void end_object(std::uint32_t token);
  void begin_array(std::uint32_t token);
  void end_array(std::uint32_t token);
  void leaf(document::JsonKind kind, std::string_view text, std::uint32_t token);
  void fault(const document::JsonFault& fault) {
    if (!fault_) fault_ = fault;
  }
  const std::optional<document::JsonFault>& first_fault() const noexcept { return fault_; }

 private:
  /// What a value is of.
  struct Member {
    NamedElement named{};
    std::string_view written{};
    bool typed = false;   ///< of an object of a known type
    bool known = false;   ///< which has such an element
    bool beside = false;  ///< _member
  };
  /// An object, the array of a member, or an array that is an item of one or the root.
  enum class Opened : std::uint8_t { object, list, inner_list };
  struct Open {
    Opened what = Opened::object;
    bool typed = false;
    bool says_type = false;  ///< resourceType is no element of it
    bool uneven = false;     ///< has nulls or _members
    TypeIndex type = kNoType;
    NodeBuilder::Place place = 0;  ///< of a list: of its object
  };

  [[gnu::noinline]] void name_beside(std::string_view name);
  /// Of the member, where a value begins that is no item.
  void judge_member(document::NodeKind kind, std::uint32_t byte);
  const Member& member_here() const noexcept;
  ResourceNode& add(const Member& member, std::uint32_t byte);
  void add_null(const Member& member, std::uint32_t byte);
  void open_inner_list(std::uint32_t byte);
  NodeBuilder::Place object_place() const noexcept { return open_.back().place; }
  bool skip_begin() noexcept;
  bool skip_end() noexcept;

  NodeBuilder& builder_;
  const document::JsonIndex& index_;
  std::vector<Open> open_;
  std::vector<Member> lists_;       ///< of the open lists
  std::vector<std::size_t> begun_;  ///< of them: how many nodes there were
  Member member_;
  std::uint32_t skipped_ = 0;  ///< depth in a value that is no element
  bool skips_next_ = false;
  BesideMembers beside_;
  std::optional<document::JsonFault> fault_;
};

void JsonNodes::key(std::string_view name, std::uint64_t hash) {
  if (skipped_ != 0) return;
  const auto& object = open_.back();
  if (object.typed && object.says_type && name == "resourceType") {
    skips_next_ = true;
  } else if (object.typed && name.starts_with('_')) {
    name_beside(name);
  } else {
    builder_.find(object.type, name, hash, member_.named);
    member_.written = name;
    member_.typed = object.typed;
    member_.known = member_.named.element != nullptr;
    member_.beside = false;
  }
}

void JsonNodes::name_beside(std::string_view name) {
  auto& object = open_.back();
  object.uneven = true;
  const auto bare = name.substr(1);
  builder_.find(object.type, bare, hash_of_name(bare), member_.named);
  member_.known = member_.named.element != nullptr && member_.named.type != kNoType &&
                  builder_.traits(member_.named.type).is_primitive;
  member_.written = member_.known ? bare : name;
  member_.typed = true;
  member_.beside = true;
}

void JsonNodes::judge_member(NodeKind kind, std::uint32_t byte) {
  if (!member_.typed) return;
  const auto remark = [&](RemarkKind remarked) {
    builder_.remark(object_place(), remarked, member_.written, byte);
  };
  if (!member_.known) return remark(RemarkKind::unknown);
  const bool many = member_.named.element->many;
  if (kind == NodeKind::null)
    remark(RemarkKind::null);
  else if (many && kind != NodeKind::array)
    remark(RemarkKind::list_expected);
  else if (!many && kind == NodeKind::array)
    remark(RemarkKind::list_unexpected);
}

const JsonNodes::Member& JsonNodes::member_here() const noexcept {
  return open_.back().what == Opened::list ? lists_.back() : member_;
}

ResourceNode& JsonNodes::add(const Member& member, std::uint32_t byte) {
  auto& node = builder_.add(member.named, byte);
  if (member.beside) node.shape = kWrittenBeside;
  return node;
}

/// Keeps its place for what stands beside it.
void JsonNodes::add_null(const Member& member, std::uint32_t byte) {
  if (!member.typed) return;
  add(member, byte).shape |= kNothingWritten;
  auto object = open_.rbegin();
  if (object->what == Opened::list) ++object;
  object->uneven = true;
}

void JsonNodes::leaf(JsonKind kind, std::string_view text, std::uint32_t token) {
  if (skipped_ != 0 || skips_next_) {
    skips_next_ = false;
    return;
  }
  constexpr LeafKind kLeaves[] = {LeafKind::text, LeafKind::number, LeafKind::boolean, LeafKind::none};
  const auto byte = index_.byte(token);
  const bool is_null = kind == JsonKind::null;
  ResourceNode* node = nullptr;
  if (open_.empty() || open_.back().what == Opened::inner_list) {
    if (is_null && !open_.empty()) return;
    node = &builder_.add(nameless(), byte);
  } else {
    const auto& member = member_here();
    if (open_.back().what == Opened::object) judge_member(is_null ? NodeKind::null : NodeKind::text, byte);
    if (is_null) return add_null(member, byte);
    node = &add(member, byte);
    if (member.beside) return;
  }
  node->leaf = kLeaves[static_cast<std::size_t>(kind)];
  if (!is_null) node->text = text;
}

void JsonNodes::begin_object(std::uint32_t token) {
  if (skip_begin()) return;
  const auto byte = index_.byte(token);
  const bool named = !open_.empty() && open_.back().what != Opened::inner_list;
  if (named && open_.back().what == Opened::object) judge_member(NodeKind::object, byte);
  auto& node = named ? add(member_here(), byte) : builder_.add(nameless(), byte);
  node.shape |= kWrittenAsObject;
  if ((node.shape & kWrittenBeside) == 0 && builder_.may_be_resource(node.type)) {
    const auto said = type_said_in(index_, token, builder_);
    if (said != kNoType) node.type = said;
  }
  auto& object = open_.emplace_back();
  object.type = node.type;
  object.typed = node.type != kNoType;
  object.says_type = object.typed && builder_.traits(node.type).is_resource;
  object.place = builder_.last();
}

void JsonNodes::end_object(std::uint32_t) {
  if (skip_end()) return;
  if (open_.back().uneven) beside_.join(builder_, object_place());
  builder_.close(object_place());
  open_.pop_back();
}

void JsonNodes::begin_array(std::uint32_t token) {
  if (skip_begin()) return;
  const auto byte = index_.byte(token);
  if (open_.empty() || open_.back().what == Opened::inner_list) {
    builder_.add(nameless(), byte);
    return open_inner_list(byte);
  }
  if (open_.back().what == Opened::list) {
    add(lists_.back(), byte);
    return open_inner_list(byte);
  }
  judge_member(NodeKind::array, byte);
  lists_.push_back(member_);
  begun_.push_back(builder_.size());
  open_.push_back({.what = Opened::list, .place = object_place()});
}

void JsonNodes::open_inner_list(std::uint32_t) {
  open_.push_back({.what = Opened::inner_list, .place = builder_.last()});
}

void JsonNodes::end_array(std::uint32_t token) {
  if (skip_end()) return;
  if (open_.back().what == Opened::inner_list) {
    builder_.close(object_place());
  } else {
    const auto& member = lists_.back();
    if (member.known && member.named.element->many && begun_.back() == builder_.size())
      builder_.remark(object_place(), RemarkKind::list_empty, member.written, index_.byte(token - 1));
    lists_.pop_back();
    begun_.pop_back();
  }
  open_.pop_back();
}

bool JsonNodes::skip_begin() noexcept {
  if (skipped_ == 0 && !skips_next_) return false;
  skips_next_ = false;
  ++skipped_;
  return true;
}

bool JsonNodes::skip_end() noexcept {
  if (skipped_ == 0) return false;
  --skipped_;
  return true;
}

}  // namespace

std::optional<document::JsonFault> add_json(NodeBuilder& builder, const document::JsonIndex& index,
                                            document::TextArena& texts, std::uint32_t depth_limit) {
  JsonNodes nodes(builder, index);
  document::JsonWalk walk(index, texts, depth_limit, nodes);
  if (!walk.whole_text()) return walk.broken();
  return nodes.first_fault();
}

}  // namespace musubi::fhirpath
