#include "issues.h"

#include <algorithm>

#include "musubi/base/text.h"
#include "ordered_children.h"

namespace musubi::fhir {

using document::NodeIndex;
using fhirpath::ResourceNode;

namespace {

/// Lines and columns of places in a text that come one after the other.
class Lines {
 public:
  explicit Lines(std::string_view text) : text_(text) {}

  base::Place at(std::size_t byte) {
    while (true) {
      const auto end = text_.find('\n', begin_);
      if (end >= byte) break;  // npos as well
      begin_ = end + 1;
      ++line_;
    }
    return {.line = line_, .column = 1 + base::characters(text_.substr(begin_, byte - begin_))};
  }

 private:
  std::string_view text_;
  std::size_t begin_ = 0;  ///< of the line
  std::uint64_t line_ = 1;
};

}  // namespace

void Issues::add(Severity severity, IssueType type, const base::Error& what, NodeIndex node) {
  all_.push_back({node, {severity, type, what}});
}

void Issues::add(Severity severity, IssueType type, std::string_view message, const ResourceNode& node,
                 std::initializer_list<base::MessageArgument> arguments, std::string_view below) {
  add(severity, type, base::Error(base::ErrorKind::bad_input, message, arguments), node, below);
}

void Issues::add(Severity severity, IssueType type, const base::Error& what, const ResourceNode& node,
                 std::string_view below) {
  auto path = path_of(resource_, node);
  if (!below.empty()) (path += '.') += below;
  add(severity, type, what.with("path", path).on_path(path), node.source);
}

void Issues::add_at(IssueType type, std::string_view message, const ResourceNode& owner,
                    std::string_view name, NodeIndex member,
                    std::initializer_list<base::MessageArgument> arguments) {
  const auto path = path_of(resource_, owner) + "." + std::string(name);
  add(Severity::error, type,
      base::Error(base::ErrorKind::bad_input, message, arguments).with("path", path).on_path(path), member);
}

std::vector<Issue> Issues::take() {
  const auto& tree = resource_.tree();
  std::ranges::stable_sort(all_, {}, [&](const Placed& each) { return tree[each.node].source_byte; });
  Lines lines(source_);
  std::vector<Issue> issues;
  issues.reserve(all_.size());
  for (auto& each : all_) {
    const auto& node = tree[each.node];
    if (node.line != 0)
      each.issue.what = each.issue.what.at({.line = node.line});
    else if (node.source_byte <= source_.size())
      each.issue.what = each.issue.what.at(lines.at(node.source_byte));
    issues.push_back(std::move(each.issue));
  }
  all_.clear();
  return issues;
}

}  // namespace musubi::fhir
