// Texts that live together: appended, never moved, freed at once. One allocation per 64 KiB, none per text.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <memory>
#include <string_view>
#include <vector>

namespace musubi::document {

/// Not for several threads. A view is valid as long as the arena.
class TextArena {
 public:
  std::string_view copy(std::string_view text) {
    if (text.empty()) return {};
    char* const room = reserve(text.size());
    std::memcpy(room, text.data(), text.size());
    return keep(text.size());
  }

  /// Room for up to `size` bytes; only what keep() then names is kept, the rest is given out again.
  char* reserve(std::size_t size) {
    if (left_ < size) add_block(std::max(size, kBlock));
    return next_;
  }
  std::string_view keep(std::size_t size) {
    const std::string_view kept(next_, size);
    next_ += size;
    left_ -= size;
    return kept;
  }

 private:
  static constexpr std::size_t kBlock = 64U << 10;

  void add_block(std::size_t size) {
    blocks_.push_back(std::make_unique_for_overwrite<char[]>(size));
    next_ = blocks_.back().get();
    left_ = size;
  }

  std::vector<std::unique_ptr<char[]>> blocks_;
  char* next_ = nullptr;
  std::size_t left_ = 0;
};

}  // namespace musubi::document
