// Made by musubi_generate_fhir_types from the definitions of FHIR R4 (4.0.1). Do not edit.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace musubi::fhir::r4 {

/// http://hl7.org/fhir/ValueSet/event-timing
enum class EventTiming : std::uint8_t {
  morn,
  morn_early,
  morn_late,
  noon,
  aft,
  aft_early,
  aft_late,
  eve,
  eve_early,
  eve_late,
  night,
  phs,
  hs,
  wake,
  c,
  cm,
  cd,
  cv,
  ac,
  acm,
  acd,
  acv,
  pc,
  pcm,
  pcd,
  pcv
};
/// As FHIR writes them, in the order of the enumerators.
std::span<const std::string_view> codes_of(EventTiming) noexcept;

}  // namespace musubi::fhir::r4
