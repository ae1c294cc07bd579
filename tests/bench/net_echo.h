// The limit for our server: Beast alone, one thread, its buffer reserved, no check of anything.
#pragma once

#include <cstdint>
#include <memory>

namespace musubi::bench {

class BareBeast {
 public:
  BareBeast();
  ~BareBeast();
  BareBeast(const BareBeast&) = delete;
  BareBeast& operator=(const BareBeast&) = delete;
  std::uint16_t port() const;

 private:
  class Running;
  std::unique_ptr<Running> running_;
};

}  // namespace musubi::bench
