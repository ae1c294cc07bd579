#include "issues.h"

#include <algorithm>

#include "musubi/base/text.h"

namespace musubi::fhir {

using fhirpath::ResourceNode;

namespace {

/// Lines and columns of places in a text that come one after the other.
class Lines {
 public:
  explicit Lines(std::string_view text) : text_(text), end_(text.find('\n')) {}

  base::Place at(std::size_t byte) {
    while (end_ < byte) {
      begin_ = end_ + 1;
      end_ = text_.find('\n', begin_);
      ++line_;
      column_ = 1;
    }
    column_ += base::characters(text_.substr(begin_, byte - begin_));
    begin_ = byte;
    return {.line = line_, .column = column_};
  }

 private:
  std::string_view text_;
  std::size_t begin_ = 0;  ///< of what is not counted yet
  std::size_t end_;        ///< of its line; npos: of the last
  std::uint64_t line_ = 1, column_ = 1;
};

/// A resource with more than these is wrong from the ground up: they are counted and not listed.
constexpr std::size_t kMostIssues = 500;

}  // namespace

bool Issues::is_full(Severity severity, IssueType type) {
  const std::size_t kind = severity <= Severity::error ? 0 : type == IssueType::invariant ? 1 : 2;
  if (told_[kind]++ < kMostIssues) return false;
  ++left_out_;
  gravest_left_out_ = std::min(gravest_left_out_, severity);
  return true;
}

void Issues::add(Severity severity, IssueType type, base::Error what, std::uint32_t source_byte) {
  all_.push_back({source_byte, {severity, type, std::move(what)}});
}

void Issues::add(Severity severity, IssueType type, std::string_view message, const ResourceNode& node,
                 std::initializer_list<base::MessageArgument> arguments, std::string_view below) {
  if (is_full(severity, type)) return;
  put(severity, type, base::Error(base::ErrorKind::bad_input, message, arguments), node, below);
}

void Issues::add(Severity severity, IssueType type, base::Error what, const ResourceNode& node,
                 std::string_view below) {
  if (!is_full(severity, type)) put(severity, type, std::move(what), node, below);
}

void Issues::put(Severity severity, IssueType type, base::Error what, const ResourceNode& node,
                 std::string_view below) {
  auto path = paths_.of(node);
  if (!below.empty()) (path += '.') += below;
  add(severity, type, std::move(what).with("path", path).on_path(path), node.source_byte);
}

void Issues::add_at(IssueType type, std::string_view message, const ResourceNode& owner,
                    std::string_view name, std::uint32_t source_byte,
                    std::initializer_list<base::MessageArgument> arguments) {
  if (is_full(Severity::error, type)) return;
  const auto path = paths_.of(owner) + "." + std::string(name);
  add(Severity::error, type,
      base::Error(base::ErrorKind::bad_input, message, arguments).with("path", path).on_path(path),
      source_byte);
}

std::vector<Issue> Issues::take() {
  std::ranges::stable_sort(all_, {}, &Placed::source_byte);
  // Columns of XML would be those of the tag, which may begin where its element is not seen to.
  const bool with_columns = resource_.format() == fhirpath::DocumentFormat::json;
  Lines lines(source_);
  std::vector<Issue> issues;
  issues.reserve(all_.size());
  for (auto& each : all_) {
    if (each.source_byte <= source_.size()) {
      auto place = lines.at(each.source_byte);
      if (!with_columns) place.column = 0;
      each.issue.what = std::move(each.issue.what).at(std::move(place));
    }
    issues.push_back(std::move(each.issue));
  }
  all_.clear();
  if (left_out_ != 0)
    issues.push_back({gravest_left_out_, IssueType::structure,
                      base::Error(base::ErrorKind::bad_input, "fhir.more_issues",
                                  {{"count", std::to_string(left_out_)}})});
  return issues;
}

}  // namespace musubi::fhir
