// Made by musubi_generate_fhir_types from the definitions of FHIR R4 (4.0.1). Do not edit.
#pragma once

#include "musubi/fhir/models/members.h"
#include "musubi/fhir/r4/codes/all_types.h"
#include "musubi/fhir/r4/codes/operation_parameter_use.h"
#include "musubi/fhir/r4/extension.h"

namespace musubi::fhir::r4 {

/// The parameters to the module. This collection specifies both the input and output parameters. Input
/// parameters are provided by the caller as part of the $evaluate operation. Output parameters are included
/// in the GuidanceResponse.
struct ParameterDefinition {
  /// `id` 0..1. Unique id for inter-element referencing.
  std::optional<String> id{};
  /// `extension` 0..*. Additional content defined by implementations.
  std::vector<Extension> extension{};
  /// `name` 0..1. Name used to access the parameter value.
  std::optional<Code> name{};
  /// `use` 1..1. in | out. Codes (required): http://hl7.org/fhir/ValueSet/operation-parameter-use.
  std::optional<CodeOf<OperationParameterUse>> use{};
  /// `min` 0..1. Minimum cardinality.
  std::optional<Integer> min{};
  /// `max` 0..1. Maximum cardinality (a number of *).
  std::optional<String> max{};
  /// `documentation` 0..1. A brief description of the parameter.
  std::optional<String> documentation{};
  /// `type` 1..1. What type of value. Codes (required): http://hl7.org/fhir/ValueSet/all-types.
  std::optional<CodeOf<AllTypes>> type{};
  /// `profile` 0..1. What profile the value is expected to be. Refers to: StructureDefinition.
  std::optional<Canonical> profile{};
  UnknownElements unknown_elements{};
};

}  // namespace musubi::fhir::r4
