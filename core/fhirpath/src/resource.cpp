#include "musubi/fhirpath/resource.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "json_nodes.h"
#include "node_builder.h"
#include "xml_nodes.h"

namespace musubi::fhirpath {
namespace {

using base::Error;
using base::ErrorKind;
using document::JsonIndex;
using document::NodeIndex;
using document::Tree;

/// Memory that a thread uses for one document after the other; that of large ones is given back.
struct Workshop {
  NodeBuilder builder;
  std::unique_ptr<JsonIndex> index = std::make_unique<JsonIndex>();

  void tidy() {
    constexpr std::size_t kMostKept = 4U << 20;
    if (index->capacity() > kMostKept) index = std::make_unique<JsonIndex>();
  }
};

Workshop& workshop() {
  thread_local Workshop own;
  return own;
}

base::Result<Resource> read_nodes(const std::shared_ptr<ResourceContent>& content,
                                  const std::string& shown_name, const TypeTable* model) {
  constexpr std::uint32_t kTokensOfANode = 4;
  auto& [builder, index_memory] = workshop();
  auto& index = *index_memory;
  const auto& text = content->bytes;
  if (const auto fault = index.read(text)) return document::json_error(*fault, text, shown_name);
  auto& texts = content->texts;
  const auto depth = content->limits.depth;
  builder.start(content, model, index.size() / kTokensOfANode);
  if (const auto fault = add_json(builder, index, texts, depth)) {
    builder.abandon();
    return document::json_error(*fault, text, shown_name);
  }
  return builder.take();
}

}  // namespace

base::Result<Resource> Resource::from_json(std::string bytes, const std::string& shown_name,
                                           const document::Limits& limits, const TypeTable* model) {
  const auto limit = std::min<std::uint64_t>(limits.bytes, std::numeric_limits<std::uint32_t>::max() - 1);
  if (bytes.size() > limit) {
    return Error(ErrorKind::limit_exceeded, "file.too_large", {{"limit", std::to_string(limit)}})
        .at({.file = shown_name});
  }
  auto content = std::make_shared<ResourceContent>();
  content->limits = limits;
  content->bytes = std::move(bytes);
  if (content->bytes.starts_with("\xEF\xBB\xBF")) content->bytes.replace(0, 3, "   ");
  auto read = read_nodes(content, shown_name, model);
  workshop().tidy();
  return read;
}

base::Result<Resource> Resource::from_xml(std::string bytes, const std::string& shown_name,
                                          const document::Limits& limits, const TypeTable* model) {
  MUSUBI_ASSIGN(auto tree, document::read_xml(bytes, shown_name, limits));
  auto content = std::make_shared<ResourceContent>();
  content->format = DocumentFormat::xml;
  content->limits = limits;
  content->bytes = std::move(bytes);
  content->tree = std::move(tree);
  auto& builder = workshop().builder;
  builder.start(content, model, content->tree.size());
  XmlNodes(builder, content->tree, content->bytes).run();
  return builder.take();
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

const ResourceNode* Resource::entry_resource(const ResourceNode& bundle, std::string_view reference) const {
  return content_->references.entry(*this, bundle, reference);
}

const ResourceNode* Resource::contained_resource(const ResourceNode& container, std::string_view id) const {
  return content_->references.contained(*this, container, id);
}

std::string_view Resource::type_name() const noexcept {
  return root().type == kNoType ? std::string_view() : model_->type(root().type).name;
}

const std::string& Resource::bytes() const noexcept { return content_->bytes; }

std::span<const Remark> Resource::remarks_on(const ResourceNode& node) const noexcept {
  if ((node.shape & kRemarkedOn) == 0) return {};
  return {std::ranges::equal_range(content_->remarks, index_of(node), {}, &Remark::node)};
}

const Tree& Resource::tree() const {
  if (format_ == DocumentFormat::xml) return content_->tree;
  std::call_once(content_->tree_read, [this] {
    content_->tree = document::read_json(content_->bytes, {}, content_->limits).value();
  });
  return content_->tree;
}

NodeIndex Resource::source_of(const ResourceNode& node) const {
  const auto& document = tree();
  NodeIndex first = 0;
  auto count = static_cast<NodeIndex>(document.size());
  while (count > 0) {
    const auto half = count / 2;
    const bool before = document[first + half].source_byte < node.source_byte;
    first = before ? first + half + 1 : first;
    count = before ? count - half - 1 : half;
  }
  return first;
}

}  // namespace musubi::fhirpath
