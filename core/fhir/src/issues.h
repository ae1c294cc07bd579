// Collects what a validation finds, with places.
#pragma once

#include <array>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "musubi/fhir/validation.h"
#include "ordered_children.h"

namespace musubi::fhir {

/// Threads: one.
class Issues {
 public:
  Issues(const fhirpath::Resource& resource, std::string_view source)
      : resource_(resource), source_(source), paths_(resource) {}

  /// About what stands at `node`; `below`: about something of that name that is not there.
  void add(Severity severity, IssueType type, std::string_view message, const fhirpath::ResourceNode& node,
           std::initializer_list<base::MessageArgument> arguments = {}, std::string_view below = {});
  /// The same with a message that is made already; its path is filled in.
  void add(Severity severity, IssueType type, base::Error what, const fhirpath::ResourceNode& node,
           std::string_view below);
  /// About a member of the document that has no node of its own.
  void add_at(IssueType type, std::string_view message, const fhirpath::ResourceNode& owner,
              std::string_view name, std::uint32_t source_byte,
              std::initializer_list<base::MessageArgument> arguments = {});

  const fhirpath::Resource& resource() const { return resource_; }
  std::vector<Issue> take();

 private:
  struct Placed {
    std::uint32_t source_byte = 0;
    Issue issue;
  };
  void put(Severity severity, IssueType type, base::Error what, const fhirpath::ResourceNode& node,
           std::string_view below);
  void add(Severity severity, IssueType type, base::Error what, std::uint32_t source_byte);
  /// Whether there are so many of its kind that this one is only counted: errors are not crowded out by
  /// warnings, nor these by rules of good practice.
  bool is_full(Severity severity, IssueType type);

  const fhirpath::Resource& resource_;
  std::string_view source_;
  Paths paths_;
  std::vector<Placed> all_;
  std::array<std::size_t, 3> told_{};  ///< errors, warnings of invariants, other warnings
  std::size_t left_out_ = 0;
  Severity gravest_left_out_ = Severity::information;
};

}  // namespace musubi::fhir
