#include "no_memory.h"

#include <cstddef>
#include <cstdlib>
#include <new>

namespace {

thread_local bool there_is_none = false;

}  // namespace

void* operator new(std::size_t size) {
  void* const room = there_is_none ? nullptr : std::malloc(size);
  if (room == nullptr) throw std::bad_alloc();
  return room;
}
// Sanitizers have one of their own, whose memory the operator below could not take back.
void* operator new(std::size_t size, const std::nothrow_t& /*nothrow*/) noexcept {
  return there_is_none ? nullptr : std::malloc(size);
}
void operator delete(void* room) noexcept { std::free(room); }
void operator delete(void* room, std::size_t /*size*/) noexcept { std::free(room); }

namespace musubi::pipeline {

NoMemory::NoMemory() noexcept { there_is_none = true; }
NoMemory::~NoMemory() { there_is_none = false; }

}  // namespace musubi::pipeline
