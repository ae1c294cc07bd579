// The rules in FHIRPath that types and elements bring along.
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <vector>

#include "issues.h"
#include "musubi/fhirpath/expression.h"
#include "musubi/fhirpath/presence.h"
#include "rule_shortcuts.h"

namespace musubi::fhir {

/// One rule for the elements of one type.
struct TypeInvariant {
  std::uint16_t invariant = 0;         ///< in invariants()
  bool by_presence = true;             ///< false: the type was not foreseen
  std::vector<std::uint64_t> names{};  ///< of its Presence: the bit of the element so named; 0: there is none
};

/// Compiled once. Threads: check() is const.
class InvariantRules {
 public:
  InvariantRules();
  void check(Issues& issues) const;

  const fhirpath::Expression& compiled(std::uint16_t invariant) const { return compiled_[invariant]; }
  const fhirpath::Presence& presence(std::uint16_t invariant) const { return presences_[invariant]; }
  RuleShortcut shortcut(std::uint16_t invariant) const { return shortcuts_[invariant]; }
  /// All that judge an element of the type, those of its bases too.
  std::span<const TypeInvariant> of_type(fhirpath::TypeIndex type) const { return by_type_[type]; }
  /// Whether any judge what stands at the element of this place in r4_types().elements.
  bool has_of_element(std::size_t place) const { return element_has_some_[place] != 0; }
  /// All that judge what stands at such an element, where that is of the type.
  std::span<const TypeInvariant> of_element(std::size_t place, fhirpath::TypeIndex type) const;

 private:
  TypeInvariant made_for(fhirpath::TypeIndex type, std::uint16_t invariant) const;
  void lay_out_types();
  void lay_out_elements();

  struct ElementType {
    std::uint16_t element = 0;
    fhirpath::TypeIndex type = fhirpath::kNoType;
    auto operator<=>(const ElementType&) const = default;
  };

  std::vector<fhirpath::Expression> compiled_;  ///< beside invariants()
  std::vector<fhirpath::Presence> presences_;   ///< beside them
  std::vector<RuleShortcut> shortcuts_;         ///< beside them; nullptr: none
  std::vector<std::vector<TypeInvariant>> by_type_;
  std::vector<char> element_has_some_;  ///< beside r4_types().elements
  std::map<ElementType, std::vector<TypeInvariant>> by_element_;
};

}  // namespace musubi::fhir
