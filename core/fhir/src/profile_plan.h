// A profile, made ready to be followed: of each element only what it demands beyond FHIR R4 itself
// (hl7.org/fhir/R4/profiling.html). Elements are those of the type table, found by their address; what a
// definition holds as a value (fixed[x], pattern[x]) stays a node of it.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "musubi/fhirpath/expression.h"
#include "musubi/fhirpath/resource.h"
#include "value_sets.h"

namespace musubi::fhir {

struct ProfilePlan;
struct ElementPlan;

/// A value in a definition. No node: none is demanded.
struct Wanted {
  const fhirpath::Resource* resource = nullptr;
  const fhirpath::ResourceNode* node = nullptr;
  explicit operator bool() const noexcept { return node != nullptr; }
};

struct TypeRule {
  fhirpath::TypeIndex type = fhirpath::kNoType;
  std::vector<const ProfilePlan*> profiles;  ///< one has to be kept; empty: none
  std::vector<fhirpath::TypeIndex> targets;  ///< of a reference; empty: any
};

struct InvariantRule {
  std::string key, human;
  fhirpath::Expression expression;
  bool is_error = true;
};

struct BindingRule {
  const ValueSet* set = nullptr;
  bool is_required = false;  ///< otherwise extensible
  explicit operator bool() const noexcept { return set != nullptr; }
};

/// A step from an item to what tells slices apart.
struct Step {
  enum class Kind : std::uint8_t { element, extension, resolve, of_type };
  Kind kind = Kind::element;
  std::string text;  ///< the element; the url of the extension; the type
};

struct Discriminator {
  enum class Kind : std::uint8_t { value, exists, type, profile };
  Kind kind = Kind::value;
  std::vector<Step> steps;  ///< empty: $this
  std::string path;         ///< as the profile says it
};

/// How one slice answers one discriminator.
struct Answer {
  enum class Kind : std::uint8_t { unknown, fixed, pattern, shape, binding, text, types, profile, exists };
  Kind kind = Kind::unknown;
  std::vector<Wanted> wanted;          ///< one of them, fixed or as a pattern
  const ElementPlan* shape = nullptr;  ///< the values that stand below it
  BindingRule binding;
  std::string text;  ///< the url of an extension
  std::vector<fhirpath::TypeIndex> types;
  const ProfilePlan* profile = nullptr;
  bool exists = false;
};

enum class SlicingRules : std::uint8_t { open, closed, open_at_end };

struct Slicing {
  std::vector<Discriminator> discriminators;
  SlicingRules rules = SlicingRules::open;
  bool is_ordered = false;
  bool is_complete = false;  ///< every slice answers every discriminator
};

inline constexpr std::uint32_t kAny = 0xFFFFFFFF;

struct ElementPlan {
  const fhirpath::ElementInfo* element = nullptr;  ///< nullptr: of the root
  std::string name;                                ///< of the element, without [x]
  std::string slice;                               ///< its name; empty: not a slice
  std::string place;                               ///< "Patient.identifier:hospital.system"
  std::uint32_t minimum = 0, maximum = kAny;       ///< where the profile narrows them
  Wanted fixed, pattern;
  std::vector<TypeRule> types;  ///< empty: as in R4
  BindingRule binding;
  std::vector<InvariantRule> invariants;
  std::vector<ElementPlan> children;
  Slicing slicing;
  std::vector<ElementPlan> slices;
  const ElementPlan* content = nullptr;  ///< whose children are its children (contentReference)

  // Of a slice: how it is told from others, and what that is made from.
  std::vector<Answer> answers;  ///< beside the discriminators; empty: it cannot be told
  std::vector<fhirpath::TypeIndex> own_types, own_targets;
  std::string extension_url;
  std::string content_reference;
};

/// Where an extension may stand, as its definition says it.
struct ExtensionContext {
  enum class Kind : std::uint8_t { element, extension, expression };
  Kind kind = Kind::element;
  std::string text;
};

struct ProfilePlan {
  std::string url, version;
  fhirpath::TypeIndex type = fhirpath::kNoType;
  ElementPlan root;
  const ProfilePlan* base = nullptr;  ///< kept as well: the definition says only what it adds
  bool is_modifier = false;           ///< of an extension
  std::vector<ExtensionContext> contexts;
  std::vector<std::string> not_judged;  ///< rules in it that could not be understood
  fhirpath::Resource definition;        ///< what Wanted refers to
};

}  // namespace musubi::fhir
