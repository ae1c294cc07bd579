// A thread for which every allocation fails, as long as a test wants it.
#pragma once

namespace musubi::pipeline {

/// As long as it lives, nothing can be allocated on its thread.
class NoMemory {
 public:
  NoMemory() noexcept;
  ~NoMemory();
  NoMemory(const NoMemory&) = delete;
  NoMemory& operator=(const NoMemory&) = delete;
};

template <class Work>
auto without_memory(const Work& work) {
  const NoMemory from_now_on;
  return work();
}

}  // namespace musubi::pipeline
