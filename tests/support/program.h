// Runs the musubi program as a child process.
#pragma once

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace musubi::testing {

struct Outcome {
  int exit_code = -1;
  bool killed = false;
  std::string out, err;
};

/// build/<preset>/bin/musubi of the running test.
std::filesystem::path program_path();

/// With LANG=C and no configuration from the environment. `kill_after`: SIGKILL when it has not ended by
/// then. `out`: where standard output goes instead of into the outcome.
Outcome run_musubi(const std::vector<std::string>& arguments,
                   std::optional<std::chrono::microseconds> kill_after = std::nullopt,
                   const std::filesystem::path& folder = {}, const std::filesystem::path& out = {});

}  // namespace musubi::testing
