#include "activation_gates.h"

#include <algorithm>
#include <array>

#include "mapping_tests.h"

namespace musubi::app {
namespace {

std::vector<base::Problem> lint_of(const Candidate& candidate, const GateOptions&) {
  return mapping::lint(candidate.mapping->text(), candidate.path.string(), candidate.mapping->context());
}

base::Problem no_tests(const Candidate& candidate, const GateOptions& options) {
  const auto file = mapping::tests_of(candidate.path).filename().string();
  const auto error = base::Error(base::ErrorKind::bad_configuration, "mapping.tests_missing",
                                 {{"mapping", candidate.mapping->head().id}, {"file", file}})
                         .at({.file = candidate.path.string()});
  return {error, options.without_tests ? base::Severity::warning : base::Severity::error};
}

std::vector<base::Problem> problems_of(const base::Error& error) { return {{error, base::Severity::error}}; }

/// One finding per case that fails: what differs stands in the answer of `musubi test`.
std::vector<base::Problem> failures_of(const mapping::TestReport& report) {
  std::vector<base::Problem> problems;
  for (const auto& each : report.cases)
    if (!each.passed())
      problems.push_back({base::Error(base::ErrorKind::bad_configuration, "mapping.test_failed",
                                      {{"case", each.name}, {"path", each.differences.front().path}})
                              .at(each.place),
                          base::Severity::error});
  return problems;
}

std::vector<base::Problem> tests_of(const Candidate& candidate, const GateOptions& options) {
  const auto& mapping = candidate.mapping;
  const auto file = find_tests(candidate.path, mapping->context().folder, mapping->head().id);
  if (!file) return {no_tests(candidate, options)};
  const auto tests = mapping::Tests::load(*file, mapping, candidate.path.string(), options.value_sets);
  if (tests.has_error()) return problems_of(tests.error());
  return failures_of(tests->run());
}

}  // namespace

std::span<const Gate> activation_gates() {
  static const std::array kGates{Gate{"lint", lint_of}, Gate{"test", tests_of}};
  return kGates;
}

std::vector<GateReport> try_gates(const Candidate& candidate, const GateOptions& options) {
  std::vector<GateReport> reports;
  for (const auto& gate : activation_gates()) {
    auto& report = reports.emplace_back(GateReport{gate.name, {}, {}});
    for (auto& finding : gate.findings(candidate, options)) {
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
