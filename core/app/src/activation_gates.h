// What a candidate must pass before it may be activated.
#pragma once

#include <filesystem>
#include <functional>
#include <span>
#include <string_view>
#include <vector>

#include "candidates.h"

namespace musubi::app {

struct GateOptions {
  std::filesystem::path value_sets{};  ///< folder, with the words to try beside them
  bool without_tests = false;          ///< a mapping that has no tests may pass
};

struct Gate {
  std::string_view name;  ///< "lint"; its message is app.gate.NAME
  /// Everything it has to say of the candidate; an error among it keeps the gate shut.
  std::function<std::vector<base::Problem>(const Candidate& candidate, const GateOptions& options)> findings;
};

/// In the order in which they are tried.
std::span<const Gate> activation_gates();

struct GateReport {
  std::string_view name;
  std::vector<base::Problem> errors, warnings;
};
/// Every gate, also those behind one that is shut, so that all is told at once.
std::vector<GateReport> try_gates(const Candidate& candidate, const GateOptions& options);
bool all_open(const std::vector<GateReport>& reports);

}  // namespace musubi::app
