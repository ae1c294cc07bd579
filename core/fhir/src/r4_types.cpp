#include "musubi/fhir/r4_types.h"

#include "musubi/fhirpath/type_lookup.h"

namespace musubi::fhir {

namespace {

using fhirpath::ElementInfo;
using fhirpath::ElementType;
using fhirpath::TypeIndex;
using fhirpath::TypeInfo;
using enum fhirpath::TypeKind;
using enum fhirpath::BindingStrength;
constexpr TypeIndex kNone = fhirpath::kNoType;

// Defines kSystemTypes, kTypes, kElements, kElementsByName, kElementTypes, kTargets and kValueSets.
#include "r4_types.inc"

}  // namespace

const fhirpath::TypeTable& r4_types() noexcept {
  static constexpr fhirpath::TypeTable kTable{
      "FHIR", kTypes, kSystemTypes, kElements, kElementsByName, kElementTypes, kTargets, kValueSets, nullptr};
  static const fhirpath::TypeLookup lookup(kTable);
  static const auto table = [] {
    auto made = kTable;
    made.lookup = &lookup;
    return made;
  }();
  return table;
}

}  // namespace musubi::fhir
