// Made by musubi_generate_fhir_types from the definitions of FHIR R4 (4.0.1). Do not edit.
#pragma once

#include "musubi/fhir/models/members.h"
#include "musubi/fhir/r4/extension.h"

namespace musubi::fhir::r4 {

/// A expression that is evaluated in a specified context and returns a value. The context of use of the
/// expression must specify the context in which the expression is evaluated, and how the result of the
/// expression is used.
struct Expression {
  /// `id` 0..1. Unique id for inter-element referencing.
  std::optional<String> id{};
  /// `extension` 0..*. Additional content defined by implementations.
  std::vector<Extension> extension{};
  /// `description` 0..1. Natural language description of the condition.
  std::optional<String> description{};
  /// `name` 0..1. Short name assigned to expression for reuse.
  std::optional<Id> name{};
  /// `language` 1..1. text/cql | text/fhirpath | application/x-fhir-query | etc. Codes (extensible):
  /// http://hl7.org/fhir/ValueSet/expression-language.
  std::optional<Code> language{};
  /// `expression` 0..1. Expression in specified language.
  std::optional<String> expression{};
  /// `reference` 0..1. Where the expression is found.
  std::optional<Uri> reference{};
  UnknownElements unknown_elements{};
};

}  // namespace musubi::fhir::r4
