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
  static const fhirpath::TypeLookup kLookup(kTable);
  static const auto kWithLookup = [] {
    auto made = kTable;
    made.lookup = &kLookup;
    return made;
  }();
  return kWithLookup;
}

}  // namespace musubi::fhir
