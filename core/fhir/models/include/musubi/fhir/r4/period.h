// Made by musubi_generate_fhir_types from the definitions of FHIR R4 (4.0.1). Do not edit.
#pragma once

#include "musubi/fhir/models/members.h"
#include "musubi/fhir/r4/extension.h"

namespace musubi::fhir::r4 {

/// A time period defined by a start and end date and optionally time.
struct Period {
  /// `id` 0..1. Unique id for inter-element referencing.
  std::optional<String> id{};
  /// `extension` 0..*. Additional content defined by implementations.
  std::vector<Extension> extension{};
  /// `start` 0..1. Starting time with inclusive boundary.
  std::optional<DateTime> start{};
  /// `end` 0..1. End time with inclusive boundary, if not ongoing.
  std::optional<DateTime> end{};
  UnknownElements unknown_elements{};
};

}  // namespace musubi::fhir::r4
