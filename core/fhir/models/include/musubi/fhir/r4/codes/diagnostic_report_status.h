// Made by musubi_generate_fhir_types from the definitions of FHIR R4 (4.0.1). Do not edit.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace musubi::fhir::r4 {

/// http://hl7.org/fhir/ValueSet/diagnostic-report-status
enum class DiagnosticReportStatus : std::uint8_t {
  registered,
  partial,
  preliminary,
  final,
  amended,
  corrected,
  appended,
  cancelled,
  entered_in_error,
  unknown
};
/// As FHIR writes them, in the order of the enumerators.
std::span<const std::string_view> codes_of(DiagnosticReportStatus) noexcept;

}  // namespace musubi::fhir::r4
