#include "activation_gates.h"

#include <algorithm>
#include <array>

namespace musubi::app {
namespace {

std::vector<base::Problem> lint_of(const Candidate& candidate) {
  return mapping::lint(candidate.mapping->text(), candidate.path.string(), candidate.mapping->context());
}

}  // namespace

std::span<const Gate> activation_gates() {
  static const std::array kGates{Gate{"lint", lint_of}};
  return kGates;
}

std::vector<GateReport> try_gates(const Candidate& candidate) {
  std::vector<GateReport> reports;
  for (const auto& gate : activation_gates()) {
    auto& report = reports.emplace_back(GateReport{gate.name, {}, {}});
    for (auto& finding : gate.findings(candidate)) {
      if (finding.severity == base::Severity::information) continue;
      const bool error = finding.severity == base::Severity::error;
      (error ? report.errors : report.warnings).push_back(std::move(finding));
    }
  }
  return reports;
}

bool all_open(const std::vector<GateReport>& reports) {
  return std::ranges::all_of(reports, [](const GateReport& report) { return report.errors.empty(); });
}

}  // namespace musubi::app
