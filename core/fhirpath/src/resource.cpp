// Breadth first over the document: the children of one node are added side by side, then theirs in turn.
#include "musubi/fhirpath/resource.h"

#include <algorithm>
#include <utility>

#include "musubi/base/text.h"
#include "system_kinds.h"
#include "tree_children.h"

namespace musubi::fhirpath {
namespace {

using document::NodeIndex;
using document::NodeKind;
using document::Tree;

constexpr std::string_view kFhirNamespace = "http://hl7.org/fhir";

std::string_view without_prefix(std::string_view name) {
  const auto colon = name.find(':');
  return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

}  // namespace

struct Resource::Content {
  Tree tree;
  std::string source;
  std::vector<ResourceNode> nodes;
  std::vector<std::uint64_t> hashes;
};

/// Not for several threads.
class ResourceBuilder {
 public:
  ResourceBuilder(Resource::Content& content, const TypeTable* model)
      : tree_(content.tree),
        source_(content.source),
        nodes_(content.nodes),
        hashes_(content.hashes),
        model_(model) {}

  void run() {
    nodes_.reserve(tree_.size());
    hashes_.reserve(tree_.size());
    beside_.reserve(tree_.size());
    is_json_ = tree_[0].kind != NodeKind::element;
    add_root();
    for (std::uint32_t index = 0; index < nodes_.size(); ++index) {
      const auto begin = static_cast<std::uint32_t>(nodes_.size());
      add_children(index);
      nodes_[index].first_child = begin;
      nodes_[index].child_count = static_cast<std::uint32_t>(nodes_.size()) - begin;
      nodes_[index].system = system_kind(nodes_[index]);
      hashes_.push_back(hash_of_name(nodes_[index].name));
    }
  }

 private:
  void add_root() {
    auto& root = nodes_.emplace_back();
    beside_.push_back(document::kNoNode);
    root.source = 0;
    if (is_json_) {
      root.type = type_said_by(0);
      take_leaf(root, 0);
      return;
    }
    root.name = without_prefix(tree_[0].name);
    if (in_fhir_namespace()) root.type = resource_type(root.name);
    if (root.type == kNoType) take_leaf(root, 0);
  }

  bool in_fhir_namespace() const {
    const auto colon = tree_[0].name.find(':');
    const auto wanted = colon == std::string_view::npos
                            ? std::string("xmlns")
                            : "xmlns:" + std::string(tree_[0].name.substr(0, colon));
    const auto declared = tree_.child(0, wanted);
    return declared != document::kNoNode && tree_[declared].value == kFhirNamespace;
  }

  TypeIndex resource_type(std::string_view name) const {
    if (model_ == nullptr) return kNoType;
    const auto type = model_->find(name);
    return type != kNoType && model_->type(type).kind == TypeKind::resource ? type : kNoType;
  }

  /// ExampleScenario.instance has an element of the name resourceType and is none.
  bool may_be_resource(TypeIndex declared) const {
    return declared == kNoType || model_->type(declared).kind == TypeKind::resource;
  }

  /// The type a JSON object names in resourceType.
  TypeIndex type_said_by(NodeIndex object) const {
    if (tree_[object].kind != NodeKind::object) return kNoType;
    const auto said = tree_.child(object, "resourceType");
    return said == document::kNoNode ? kNoType : resource_type(tree_[said].value);
  }

  void add_children(std::uint32_t parent) {
    const auto source = nodes_[parent].source;
    if (is_json_) {
      add_json_children(parent, source);
      add_json_children(parent, beside_[parent]);
    } else {
      add_xml_children(parent, source);
    }
  }

  // ---- JSON

  void add_json_children(std::uint32_t parent, NodeIndex source) {
    if (source == document::kNoNode) return;
    if (tree_[source].kind == NodeKind::array) {
      for (const auto item : Children(tree_, source)) add_json(parent, {}, item, document::kNoNode);
    }
    if (tree_[source].kind != NodeKind::object) return;
    if (nodes_[parent].type == kNoType) {
      for (const auto member : Children(tree_, source))
        add_member(parent, tree_[member].name, member, document::kNoNode);
    } else {
      add_typed_members(parent, source);
    }
  }

  /// Each member with the `_member` that belongs to it; then those that stand alone.
  void add_typed_members(std::uint32_t parent, NodeIndex source) {
    auto companions = companions_of(source);
    const bool says_type = may_be_resource(nodes_[parent].type);
    for (const auto member : Children(tree_, source)) {
      const auto name = tree_[member].name;
      if (!(says_type && name == "resourceType") && !name.starts_with('_'))
        add_member(parent, name, member, take(companions, name));
    }
    for (const auto& [name, member] : companions) {
      if (member != document::kNoNode) add_member(parent, name, document::kNoNode, member);
    }
  }

  using Companions = std::vector<std::pair<std::string_view, NodeIndex>>;

  /// The members whose names begin with _, by the rest of their names.
  Companions companions_of(NodeIndex object) const {
    Companions found;
    for (const auto member : Children(tree_, object)) {
      const auto name = tree_[member].name;
      if (name.starts_with('_')) found.emplace_back(name.substr(1), member);
    }
    std::ranges::sort(found);
    return found;
  }

  static NodeIndex take(Companions& companions, std::string_view name) {
    const auto found = std::ranges::lower_bound(companions, name, {}, &Companions::value_type::first);
    if (found == companions.end() || found->first != name) return document::kNoNode;
    return std::exchange(found->second, document::kNoNode);
  }

  NodeIndex first_of(NodeIndex member) const { return tree_[member].first_child; }
  bool is_array(NodeIndex member) const {
    return member != document::kNoNode && tree_[member].kind == NodeKind::array;
  }

  /// One member; an array becomes as many nodes, each with the item of the companion array at its place.
  void add_member(std::uint32_t parent, std::string_view name, NodeIndex member, NodeIndex beside) {
    if (!is_array(member) && !is_array(beside)) return add_json(parent, name, member, beside);
    auto item = is_array(member) ? first_of(member) : document::kNoNode;
    auto extra = is_array(beside) ? first_of(beside) : document::kNoNode;
    while (item != document::kNoNode || extra != document::kNoNode) {
      add_json(parent, name, item, extra);
      if (item != document::kNoNode) item = tree_[item].next_sibling;
      if (extra != document::kNoNode) extra = tree_[extra].next_sibling;
    }
  }

  bool is_nothing(NodeIndex node) const {
    return node == document::kNoNode || tree_[node].kind == NodeKind::null;
  }

  void add_json(std::uint32_t parent, std::string_view name, NodeIndex source, NodeIndex beside) {
    if (is_nothing(source) && is_nothing(beside)) return;
    auto& node = add(parent, name);
    node.source = is_nothing(source) ? beside : source;
    if (!is_nothing(source)) {
      const auto said = may_be_resource(node.type) ? type_said_by(source) : kNoType;
      if (said != kNoType) node.type = said;
      take_leaf(node, source);
    }
    beside_.back() = is_nothing(source) || is_nothing(beside) ? document::kNoNode : beside;
  }

  // ---- XML

  void add_xml_children(std::uint32_t parent, NodeIndex source) {
    const auto type = nodes_[parent].type;
    if (nodes_[parent].has_value() && is_xhtml(type)) return;
    for (const auto child : Children(tree_, source)) {
      const auto& from = tree_[child];
      if (from.kind == NodeKind::attribute) {
        if (!is_markup(from.name) && !(type != kNoType && is_value_of(parent, from.name)))
          add_xml(parent, child);
      } else {
        add_xml(parent, child);
      }
    }
  }

  /// Namespace declarations and xsi:schemaLocation say nothing about the data.
  static bool is_markup(std::string_view name) {
    return name.starts_with("xmlns") || name.starts_with("xsi:");
  }
  bool is_value_of(std::uint32_t node, std::string_view name) const {
    return name == "value" && nodes_[node].has_value();
  }
  bool is_xhtml(TypeIndex type) const { return type != kNoType && model_->type(type).name == "xhtml"; }

  void add_xml(std::uint32_t parent, NodeIndex source) {
    const bool typed = nodes_[parent].type != kNoType;
    auto& node = add(parent, without_prefix(tree_[source].name));
    node.source = source;
    if (!typed || tree_[source].kind == NodeKind::attribute) return take_leaf(node, source);
    if (node.type != kNoType && model_->type(node.type).kind == TypeKind::resource)
      return enter_resource(node);
    take_typed_leaf(node, source);
  }

  /// <contained><Patient>…: the node is the resource inside.
  void enter_resource(ResourceNode& node) {
    for (const auto child : Children(tree_, node.source)) {
      if (tree_[child].kind != NodeKind::element) continue;
      node.source = child;
      const auto type = resource_type(without_prefix(tree_[child].name));
      if (type != kNoType) node.type = type;
      return;
    }
  }

  void take_typed_leaf(ResourceNode& node, NodeIndex source) {
    if (is_xhtml(node.type)) {
      node.text = written(source);
      node.leaf = LeafKind::text;
      return;
    }
    const auto value = tree_.child(source, "value");
    const bool primitive = node.type == kNoType || model_->type(node.type).kind == TypeKind::primitive ||
                           model_->type(node.type).kind == TypeKind::system;
    if (!primitive || value == document::kNoNode || tree_[value].kind != NodeKind::attribute) return;
    node.text = tree_[value].value;
    node.leaf = LeafKind::text;
  }

  /// An element as it stands in the source.
  std::string_view written(NodeIndex source) const {
    const auto& node = tree_[source];
    if (std::uint64_t{node.source_byte} + node.source_length > source_.size()) return node.value;
    const auto text = std::string_view(source_).substr(node.source_byte, node.source_length);
    return base::malformed_utf8_at(text) ? node.value : text;
  }

  // ---- both

  ResourceNode& add(std::uint32_t parent, std::string_view name) {
    auto& node = nodes_.emplace_back();
    beside_.push_back(document::kNoNode);
    node.parent = parent;
    node.name = name;
    type_element(node, nodes_[parent].type);
    return node;
  }

  void type_element(ResourceNode& node, TypeIndex parent_type) {
    if (parent_type == kNoType) return;
    const auto found = model_->find_in_document(parent_type, node.name);
    if (!found) return;
    node.name = found->element->name;
    node.element = found->element;
    if (found->chosen != kNoType) {
      node.type = found->chosen;
    } else if (const auto types = model_->types_of(*found->element); !types.empty()) {
      node.type = types.front().type;
    }
  }

  void take_leaf(ResourceNode& node, NodeIndex source) const {
    const auto& from = tree_[source];
    switch (from.kind) {
      case NodeKind::text:
      case NodeKind::attribute:
        node.leaf = LeafKind::text;
        break;
      case NodeKind::number:
        node.leaf = LeafKind::number;
        break;
      case NodeKind::boolean:
        node.leaf = LeafKind::boolean;
        break;
      case NodeKind::element:
        node.leaf = from.value.empty() ? LeafKind::none : LeafKind::text;
        break;
      default:
        return;
    }
    node.text = from.value;
  }

  ValueKind system_kind(const ResourceNode& node) const {
    constexpr ValueKind kUntyped[] = {ValueKind::node, ValueKind::string, ValueKind::decimal,
                                      ValueKind::boolean};
    if (node.type == kNoType) return kUntyped[static_cast<std::size_t>(node.leaf)];
    const auto system = node.type < model_->system_types ? node.type : model_->type(node.type).system_type;
    if (system == kNoType) return ValueKind::node;
    const auto kind = system_kind_named(model_->type(system).name);
    return kind == ValueKind::quantity || node.has_value() ? kind : ValueKind::node;
  }

  const Tree& tree_;
  const std::string& source_;
  std::vector<ResourceNode>& nodes_;
  std::vector<std::uint64_t>& hashes_;
  std::vector<NodeIndex> beside_;  ///< of each node: the object of `_name` that belongs to it
  const TypeTable* model_;
  bool is_json_ = false;
};

std::uint64_t hash_of_name(std::string_view name) noexcept {
  std::uint64_t hash = 0xCBF29CE484222325;
  for (const char character : name) hash = (hash ^ static_cast<unsigned char>(character)) * 0x100000001B3;
  return hash;
}

Resource Resource::of(Tree tree, std::string source, const TypeTable* model) {
  auto content = std::make_shared<Content>();
  content->tree = std::move(tree);
  content->source = std::move(source);
  ResourceBuilder(*content, model).run();
  Resource made;
  made.nodes_ = content->nodes.data();
  made.hashes_ = content->hashes.data();
  made.size_ = content->nodes.size();
  made.model_ = model;
  made.content_ = std::move(content);
  return made;
}

base::Result<Resource> Resource::from_json(std::string bytes, const std::string& shown_name,
                                           const document::Limits& limits, const TypeTable* model) {
  MUSUBI_ASSIGN(auto tree, document::read_json(std::move(bytes), shown_name, limits));
  return of(std::move(tree), {}, model);
}

base::Result<Resource> Resource::from_xml(std::string bytes, const std::string& shown_name,
                                          const document::Limits& limits, const TypeTable* model) {
  MUSUBI_ASSIGN(auto tree, document::read_xml(bytes, shown_name, limits));
  return of(std::move(tree), std::move(bytes), model);
}

const ResourceNode* Resource::child(const ResourceNode& node, std::string_view name) const noexcept {
  const ResourceNode* found = nullptr;
  each_child(node, hash_of_name(name), name, [&](const ResourceNode& child) {
    found = &child;
    return false;
  });
  return found;
}

const ResourceNode& Resource::resource_of(const ResourceNode& node) const noexcept {
  const auto* at = &node;
  while (at->parent != kNoNode) {
    if (at->type != kNoType && model_->type(at->type).kind == TypeKind::resource) return *at;
    at = &nodes_[at->parent];
  }
  return *at;
}

const ResourceNode& Resource::container_of(const ResourceNode& node) const noexcept {
  const auto* inner = &resource_of(node);
  while (inner->parent != kNoNode && inner->name == "contained") inner = &resource_of(nodes_[inner->parent]);
  return *inner;
}

std::string_view Resource::type_name() const noexcept {
  return root().type == kNoType ? std::string_view() : model_->type(root().type).name;
}

const Tree& Resource::tree() const noexcept { return content_->tree; }

}  // namespace musubi::fhirpath
