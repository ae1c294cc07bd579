// Made by musubi_generate_fhir_types from the definitions of FHIR R4 (4.0.1). Do not edit.
#pragma once

#include "musubi/fhir/models/members.h"
#include "musubi/fhir/r4/extension.h"
#include "musubi/fhir/r4/quantity.h"

namespace musubi::fhir::r4 {

/// A series of measurements taken by a device, with upper and lower limits. There may be more than one
/// dimension in the data.
struct SampledData {
  /// `id` 0..1. Unique id for inter-element referencing.
  std::optional<String> id{};
  /// `extension` 0..*. Additional content defined by implementations.
  std::vector<Extension> extension{};
  /// `origin` 1..1. Zero value and units.
  std::optional<Quantity> origin{};
  /// `period` 1..1. Number of milliseconds between samples.
  std::optional<Decimal> period{};
  /// `factor` 0..1. Multiply data by this before adding to origin.
  std::optional<Decimal> factor{};
  /// `lowerLimit` 0..1. Lower limit of detection.
  std::optional<Decimal> lower_limit{};
  /// `upperLimit` 0..1. Upper limit of detection.
  std::optional<Decimal> upper_limit{};
  /// `dimensions` 1..1. Number of sample points at each time point.
  std::optional<PositiveInt> dimensions{};
  /// `data` 0..1. Decimal values with spaces, or "E" | "U" | "L".
  std::optional<String> data{};
  UnknownElements unknown_elements{};
};

}  // namespace musubi::fhir::r4
