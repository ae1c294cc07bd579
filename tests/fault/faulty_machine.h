// The environment in which a hub stands on a machine with faults (interposed_calls.cpp).
#pragma once

#include <cstdint>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <string>

#include "laboratory.h"

namespace musubi::testing {

/// A sanitizer's runtime wants to be the first library of a process.
inline bool machine_can_be_faulty() { return std::strlen(MUSUBI_SANITIZERS) == 0; }

/// Everything below the laboratory's home forgets what was not synced; see MUSUBI_DISK.
inline Laboratory::Environment forgetful_disk(const Laboratory& laboratory, std::uint64_t seed) {
  return {{"LD_PRELOAD", MUSUBI_FAULTY_MACHINE},
          {"MUSUBI_DISK", laboratory.home().string()},
          {"MUSUBI_DISK_SEED", std::to_string(seed)}};
}

/// The Nth sync of the hub fails, and what it should have kept is gone when the hub has ended.
inline Laboratory::Environment sync_that_fails(const Laboratory& laboratory, std::uint64_t number) {
  auto environment = forgetful_disk(laboratory, 0);
  environment.emplace_back("MUSUBI_DISK_SYNC_FAILS", std::to_string(number));
  return environment;
}

/// What the hub's clock is ahead, set while the hub runs.
inline void set_clock(const std::filesystem::path& file, std::int64_t seconds_ahead) {
  std::fstream stream(file, std::ios::binary | std::ios::in | std::ios::out);
  if (!stream) stream.open(file, std::ios::binary | std::ios::out);
  stream.write(reinterpret_cast<const char*>(&seconds_ahead), sizeof seconds_ahead);
}

}  // namespace musubi::testing
