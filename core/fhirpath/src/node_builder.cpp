#include "node_builder.h"

#include <algorithm>
#include <utility>

namespace musubi::fhirpath {

void NodeBuilder::start(std::shared_ptr<ResourceContent> content, const TypeTable* model,
                        std::size_t nodes_expected) {
  content_ = std::move(content);
  model_ = model;
  own_lookup_.reset();
  if (model != nullptr && model->lookup == nullptr) own_lookup_ = std::make_unique<const TypeLookup>(*model);
  lookup_ = model == nullptr || model->lookup == nullptr ? own_lookup_.get() : model->lookup;
  if (lookup_ != nullptr) order_.use(*lookup_);
  stack_.shrink(0);
  remarks_.clear();
  content_->nodes.make_room(nodes_expected + 1);
  content_->nodes.add(0);  // the root is settled last
}

void NodeBuilder::replace_from(Place first, const std::vector<ResourceNode>& nodes,
                               const std::vector<std::uint64_t>& hashes) {
  stack_.shrink(first);
  for (std::size_t each = 0; each < nodes.size(); ++each) stack_.add(hashes[each]) = nodes[each];
}

void NodeBuilder::close(Place place) {
  auto& settled = content_->nodes;
  auto index = static_cast<std::uint32_t>(settled.size());
  auto& closed = stack_.nodes()[place];
  closed.first_child = index;
  closed.child_count = static_cast<std::uint32_t>(stack_.size() - place - 1);
  const auto* child = stack_.nodes() + place + 1;
  const auto* hash = stack_.hashes() + place + 1;
  auto [node, node_hash] = settled.add_many(closed.child_count);
  for (auto left = closed.child_count; left != 0; --left, ++child, ++hash, ++node, ++node_hash) {
    *node = *child;
    *node_hash = *hash;
    settle(*node, index++);
  }
  stack_.shrink(place + 1);
}

Resource NodeBuilder::take() {
  auto& root = stack_.nodes()[0];
  settle(root, 0);
  root.parent = kNoNode;
  content_->nodes.nodes()[0] = root;
  content_->nodes.hashes()[0] = stack_.hashes()[0];
  std::ranges::stable_sort(remarks_, {}, &Remark::node);
  content_->remarks.assign(remarks_.begin(), remarks_.end());
  Resource made;
  made.nodes_ = content_->nodes.nodes();
  made.hashes_ = content_->nodes.hashes();
  made.size_ = content_->nodes.size();
  made.model_ = model_;
  made.format_ = content_->format;
  made.content_ = std::move(content_);
  tidy();
  return made;
}

void NodeBuilder::abandon() noexcept {
  content_.reset();
  tidy();
}

/// Memory for many nodes is given back.
void NodeBuilder::tidy() noexcept {
  constexpr std::size_t kMostKept = 1U << 16;
  if (stack_.room() > kMostKept) stack_.give_memory_back();
}

void NodeBuilder::remark(Place place, RemarkKind kind, std::string_view name, std::uint32_t source_byte) {
  auto& node = stack_.nodes()[place];
  remarks_.push_back({kind, node.parent, source_byte, name});
  node.parent = static_cast<std::uint32_t>(remarks_.size() - 1);
  node.shape |= kRemarkedOn;
}

TypeIndex NodeBuilder::resource_type(std::string_view name) const noexcept {
  if (model_ == nullptr) return kNoType;
  const auto type = lookup_->type_named(name);
  return type != kNoType && traits(type).is_resource ? type : kNoType;
}

}  // namespace musubi::fhirpath
