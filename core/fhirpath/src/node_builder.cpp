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
  stack_.clear();
  hashes_.clear();
  remarks_.clear();
  content_->nodes.reserve(nodes_expected + 1);
  content_->hashes.reserve(nodes_expected + 1);
  content_->nodes.resize(1);  // the root is settled last
  content_->hashes.resize(1);
}

void NodeBuilder::replace_from(Place first, const std::vector<ResourceNode>& nodes,
                               const std::vector<std::uint64_t>& hashes) {
  stack_.resize(first);
  hashes_.resize(first);
  stack_.insert(stack_.end(), nodes.begin(), nodes.end());
  hashes_.insert(hashes_.end(), hashes.begin(), hashes.end());
}

void NodeBuilder::close(Place place) {
  auto& nodes = content_->nodes;
  auto& hashes = content_->hashes;
  auto begin = static_cast<std::uint32_t>(nodes.size());
  const auto first = static_cast<std::ptrdiff_t>(place) + 1;
  stack_[place].first_child = begin;
  stack_[place].child_count = static_cast<std::uint32_t>(stack_.size()) - place - 1;
  for (auto child = stack_.begin() + first; child != stack_.end(); ++child) settle(*child, begin++);
  nodes.insert(nodes.end(), stack_.begin() + first, stack_.end());
  hashes.insert(hashes.end(), hashes_.begin() + first, hashes_.end());
  stack_.resize(static_cast<std::size_t>(first));
  hashes_.resize(static_cast<std::size_t>(first));
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
  if (stack_.capacity() > kMostKept) stack_ = {}, hashes_ = {};
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
