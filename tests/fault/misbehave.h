// What the adapters of the tests do on demand, in all the ways in which an adapter can fail its hub.
#pragma once

#include <chrono>
#include <csignal>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <stdexcept>
#include <string_view>
#include <thread>
#include <vector>

namespace musubi::testing {

/// The text of what is thrown must not be repeated anywhere.
inline constexpr const char* kSecret = "himitsu-no-atai";

[[noreturn]] inline void sleep_for_ever() {
  for (;;) std::this_thread::sleep_for(std::chrono::seconds(1));
}

/// Ends in std::bad_alloc; everything is touched.
inline void allocate_without_end() {
  constexpr std::size_t kPiece = std::size_t{16} << 20;
  std::vector<std::unique_ptr<char[]>> pieces;
  for (;;) {
    pieces.push_back(std::make_unique_for_overwrite<char[]>(kPiece));
    std::memset(pieces.back().get(), 1, kPiece);
  }
}

inline void write_nowhere() {
  volatile std::uintptr_t nowhere = 0;
  *reinterpret_cast<volatile int*>(nowhere) = 1;
}

/// throws, aborts, crashes, is_killed, loops or leaks; nothing else does anything.
inline void misbehave(std::string_view how) {
  if (how == "throws") throw std::runtime_error(kSecret);
  if (how == "aborts") std::abort();
  if (how == "crashes") write_nowhere();
  if (how == "is_killed") std::raise(SIGKILL);
  if (how == "loops") sleep_for_ever();
  if (how == "leaks") allocate_without_end();
}

}  // namespace musubi::testing
