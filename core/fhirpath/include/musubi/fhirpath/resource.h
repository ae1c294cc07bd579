// A FHIR resource, or any JSON or XML document, as expressions walk it: one flat array of nodes made once, in
// which JSON and XML look the same. `valueQuantity` is the element `value` of type Quantity; `_birthDate` and
// the attributes of XML are children of the element; numbers keep their text.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "musubi/base/result.h"
#include "musubi/document/tree.h"
#include "musubi/fhirpath/type_table.h"
#include "musubi/fhirpath/value.h"

namespace musubi::fhirpath {

inline constexpr std::uint32_t kNoNode = 0xFFFFFFFF;

enum class LeafKind : std::uint8_t { none, text, number, boolean };

/// The children of a node lie side by side.
struct ResourceNode {
  std::string_view name{};  ///< as expressions name it; empty: the root, or an item of a JSON array of arrays
  std::string_view text{};  ///< of a leaf, as written
  std::uint32_t parent = kNoNode;
  std::uint32_t first_child = kNoNode;
  std::uint32_t child_count = 0;
  document::NodeIndex source = document::kNoNode;  ///< in tree(), for provenance
  TypeIndex type = kNoType;                        ///< in the model; kNoType: untyped
  const ElementInfo* element = nullptr;            ///< of the parent's type; nullptr: not known there
  LeafKind leaf = LeafKind::none;
  ValueKind system = ValueKind::node;  ///< the System value it stands for; node: none
  bool has_value() const noexcept { return leaf != LeafKind::none; }
};

/// Names are found by hash first, by text then.
std::uint64_t hash_of_name(std::string_view name) noexcept;

/// Immutable; threads may share it. Copying shares.
class Resource {
 public:
  /// Typed where `model` is given and the document says of what type it is (resourceType, or the name of the
  /// root element in the namespace of FHIR); untyped otherwise. Errors: those of document::read_json and
  /// read_xml.
  static base::Result<Resource> from_json(std::string bytes, const std::string& shown_name,
                                          const document::Limits& limits, const TypeTable* model);
  static base::Result<Resource> from_xml(std::string bytes, const std::string& shown_name,
                                         const document::Limits& limits, const TypeTable* model);
  /// `source`: the bytes the tree was read from, for XHTML; may be empty.
  static Resource of(document::Tree tree, std::string source, const TypeTable* model);

  const ResourceNode& root() const noexcept { return nodes_[0]; }
  const ResourceNode& operator[](std::uint32_t index) const noexcept { return nodes_[index]; }
  std::size_t size() const noexcept { return size_; }
  std::uint32_t index_of(const ResourceNode& node) const noexcept {
    return static_cast<std::uint32_t>(&node - nodes_);
  }
  std::span<const ResourceNode> children(const ResourceNode& node) const noexcept {
    return {nodes_ + node.first_child, node.child_count};
  }
  /// hash_of_name of the node's name.
  std::uint64_t hash_of(const ResourceNode& node) const noexcept { return hashes_[index_of(node)]; }
  /// Calls `visit` with each child so named; false as soon as that is.
  template <class Visit>
  bool each_child(const ResourceNode& node, std::uint64_t hash, std::string_view name,
                  const Visit& visit) const {
    const auto* hashes = hashes_ + node.first_child;
    const auto* child = nodes_ + node.first_child;
    for (std::uint32_t left = node.child_count; left != 0; --left, ++hashes, ++child) {
      if (*hashes == hash && (child->name.data() == name.data() || child->name == name) && !visit(*child))
        return false;
    }
    return true;
  }
  /// The first child so named; nullptr: none.
  const ResourceNode* child(const ResourceNode& node, std::string_view name) const noexcept;
  /// The innermost resource `node` is in or is: of a contained one that one. The root where untyped.
  const ResourceNode& resource_of(const ResourceNode& node) const noexcept;

  /// The resource that stands alone: of a contained one what contains it, of an entry of a Bundle the
  /// entry's.
  const ResourceNode& container_of(const ResourceNode& node) const noexcept;

  const TypeTable* model() const noexcept { return model_; }
  /// "Patient"; empty: untyped.
  std::string_view type_name() const noexcept;
  const document::Tree& tree() const noexcept;

 private:
  friend class ResourceBuilder;
  struct Content;
  std::shared_ptr<const Content> content_;
  const ResourceNode* nodes_ = nullptr;
  const std::uint64_t* hashes_ = nullptr;  ///< of the names, beside nodes_: what a search reads
  std::size_t size_ = 0;
  const TypeTable* model_ = nullptr;
};

}  // namespace musubi::fhirpath
