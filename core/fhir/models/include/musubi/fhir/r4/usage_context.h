// Made by musubi_generate_fhir_types from the definitions of FHIR R4 (4.0.1). Do not edit.
#pragma once

#include "musubi/fhir/models/members.h"
#include "musubi/fhir/r4/codeable_concept.h"
#include "musubi/fhir/r4/coding.h"
#include "musubi/fhir/r4/extension.h"
#include "musubi/fhir/r4/quantity.h"
#include "musubi/fhir/r4/range.h"
#include "musubi/fhir/r4/reference.h"

namespace musubi::fhir::r4 {

/// Specifies clinical/business/etc. metadata that can be used to retrieve, index and/or categorize an
/// artifact. This metadata can either be specific to the applicable population (e.g., age category, DRG) or
/// the specific context of care (e.g., venue, care setting, provider of care).
struct UsageContext {
  /// `id` 0..1. Unique id for inter-element referencing.
  std::optional<String> id{};
  /// `extension` 0..*. Additional content defined by implementations.
  std::vector<Extension> extension{};
  /// `code` 1..1. Type of context being specified. Codes (extensible):
  /// http://hl7.org/fhir/ValueSet/usage-context-type.
  std::optional<Coding> code{};
  /// `value[x]` 1..1. Value that defines the context. Refers to: PlanDefinition | ResearchStudy |
  /// InsurancePlan | HealthcareService | Group | Location | Organization.
  Choice<CodeableConcept, Quantity, Range, Reference> value{};
  UnknownElements unknown_elements{};
};

}  // namespace musubi::fhir::r4
