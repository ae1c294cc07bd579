// What FHIR R4 (4.0.1) says of its types beyond their elements: invariants, and the codes of required
// bindings. Constant data in the program, made from the official definitions beside r4_types.inc.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "musubi/fhirpath/type_table.h"

namespace musubi::fhir {

struct Invariant {
  std::string_view key, human, expression;
  bool is_error = false;  ///< otherwise best practice
};

/// All of them; the others name them by their places here.
std::span<const Invariant> invariants() noexcept;

/// An invariant of every instance of a type.
struct OfType {
  fhirpath::TypeIndex type = fhirpath::kNoType;
  std::uint16_t invariant = 0;
};
/// Without those of its bases.
std::span<const OfType> invariants_of(fhirpath::TypeIndex type) noexcept;

/// An invariant of what stands at one element only.
struct OfElement {
  std::uint16_t element = 0;  ///< in r4_types().elements
  std::uint16_t invariant = 0;
};
std::span<const OfElement> invariants_of(const fhirpath::ElementInfo& element) noexcept;

/// Whether a required value set can be listed here, and has the code. An empty `system` stands for any.
enum class Membership : std::uint8_t { unknown, member, other };
Membership membership(const fhirpath::ElementInfo& element, std::string_view system,
                      std::string_view code) noexcept;
/// The same by the URL of a value set of R4, without version.
Membership membership_in(std::string_view value_set, std::string_view system, std::string_view code) noexcept;
/// Whether it is one of those that can be listed here.
bool is_listed(std::string_view value_set) noexcept;

}  // namespace musubi::fhir
