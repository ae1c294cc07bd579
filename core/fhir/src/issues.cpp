#include "issues.h"

#include <algorithm>

#include "musubi/base/text.h"
#include "ordered_children.h"

namespace musubi::fhir {

using document::NodeIndex;
using fhirpath::ResourceNode;

base::Place Issues::place_of(NodeIndex node) const {
  const auto& at = resource_.tree()[node];
  base::Place place;
  place.line = at.line;
  if (at.line != 0 || at.source_byte > source_.size()) return place;
  const auto before = source_.substr(0, at.source_byte);
  place.line = 1 + static_cast<std::uint64_t>(std::ranges::count(before, '\n'));
  const auto begin = before.rfind('\n') + 1;  // npos + 1 is 0
  place.column = 1 + base::characters(before.substr(begin));
  return place;
}

void Issues::add(Severity severity, IssueType type, const base::Error& what, NodeIndex node) {
  all_.push_back({resource_.tree()[node].source_byte, {severity, type, what.at(place_of(node))}});
}

void Issues::add(Severity severity, IssueType type, std::string_view message, const ResourceNode& node,
                 std::initializer_list<base::MessageArgument> arguments, std::string_view below) {
  auto path = path_of(resource_, node);
  if (!below.empty()) (path += '.') += below;
  add(severity, type,
      base::Error(base::ErrorKind::bad_input, message, arguments).with("path", path).on_path(path),
      node.source);
}

void Issues::add_at(IssueType type, std::string_view message, const ResourceNode& owner,
                    std::string_view name, NodeIndex member,
                    std::initializer_list<base::MessageArgument> arguments) {
  const auto path = path_of(resource_, owner) + "." + std::string(name);
  add(Severity::error, type,
      base::Error(base::ErrorKind::bad_input, message, arguments).with("path", path).on_path(path), member);
}

std::vector<Issue> Issues::take() {
  std::ranges::stable_sort(all_, {}, &Placed::byte);
  std::vector<Issue> issues;
  issues.reserve(all_.size());
  for (auto& each : all_) issues.push_back(std::move(each.issue));
  all_.clear();
  return issues;
}

}  // namespace musubi::fhir
