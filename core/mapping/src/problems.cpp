#include "problems.h"

#include <algorithm>
#include <tuple>

namespace musubi::mapping {
namespace {

auto place_order(const LintFinding& finding) {
  const auto& place = finding.problem.place();
  return std::tuple(place.line, place.column);
}

}  // namespace

base::Error Problems::located(Mark mark, std::string_view code, Arguments arguments) const {
  return base::Error(base::ErrorKind::bad_configuration, code, arguments)
      .at({.file = file_, .line = mark.line, .column = mark.column});
}

void Problems::error(Mark mark, std::string_view code, Arguments arguments) {
  error(located(mark, code, arguments));
}

void Problems::error(base::Error problem) {
  found_.push_back({std::move(problem), model::Severity::error});
  ++errors_;
}

void Problems::warning(Mark mark, std::string_view code, Arguments arguments) {
  found_.push_back({located(mark, code, arguments), model::Severity::warning});
}

void Problems::error_near(Mark mark, std::string_view code, const std::string& suggestion,
                          Arguments arguments) {
  if (suggestion.empty()) return error(mark, code, arguments);
  error(located(mark, std::string(code) + "_near", arguments).with("suggestion", suggestion));
}

std::vector<LintFinding> Problems::sorted() const {
  auto all = found_;
  std::ranges::stable_sort(all, {}, place_order);
  return all;
}

base::Error Problems::as_error() const {
  auto all = sorted();
  std::erase_if(all, [](const LintFinding& each) { return each.severity != model::Severity::error; });
  auto chain = base::Error(base::ErrorKind::bad_configuration, "mapping.not_loaded",
                           {{"count", std::to_string(all.size())}})
                   .at({.file = file_});
  if (all.empty()) return chain;
  auto tail = all.back().problem;
  for (auto each = all.rbegin() + 1; each != all.rend(); ++each)
    tail = each->problem.because(std::move(tail));
  return chain.because(std::move(tail));
}

}  // namespace musubi::mapping
