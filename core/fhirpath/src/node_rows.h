// Nodes and the hashes of their names, side by side in one piece of memory: appended, and taken off from the
// end.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <type_traits>

#include "musubi/fhirpath/resource.h"

namespace musubi::fhirpath {

/// Not for several threads. Addresses change when room is made.
class NodeRows {
 public:
  NodeRows() = default;
  NodeRows(const NodeRows&) = delete;
  NodeRows& operator=(const NodeRows&) = delete;

  const ResourceNode* nodes() const noexcept { return nodes_; }
  ResourceNode* nodes() noexcept { return nodes_; }
  const std::uint64_t* hashes() const noexcept { return hashes_; }
  std::uint64_t* hashes() noexcept { return hashes_; }
  std::size_t size() const noexcept { return size_; }
  std::size_t room() const noexcept { return room_; }

  /// For so many more.
  void make_room(std::size_t count) {
    if (room_ - size_ < count) grow(size_ + count);
  }
  struct Added {
    ResourceNode* nodes = nullptr;
    std::uint64_t* hashes = nullptr;
  };
  /// What they are is the caller's to fill in.
  Added add_many(std::size_t count) {
    make_room(count);
    const auto first = size_;
    size_ += count;
    return {nodes_ + first, hashes_ + first};
  }
  ResourceNode& add(std::uint64_t hash) {
    const auto [node, node_hash] = add_many(1);
    *node_hash = hash;
    return *node;
  }
  /// To its first `size`.
  void shrink(std::size_t size) noexcept { size_ = size; }
  void give_memory_back() noexcept {
    memory_.reset();
    nodes_ = nullptr;
    hashes_ = nullptr;
    size_ = room_ = 0;
  }

 private:
  static_assert(std::is_trivially_copyable_v<ResourceNode> && std::is_aggregate_v<ResourceNode>);

  [[gnu::noinline]] void grow(std::size_t least) {
    constexpr std::size_t kLeast = 256;
    const auto room = std::max({kLeast, least, room_ + room_ / 2});
    auto memory =
        std::make_unique_for_overwrite<std::byte[]>(room * (sizeof(ResourceNode) + sizeof(std::uint64_t)));
    auto* const nodes = reinterpret_cast<ResourceNode*>(memory.get());
    auto* const hashes = reinterpret_cast<std::uint64_t*>(memory.get() + room * sizeof(ResourceNode));
    if (size_ != 0) {
      std::memcpy(memory.get(), memory_.get(), size_ * sizeof(ResourceNode));
      std::memcpy(hashes, hashes_, size_ * sizeof(std::uint64_t));
    }
    memory_ = std::move(memory);
    nodes_ = nodes;
    hashes_ = hashes;
    room_ = room;
  }

  std::unique_ptr<std::byte[]> memory_;
  ResourceNode* nodes_ = nullptr;
  std::uint64_t* hashes_ = nullptr;
  std::size_t size_ = 0, room_ = 0;
};

}  // namespace musubi::fhirpath
