// One walk over what a plan speaks of. On the usual path nothing is allocated.
#pragma once

#include <optional>
#include <unordered_map>
#include <vector>

#include "issues.h"
#include "musubi/fhirpath/evaluation.h"
#include "profile_plan.h"
#include "reference_targets.h"

namespace musubi::fhir {

/// Threads: one. For one resource.
class ProfileWalk {
 public:
  explicit ProfileWalk(Issues& issues);

  /// `worst`: errors are told as this at most.
  void apply(const fhirpath::ResourceNode& node, const ProfilePlan& plan, Severity worst);

 private:
  using Node = fhirpath::ResourceNode;
  using Arguments = std::initializer_list<base::MessageArgument>;

  /// Whether `node` keeps the profile; nothing is told.
  bool keeps(const Node& node, const ProfilePlan& plan);
  void follow(const Node& node, const ProfilePlan& plan);

  void look_at(const Node& node, const ElementPlan& plan);
  void look_at_children(const Node& node, const ElementPlan& plan);
  void look_at_group(const Node& parent, const ElementPlan& plan);
  void look_at_slices(const Node& parent, const ElementPlan& plan);
  void look_at_types(const Node& node, const ElementPlan& plan);
  void look_at_profiles(const Node& node, const ElementPlan& plan, const TypeRule& rule);
  void look_at_target(const Node& node, const ElementPlan& plan, const TypeRule& rule);
  void look_at_binding(const Node& node, const ElementPlan& plan);
  void look_at_invariants(const Node& node, const ElementPlan& plan);
  void look_at_count(const Node& parent, const ElementPlan& plan, std::uint32_t count);

  // Slices.
  std::size_t slice_of(const Node& node, const ElementPlan& plan);
  bool belongs(const Node& node, const ElementPlan& slice, const Slicing& slicing);
  bool answers(const Node& node, std::span<const Step> steps, const Answer& answer);
  bool answers_here(const Node& node, const Answer& answer);
  bool is_empty_at(const Node& node, std::span<const Step> steps);
  void tell_undecided(const Node& node, const ElementPlan& plan);

  void tell(Severity severity, IssueType type, std::string_view message, const Node& node,
            const ElementPlan& plan, Arguments arguments = {}, std::string_view below = {},
            std::string_view rule = {});

  struct Told {
    std::string_view message;
    std::string_view slice, rule;
    std::string below;
    Severity worst = Severity::error;
  };

  Issues& issues_;
  const fhirpath::Resource& resource_;
  const fhirpath::TypeTable& model_;
  ReferenceTargets targets_;
  std::optional<fhirpath::Evaluation> evaluation_;
  const ProfilePlan* profile_ = nullptr;
  Severity worst_ = Severity::error;
  bool silent_ = false, failed_ = false;
  int depth_ = 0;
  std::vector<std::uint32_t> counts_;  ///< a stack: of the slices that are being counted
  std::unordered_map<const Node*, std::vector<Told>> told_;
};

}  // namespace musubi::fhir
