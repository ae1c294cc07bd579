// A file descriptor that closes itself.
#pragma once

#include <unistd.h>

#include <utility>

namespace musubi::intake {

class Descriptor {
 public:
  explicit Descriptor(int number = -1) noexcept : number_(number) {}
  ~Descriptor() { close(); }
  Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
  Descriptor& operator=(Descriptor&& other) noexcept {
    if (this != &other) {
      close();
      number_ = std::exchange(other.number_, -1);
    }
    return *this;
  }
  int number() const noexcept { return number_; }
  bool is_open() const noexcept { return number_ >= 0; }

 private:
  void close() noexcept {
    if (number_ >= 0) ::close(number_);
  }
  int number_;
};

}  // namespace musubi::intake
