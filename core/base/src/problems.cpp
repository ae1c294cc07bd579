#include "musubi/base/problems.h"

#include <algorithm>
#include <tuple>

namespace musubi::base {
namespace {

/// What one Error chains: its causes are freed one inside the other.
constexpr std::size_t kLongestChain = 50;

/// An error and all its causes, each by itself.
void unchain(const Error& error, std::vector<Error>& links) {
  for (const Error* each = &error; each != nullptr; each = each->cause()) links.push_back(*each);
}

}  // namespace

std::string_view name_of(Severity severity) noexcept {
  switch (severity) {
    case Severity::information:
      return "information";
    case Severity::warning:
      return "warning";
    case Severity::error:
      return "error";
  }
  return "error";
}

std::uint32_t Problems::add_file(std::string name) {
  files_.push_back(std::move(name));
  return static_cast<std::uint32_t>(files_.size() - 1);
}

Place Problems::place(Mark mark) const {
  return {.file = mark.file < files_.size() ? files_[mark.file] : std::string(),
          .line = mark.line,
          .column = mark.column,
          .length = mark.length};
}

Error Problems::located(Mark mark, std::string_view code, Arguments arguments) const {
  return Error(ErrorKind::bad_configuration, code, arguments).at(place(mark));
}

void Problems::error(Mark mark, std::string_view code, Arguments arguments) {
  add(located(mark, code, arguments));
}

void Problems::warning(Mark mark, std::string_view code, Arguments arguments) {
  add(located(mark, code, arguments), Severity::warning);
}

void Problems::information(Mark mark, std::string_view code, Arguments arguments) {
  add(located(mark, code, arguments), Severity::information);
}

void Problems::error_near(Mark mark, std::string_view code, const std::string& suggestion,
                          Arguments arguments) {
  if (suggestion.empty()) return error(mark, code, arguments);
  add(located(mark, std::string(code) + "_near", arguments).with("suggestion", suggestion));
}

void Problems::add(Error problem, Severity severity) {
  auto& count = severity == Severity::error ? errors_ : others_;
  if (++count <= kMost) found_.push_back({std::move(problem), severity});
}

std::vector<Problem> Problems::sorted() const {
  auto all = found_;
  std::ranges::stable_sort(all, {}, [this](const Problem& problem) {
    const auto& place = problem.error.place();
    return std::tuple(std::ranges::find(files_, place.file) - files_.begin(), place.line, place.column);
  });
  return all;
}

Error Problems::as_error() const {
  std::vector<Error> links;
  for (const auto& problem : sorted())
    if (problem.severity == Severity::error && links.size() < kLongestChain) unchain(problem.error, links);
  if (links.empty()) return {};
  Error chain = links.back();
  for (auto each = links.rbegin() + 1; each != links.rend(); ++each) chain = each->because(std::move(chain));
  return chain;
}

}  // namespace musubi::base
