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
  count_ = 0;
  remarks_.clear();
  content_->nodes.reserve(nodes_expected + 1);
  content_->hashes.reserve(nodes_expected + 1);
  content_->nodes.resize(1);  // the root is settled last
  content_->hashes.resize(1);
}

void NodeBuilder::replace_from(Place first, const std::vector<ResourceNode>& nodes,
                               const std::vector<std::uint64_t>& hashes) {
  count_ = first + nodes.size();
  while (count_ > stack_.size()) grow();
  std::ranges::copy(nodes, stack_.begin() + static_cast<std::ptrdiff_t>(first));
  std::ranges::copy(hashes, hashes_.begin() + static_cast<std::ptrdiff_t>(first));
}

void NodeBuilder::grow() {
  constexpr std::size_t kLeast = 256;
  stack_.resize(std::max(kLeast, 2 * stack_.size()));
  hashes_.resize(stack_.size());
}

void NodeBuilder::close(Place place) {
  auto& nodes = content_->nodes;
  auto& hashes = content_->hashes;
  auto begin = static_cast<std::uint32_t>(nodes.size());
  auto* const child = stack_.data() + place + 1;
  const auto* const hash = hashes_.data() + place + 1;
  const auto count = count_ - place - 1;
  stack_[place].first_child = begin;
  stack_[place].child_count = static_cast<std::uint32_t>(count);
  for (std::size_t each = 0; each < count; ++each) settle(child[each], begin++);
  nodes.insert(nodes.end(), child, child + count);
  hashes.insert(hashes.end(), hash, hash + count);
  count_ = place + 1;
}

Resource NodeBuilder::take() {
  constexpr std::size_t kMostKept = 1U << 16;
  auto& root = stack_.front();
  settle(root, 0);
  root.parent = kNoNode;
  content_->nodes.front() = root;
  content_->hashes.front() = hashes_.front();
  std::ranges::stable_sort(remarks_, {}, &Remark::node);
  content_->remarks.assign(remarks_.begin(), remarks_.end());
  if (stack_.size() > kMostKept) stack_ = {}, hashes_ = {};
  Resource made;
  made.nodes_ = content_->nodes.data();
  made.hashes_ = content_->hashes.data();
  made.size_ = content_->nodes.size();
  made.model_ = model_;
  made.format_ = content_->format;
  made.content_ = std::move(content_);
  return made;
}

void NodeBuilder::remark(Place place, RemarkKind kind, std::string_view name, std::uint32_t source_byte) {
  auto& node = stack_[place];
  remarks_.push_back({kind, node.parent, source_byte, name});
  node.parent = static_cast<std::uint32_t>(remarks_.size() - 1);
}

TypeIndex NodeBuilder::resource_type(std::string_view name) const noexcept {
  if (model_ == nullptr) return kNoType;
  const auto type = model_->find(name);
  return type != kNoType && traits(type).is_resource ? type : kNoType;
}

}  // namespace musubi::fhirpath
