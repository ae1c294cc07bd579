// The profiles that FHIR R4 itself defines: vital signs, shareable value sets and others. Constant data in
// the program, made from the official definitions beside r4_types.inc; read when one is first asked for.
#pragma once

#include <string_view>

#include "musubi/fhir/packages.h"

namespace musubi::fhir {

/// Threads: any. Lives as long as the program.
const Packages& r4_profiles();

/// The profile that an Observation with this LOINC code keeps, whether it claims it or not
/// (hl7.org/fhir/R4/observation-vitalsigns.html); empty: none.
std::string_view vital_sign_profile(std::string_view loinc) noexcept;

}  // namespace musubi::fhir
