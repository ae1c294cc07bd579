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

/// By JsonKind.
constexpr LeafKind kLeaves[] = {LeafKind::text, LeafKind::number, LeafKind::boolean, LeafKind::none};

/// The Visitor of one document. Not for several threads.
class JsonNodes {
 public:
  JsonNodes(NodeBuilder& builder, const document::JsonIndex& index)
      : builder_(builder), index_(index), end_(index.text().data() + index.text().size()) {}

  // Of document::JsonWalk.
  bool is_expected(const char* name);
  void key(std::string_view name, std::uint64_t hash);
  std::uint8_t place_of_name() const noexcept { return place_; }
  void begin_object(std::uint32_t token);
  void end_object(std::uint32_t token);
  void begin_array(std::uint32_t token);
  void end_array(std::uint32_t token);
  [[gnu::always_inline]] void leaf(document::JsonKind kind, std::string_view text, std::uint32_t token) {
    const auto byte = index_.byte(token);
    const bool plain = plain_ && kind != JsonKind::null;
    plain_ = false;
    if (!plain) return other_leaf(kind, text, byte);
    judge_member(NodeKind::text, byte);
    auto& node = builder_.add(*top().member.known, byte);
    node.leaf = kLeaves[static_cast<std::size_t>(kind)];
    node.text = text;
  }
  void fault(const document::JsonFault& fault) {
    if (!fault_) fault_ = fault;
  }
  const std::optional<document::JsonFault>& first_fault() const noexcept { return fault_; }

 private:
  /// What a value is of.
  struct Member {
    const KnownName* known = nullptr;  ///< nullptr: the type of the object has no such element
    std::string_view written{};
    std::uint64_t hash = 0;  ///< of its name
    bool typed = false;      ///< of an object of a known type
    bool right = false;      ///< which has such an element, and it may be written so
    bool beside = false;     ///< _member

    std::string_view name() const noexcept { return beside ? written.substr(1) : written; }
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
    NameOrder::Step step = 0;
    std::size_t begun = 0;  ///< of a list: how many nodes there were
    Member member{};        ///< of an object: the last one
  };

  [[gnu::noinline]] void name_beside(Open& object, std::string_view name);
  /// Of the member, where a value begins that is no item.
  void judge_member(NodeKind kind, std::uint32_t byte) {
    const auto& member = top().member;
    if (!member.typed) return;
    const bool fits =
        member.right && kind != NodeKind::null && member.known->many == (kind == NodeKind::array);
    if (!fits) remark_on_member(kind, byte);
  }
  [[gnu::noinline, gnu::cold]] void remark_on_member(NodeKind kind, std::uint32_t byte);
  const Member& member_here() const noexcept;
  ResourceNode& add(const Member& member, std::uint32_t byte);
  void add_null(const Member& member, std::uint32_t byte);
  [[gnu::noinline]] void other_leaf(document::JsonKind kind, std::string_view text, std::uint32_t byte);
  void open_inner_list();
  Open& top() noexcept { return *top_; }
  const Open& top() const noexcept { return *top_; }
  /// What it was before is still in it.
  Open& open() {
    if (depth_ == room_) grow();
    top_ = open_.data() + depth_++;
    return *top_;
  }
  void close() noexcept { top_ = --depth_ == 0 ? nullptr : top_ - 1; }
  [[gnu::noinline]] void grow() {
    room_ = 2 * room_ + 16;
    open_.resize(room_);
  }
  NodeBuilder::Place object_place() const noexcept { return top().place; }
  bool skip_begin() noexcept;
  bool skip_end() noexcept;

  NodeBuilder& builder_;
  const document::JsonIndex& index_;
  const char* const end_;
  std::vector<Open> open_;
  std::size_t depth_ = 0, room_ = 0;  ///< of the open; what lies behind is memory for more
  Open* top_ = nullptr;               ///< nullptr: nothing is open
  std::uint8_t place_ = kNoPlaceOfName;
  bool plain_ = false;         ///< the next value is that of a member that is right
  std::uint32_t skipped_ = 0;  ///< depth in a value that is no element
  bool skips_next_ = false;
  BesideMembers beside_;
  std::optional<document::JsonFault> fault_;
};

bool JsonNodes::is_expected(const char* name) {
  if (skipped_ != 0) return false;
  auto& object = top();
  if (!object.typed) return false;
  const auto* const next = builder_.order().next(object.step);
  if (next == nullptr || !next->stands_at(name, end_)) return false;
  object.step = NameOrder::behind(*next);
  object.member.known = next;
  object.member.written = {name, next->size};
  object.member.typed = true;
  object.member.right = true;
  object.member.beside = false;
  place_ = next->place;
  plain_ = true;
  return true;
}

void JsonNodes::key(std::string_view name, std::uint64_t hash) {
  place_ = kNoPlaceOfName;
  if (skipped_ != 0) return;
  auto& object = top();
  if (object.typed && object.says_type && name == "resourceType") {
    skips_next_ = true;
  } else if (object.typed && name.starts_with('_')) {
    name_beside(object, name);
  } else {
    auto& member = object.member;
    member.known = builder_.known(object.type, name, hash);
    member.written = name;
    member.hash = hash;
    member.typed = object.typed;
    member.right = member.known != nullptr;
    member.beside = false;
    plain_ = member.right;
    if (!member.right || member.known->place == kNoPlaceOfName) return;
    place_ = member.known->place;
    builder_.order().learn(object.step, *member.known);
    object.step = NameOrder::behind(*member.known);
  }
}

void JsonNodes::name_beside(Open& object, std::string_view name) {
  const auto bare = name.substr(1);
  const auto hash = hash_of_name(bare);
  const auto* const known = builder_.known(object.type, bare, hash);
  const bool is_primitive =
      known != nullptr && known->type != kNoType && builder_.traits(known->type).is_primitive;
  // Nothing stands beside a group or an unknown member: it is a member by itself that the type does not know.
  object.uneven = object.uneven || is_primitive;
  auto& member = object.member;
  member.hash = is_primitive ? hash : hash_of_name(name);
  member.known = is_primitive ? known : nullptr;
  member.right = is_primitive;
  member.written = name;
  member.typed = true;
  member.beside = is_primitive;
}

void JsonNodes::remark_on_member(NodeKind kind, std::uint32_t byte) {
  const auto& member = top().member;
  const auto remarked = !member.right            ? RemarkKind::unknown
                        : kind == NodeKind::null ? RemarkKind::null
                        : member.known->many     ? RemarkKind::list_expected
                                                 : RemarkKind::list_unexpected;
  builder_.remark(object_place(), remarked, member.name(), byte);
}

const JsonNodes::Member& JsonNodes::member_here() const noexcept {
  return top().what == Opened::list ? top_[-1].member : top().member;
}

ResourceNode& JsonNodes::add(const Member& member, std::uint32_t byte) {
  auto& node = member.known != nullptr
                   ? builder_.add(*member.known, byte)
                   : builder_.add(NamedElement{.name = member.name(), .hash = member.hash}, byte);
  if (member.beside) node.shape = kWrittenBeside;
  return node;
}

/// Keeps its place for what stands beside it.
void JsonNodes::add_null(const Member& member, std::uint32_t byte) {
  if (!member.typed) return;
  add(member, byte).shape |= kNothingWritten;
  auto& object = top().what == Opened::list ? top_[-1] : top();
  object.uneven = true;
}

void JsonNodes::other_leaf(JsonKind kind, std::string_view text, std::uint32_t byte) {
  if (skipped_ != 0 || skips_next_) {
    skips_next_ = false;
    return;
  }
  const bool is_null = kind == JsonKind::null;
  ResourceNode* node = nullptr;
  if (depth_ == 0 || top().what == Opened::inner_list) {
    if (is_null && depth_ != 0) return;
    node = &builder_.add(nameless(), byte);
  } else {
    const auto& member = member_here();
    if (top().what == Opened::object) judge_member(is_null ? NodeKind::null : NodeKind::text, byte);
    if (is_null) return add_null(member, byte);
    node = &add(member, byte);
    if (member.beside) return;
  }
  node->leaf = kLeaves[static_cast<std::size_t>(kind)];
  if (!is_null) node->text = text;
}

void JsonNodes::begin_object(std::uint32_t token) {
  plain_ = false;
  if (skip_begin()) return;
  const auto byte = index_.byte(token);
  const bool named = depth_ != 0 && top().what != Opened::inner_list;
  if (named && top().what == Opened::object) judge_member(NodeKind::object, byte);
  auto& node = named ? add(member_here(), byte) : builder_.add(nameless(), byte);
  node.shape |= kWrittenAsObject;
  if ((node.shape & kWrittenBeside) == 0 && builder_.may_be_resource(node.type)) {
    const auto said = type_said_in(index_, token, builder_);
    if (said != kNoType) node.type = said;
  }
  auto& object = open();
  object.what = Opened::object;
  object.type = node.type;
  object.typed = node.type != kNoType;
  object.says_type = object.typed && builder_.traits(node.type).is_resource;
  object.uneven = false;
  object.place = builder_.last();
  object.step = object.typed ? builder_.order().before_first(node.type) : 0;
}

void JsonNodes::end_object(std::uint32_t) {
  if (skip_end()) return;
  if (top().uneven) beside_.join(builder_, object_place());
  builder_.close(object_place());
  close();
}

void JsonNodes::begin_array(std::uint32_t token) {
  plain_ = false;
  if (skip_begin()) return;
  const auto byte = index_.byte(token);
  if (depth_ == 0 || top().what == Opened::inner_list) {
    builder_.add(nameless(), byte);
    return open_inner_list();
  }
  if (top().what == Opened::list) {
    add(member_here(), byte);
    return open_inner_list();
  }
  judge_member(NodeKind::array, byte);
  const auto place = object_place();
  auto& list = open();
  list.what = Opened::list;
  list.place = place;
  list.begun = builder_.size();
}

void JsonNodes::open_inner_list() {
  auto& list = open();
  list.what = Opened::inner_list;
  list.place = builder_.last();
}

void JsonNodes::end_array(std::uint32_t token) {
  if (skip_end()) return;
  if (top().what == Opened::inner_list) {
    builder_.close(object_place());
  } else {
    const auto& member = member_here();
    if (top().begun == builder_.size() && member.right && member.known->many)
      builder_.remark(object_place(), RemarkKind::list_empty, member.name(), index_.byte(token - 1));
  }
  close();
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

std::optional<document::JsonFault> add_json(NodeBuilder& builder, document::JsonIndex& index,
                                            document::TextArena& texts, std::uint32_t depth_limit) {
  JsonNodes nodes(builder, index);
  document::JsonWalk walk(index, texts, depth_limit, nodes);
  if (!walk.whole_text()) return walk.broken();
  return nodes.first_fault();
}

}  // namespace musubi::fhirpath
