// Makes a plan from a StructureDefinition: from its snapshot, or from what it adds to its base.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "profiles.h"

namespace musubi::fhir {

/// Used once, by Profiles, which is locked meanwhile.
class PlanBuilder {
 public:
  PlanBuilder(const Profiles& profiles, const Definition& definition, ProfilePlan& plan)
      : profiles_(profiles), definition_(definition), plan_(plan) {}

  /// False: it cannot be followed: not of R4, or not readable.
  bool build();

 private:
  /// An element while the tree of them grows.
  struct Draft {
    ElementPlan plan;
    std::string path;                                ///< "Patient.identifier.system"
    fhirpath::TypeIndex inside = fhirpath::kNoType;  ///< to which its children belong
    std::vector<std::size_t> children, slices;
  };
  static constexpr std::size_t kNone = ~std::size_t{0};

  void read_header();
  void read_elements(const fhirpath::ResourceNode& view);
  void add_element(const fhirpath::ResourceNode& node);
  std::size_t parent_for(std::string_view path);
  std::size_t place_in(std::size_t parent, std::string_view name, std::string_view path);
  std::size_t place_choice(std::size_t parent, std::string_view name, std::string_view path);
  std::size_t add_slice(std::size_t sliced, std::string_view slice);
  std::size_t add_draft(Draft draft);
  std::size_t child_of(std::size_t parent, std::string_view name) const;

  void read_rules(Draft& draft, const fhirpath::ResourceNode& node);
  void read_counts(ElementPlan& plan, const fhirpath::ResourceNode& node) const;
  void read_types(Draft& draft, const fhirpath::ResourceNode& node);
  void read_type(Draft& draft, const fhirpath::ResourceNode& node, std::vector<TypeRule>& rules);
  bool says_as_r4(const ElementPlan& plan, const std::vector<TypeRule>& rules) const;
  void read_binding(ElementPlan& plan, const fhirpath::ResourceNode& node) const;
  void read_invariants(ElementPlan& plan, const fhirpath::ResourceNode& node);
  void read_slicing(Slicing& slicing, const fhirpath::ResourceNode& node) const;

  ElementPlan assembled(std::size_t draft);
  void refer(ElementPlan& plan) const;

  const Profiles& profiles_;
  const Definition& definition_;
  ProfilePlan& plan_;
  std::vector<Draft> drafts_;
  std::vector<std::size_t> open_;  ///< by depth: the element that those which follow are in
};

/// Fills in what tells the slices of `plan`, and of what is below it, apart. `inherited`: the same element of
/// the profile that this one narrows; may be nullptr.
void answer_discriminators(ElementPlan& plan, const ElementPlan* inherited);

/// "resolve().code", "$this", "extension('http://a.test').value": the steps.
std::vector<Step> read_steps(std::string_view path);

}  // namespace musubi::fhir
