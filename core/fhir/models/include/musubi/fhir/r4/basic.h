// Made by musubi_generate_fhir_types from the definitions of FHIR R4 (4.0.1). Do not edit.
#pragma once

#include "musubi/fhir/models/members.h"
#include "musubi/fhir/r4/codeable_concept.h"
#include "musubi/fhir/r4/extension.h"
#include "musubi/fhir/r4/identifier.h"
#include "musubi/fhir/r4/meta.h"
#include "musubi/fhir/r4/narrative.h"
#include "musubi/fhir/r4/reference.h"

namespace musubi::fhir::r4 {

/// Basic is used for handling concepts not yet defined in FHIR, narrative-only resources that don't map to an
/// existing resource, and custom resources not appropriate for inclusion in the FHIR specification.
struct Basic {
  static constexpr std::string_view kResourceType = "Basic";

  /// `id` 0..1. Logical id of this artifact.
  std::optional<Id> id{};
  /// `meta` 0..1. Metadata about the resource.
  std::optional<Meta> meta{};
  /// `implicitRules` 0..1. A set of rules under which this content was created.
  std::optional<Uri> implicit_rules{};
  /// `language` 0..1. Language of the resource content. Codes (preferred):
  /// http://hl7.org/fhir/ValueSet/languages.
  std::optional<Code> language{};
  /// `text` 0..1. Text summary of the resource, for human interpretation.
  std::optional<Narrative> text{};
  /// `contained` 0..*. Contained, inline Resources.
  std::vector<AnyResource> contained{};
  /// `extension` 0..*. Additional content defined by implementations.
  std::vector<Extension> extension{};
  /// `modifierExtension` 0..*. Extensions that cannot be ignored.
  std::vector<Extension> modifier_extension{};
  /// `identifier` 0..*. Business identifier.
  std::vector<Identifier> identifier{};
  /// `code` 1..1. Kind of Resource.
  std::optional<CodeableConcept> code{};
  /// `subject` 0..1. Identifies the focus of this resource. Refers to: Resource.
  std::optional<Reference> subject{};
  /// `created` 0..1. When created.
  std::optional<Date> created{};
  /// `author` 0..1. Who created. Refers to: Practitioner | PractitionerRole | Patient | RelatedPerson |
  /// Organization.
  std::optional<Reference> author{};
  UnknownElements unknown_elements{};
};

}  // namespace musubi::fhir::r4
