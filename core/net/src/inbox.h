// Bytes received and not yet read, in one reserved piece of memory.
#pragma once

#include <cstddef>
#include <cstring>
#include <memory>
#include <string_view>

namespace musubi::net {

class Inbox {
 public:
  explicit Inbox(std::size_t capacity) : bytes_(new char[capacity]), capacity_(capacity) {}

  std::string_view view() const noexcept { return {bytes_.get() + begin_, end_ - begin_}; }
  bool is_empty() const noexcept { return begin_ == end_; }
  /// Nothing more fits.
  bool is_full() const noexcept { return end_ - begin_ == capacity_; }

  /// Room for more: what is unread moves to the front when none is left behind it.
  struct Room {
    char* bytes;
    std::size_t size;
  };
  Room room() noexcept {
    if (begin_ == end_) begin_ = end_ = 0;
    if (end_ == capacity_) move_to_front();
    return {bytes_.get() + end_, capacity_ - end_};
  }
  void received(std::size_t bytes) noexcept { end_ += bytes; }
  void consume(std::size_t bytes) noexcept { begin_ += bytes; }

 private:
  void move_to_front() noexcept {
    std::memmove(bytes_.get(), bytes_.get() + begin_, end_ - begin_);
    end_ -= begin_;
    begin_ = 0;
  }
  std::unique_ptr<char[]> bytes_;
  std::size_t capacity_, begin_ = 0, end_ = 0;
};

}  // namespace musubi::net
