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
#include "musubi/document/name_hash.h"
#include "musubi/document/tree.h"
#include "musubi/fhirpath/type_table.h"
#include "musubi/fhirpath/value.h"

namespace musubi::fhirpath {

inline constexpr std::uint32_t kNoNode = 0xFFFFFFFF;

enum class LeafKind : std::uint8_t { none, text, number, boolean };

// How a node is written: bits of ResourceNode::shape.
inline constexpr std::uint8_t kWrittenAsObject = 1;     ///< a JSON object
inline constexpr std::uint8_t kWrittenBeside = 2;       ///< only as the member _name
inline constexpr std::uint8_t kWrittenAsAttribute = 4;  ///< of XML
inline constexpr std::uint8_t kTextBetween =
    8;  ///< an XML element with text beside elements, or for its value
inline constexpr std::uint8_t kRemarkedOn = 16;  ///< there are remarks on it

/// The children of a node lie side by side.
struct ResourceNode {
  std::string_view name{};  ///< as expressions name it; empty: the root, or an item of a JSON array of arrays
  std::string_view text{};  ///< of a leaf, as written
  std::uint32_t parent = kNoNode;
  std::uint32_t first_child = kNoNode;
  std::uint32_t child_count = 0;
  std::uint32_t source_byte = 0;         ///< where it begins in the document
  const ElementInfo* element = nullptr;  ///< of the parent's type; nullptr: not known there
  TypeIndex type = kNoType;              ///< in the model; kNoType: untyped
  LeafKind leaf = LeafKind::none;
  ValueKind system = ValueKind::node;  ///< the System value it stands for; node: none
  std::uint8_t shape = 0;
  bool has_value() const noexcept { return leaf != LeafKind::none; }
};

/// Names are found by hash first, by text then.
using document::hash_of_name;

/// What is written in a JSON object of a known type in a way that its elements must not be.
enum class RemarkKind : std::uint8_t { unknown, null, list_expected, list_unexpected, list_empty };
struct Remark {
  RemarkKind kind = RemarkKind::unknown;
  std::uint32_t node = 0;         ///< of the object
  std::uint32_t source_byte = 0;  ///< of the member's value
  std::string_view name{};        ///< of the member, without _ where its element is known
};

enum class DocumentFormat : std::uint8_t { json, xml };

struct ResourceContent;

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

  /// The resource of the first entry of a Bundle that `reference`, which names no version, leads to: by
  /// fullUrl; "Patient/1" also by the end of that, or by type and id. nullptr: none. An index is made when it
  /// is first asked.
  const ResourceNode* entry_resource(const ResourceNode& bundle, std::string_view reference) const;
  /// The first resource with this id that `container` contains; nullptr: none. By an index as well.
  const ResourceNode* contained_resource(const ResourceNode& container, std::string_view id) const;

  const TypeTable* model() const noexcept { return model_; }
  /// "Patient"; empty: untyped.
  std::string_view type_name() const noexcept;
  DocumentFormat format() const noexcept { return format_; }
  /// What it was read from; blanks stand for a byte order mark.
  const std::string& bytes() const noexcept;
  /// Of the node, in the order of the document.
  std::span<const Remark> remarks_on(const ResourceNode& node) const noexcept;
  /// The document itself: read again when it is first asked for.
  const document::Tree& tree() const;
  /// Where the node begins in tree().
  document::NodeIndex source_of(const ResourceNode& node) const;

 private:
  friend class NodeBuilder;
  std::shared_ptr<const ResourceContent> content_;
  const ResourceNode* nodes_ = nullptr;
  const std::uint64_t* hashes_ = nullptr;  ///< of the names, beside nodes_: what a search reads
  std::size_t size_ = 0;
  const TypeTable* model_ = nullptr;
  DocumentFormat format_ = DocumentFormat::json;
};

}  // namespace musubi::fhirpath
