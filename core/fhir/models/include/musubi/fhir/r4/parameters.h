// Made by musubi_generate_fhir_types from the definitions of FHIR R4 (4.0.1). Do not edit.
#pragma once

#include "musubi/fhir/models/members.h"
#include "musubi/fhir/r4/extension.h"
#include "musubi/fhir/r4/meta.h"

namespace musubi::fhir::r4 {

/// `Parameters.parameter` A parameter passed to or received from the operation.
struct ParametersParameter {
  /// `id` 0..1. Unique id for inter-element referencing.
  std::optional<String> id{};
  /// `extension` 0..*. Additional content defined by implementations.
  std::vector<Extension> extension{};
  /// `modifierExtension` 0..*. Extensions that cannot be ignored even if unrecognized.
  std::vector<Extension> modifier_extension{};
  /// `name` 1..1. Name from the definition.
  std::optional<String> name{};
  /// `value[x]` 0..1. If parameter is a data type.
  AnyValue value{};
  /// `resource` 0..1. If parameter is a whole resource.
  AnyResource resource{};
  /// `part` 0..*. Named part of a multi-part parameter.
  std::vector<ParametersParameter> part{};
  UnknownElements unknown_elements{};
};

/// This resource is a non-persisted resource used to pass information into and back from an operation. It has
/// no other use, and there is no RESTful endpoint associated with it.
struct Parameters {
  static constexpr std::string_view kResourceType = "Parameters";

  /// `id` 0..1. Logical id of this artifact.
  std::optional<Id> id{};
  /// `meta` 0..1. Metadata about the resource.
  std::optional<Meta> meta{};
  /// `implicitRules` 0..1. A set of rules under which this content was created.
  std::optional<Uri> implicit_rules{};
  /// `language` 0..1. Language of the resource content. Codes (preferred):
  /// http://hl7.org/fhir/ValueSet/languages.
  std::optional<Code> language{};
  /// `parameter` 0..*. Operation Parameter.
  std::vector<ParametersParameter> parameter{};
  UnknownElements unknown_elements{};
};

}  // namespace musubi::fhir::r4
