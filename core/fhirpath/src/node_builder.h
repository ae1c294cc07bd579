// Lays out the nodes of a Resource while its document is read. The children of what is open lie on a stack;
// when it is closed they move, side by side, to where they stay.
#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "musubi/document/text_arena.h"
#include "musubi/fhirpath/resource.h"
#include "musubi/fhirpath/type_lookup.h"
#include "name_order.h"
#include "node_rows.h"
#include "reference_index.h"

namespace musubi::fhirpath {

/// What a Resource is made of.
struct ResourceContent {
  DocumentFormat format = DocumentFormat::json;
  std::string bytes;
  document::Limits limits;
  document::TextArena texts;
  NodeRows nodes;
  std::vector<Remark> remarks;  ///< by node, then in the order of the document
  mutable std::once_flag tree_read;
  mutable document::Tree tree;
  mutable ReferenceIndex references;
};

/// What stands under one name of a typed or untyped parent.
struct NamedElement {
  std::string_view name{};  ///< as the document names it
  std::uint64_t hash = 0;   ///< of the name that expressions know: the element's
  const ElementInfo* element = nullptr;
  TypeIndex type = kNoType;
};

/// Not for several threads. Its memory may be used for one document after the other.
class NodeBuilder {
 public:
  using Place = std::uint32_t;  ///< on the stack; the root's is 0

  /// `model`: nullptr: nothing is typed.
  void start(std::shared_ptr<ResourceContent> content, const TypeTable* model, std::size_t nodes_expected);

  /// As the next child of what was opened last.
  ResourceNode& add(const NamedElement& named, std::uint32_t source_byte) {
    const auto name = named.element == nullptr ? named.name : named.element->name;
    return add(name, named.hash, named.element, named.type, source_byte);
  }
  ResourceNode& add(const KnownName& known, std::uint32_t source_byte) {
    return add(known.element_name(), known.hash, known.element, known.type, source_byte);
  }
  Place last() const noexcept { return static_cast<Place>(stack_.size() - 1); }
  ResourceNode& at(Place place) noexcept { return stack_.nodes()[place]; }
  std::size_t size() const noexcept { return stack_.size(); }
  std::uint64_t hash_at(Place place) const noexcept { return stack_.hashes()[place]; }
  /// Instead of what lies from `first` on.
  void replace_from(Place first, const std::vector<ResourceNode>& nodes,
                    const std::vector<std::uint64_t>& hashes);
  /// The node that was added at `place` has no further children.
  void close(Place place);
  Resource take();
  /// Instead of take(): the document is refused.
  void abandon() noexcept;

  /// About the object at `place`.
  void remark(Place place, RemarkKind kind, std::string_view name, std::uint32_t source_byte);

  // ---- types
  const TypeTraits& traits(TypeIndex type) const noexcept { return lookup_->traits(type); }
  /// An element of `parent` with this name in documents; nullptr: none.
  const KnownName* known(TypeIndex parent, std::string_view name, std::uint64_t hash) const noexcept {
    return parent == kNoType ? nullptr : lookup_->find(parent, name, hash);
  }
  NameOrder& order() noexcept { return order_; }
  /// Fills `named` in place.
  void find(TypeIndex parent, std::string_view name, std::uint64_t hash, NamedElement& named) const noexcept {
    named.name = name;
    named.hash = hash;
    named.element = nullptr;
    named.type = kNoType;
    const auto* const found = known(parent, name, hash);
    if (found == nullptr) return;
    named.hash = found->hash;
    named.element = found->element;
    named.type = found->type;
  }
  /// A resource of the model so named; kNoType: none.
  TypeIndex resource_type(std::string_view name) const noexcept;
  /// ExampleScenario.instance has an element of the name resourceType and is none.
  bool may_be_resource(TypeIndex declared) const noexcept {
    return model_ != nullptr && (declared == kNoType || traits(declared).is_resource);
  }

 private:
  void tidy() noexcept;
  ResourceNode& add(std::string_view name, std::uint64_t hash, const ElementInfo* element, TypeIndex type,
                    std::uint32_t source_byte) {
    auto& node = stack_.add(hash);
    node.name = name;
    node.text = {};
    node.parent = kNoNode;
    node.first_child = 0;
    node.child_count = 0;
    node.source_byte = source_byte;
    node.element = element;
    node.type = type;
    node.leaf = LeafKind::none;
    node.system = ValueKind::node;
    node.shape = 0;
    return node;
  }
  /// The node stays at `index`: its children and remarks learn so.
  void settle(ResourceNode& node, std::uint32_t index) {
    auto* const children = content_->nodes.nodes() + node.first_child;
    for (std::uint32_t child = 0; child < node.child_count; ++child) children[child].parent = index;
    for (auto each = node.parent; each != kNoNode;) each = std::exchange(remarks_[each].node, index);
    node.system = system_kind(node);
  }
  ValueKind system_kind(const ResourceNode& node) const noexcept {
    constexpr ValueKind kUntyped[] = {ValueKind::node, ValueKind::string, ValueKind::decimal,
                                      ValueKind::boolean};
    if (node.type == kNoType) return kUntyped[static_cast<std::size_t>(node.leaf)];
    const auto kind = traits(node.type).system;
    return kind == ValueKind::quantity || node.has_value() ? kind : ValueKind::node;
  }

  std::shared_ptr<ResourceContent> content_;
  const TypeTable* model_ = nullptr;
  const TypeLookup* lookup_ = nullptr;
  std::unique_ptr<const TypeLookup> own_lookup_;

  NameOrder order_;
  NodeRows stack_;               ///< `parent`: the last remark on it, until it is settled
  std::vector<Remark> remarks_;  ///< `node`: the remark before it on the same node, until that is settled
};

}  // namespace musubi::fhirpath
