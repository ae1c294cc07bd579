// Made by musubi_generate_fhir_types from the definitions of FHIR R4 (4.0.1). Do not edit.
#pragma once

#include "musubi/fhir/models/members.h"
#include "musubi/fhir/r4/codeable_concept.h"
#include "musubi/fhir/r4/codes/provenance_entity_role.h"
#include "musubi/fhir/r4/extension.h"
#include "musubi/fhir/r4/meta.h"
#include "musubi/fhir/r4/narrative.h"
#include "musubi/fhir/r4/period.h"
#include "musubi/fhir/r4/reference.h"
#include "musubi/fhir/r4/signature.h"

namespace musubi::fhir::r4 {

/// `Provenance.agent` An actor taking a role in an activity for which it can be assigned some degree of
/// responsibility for the activity taking place.
struct ProvenanceAgent {
  /// `id` 0..1. Unique id for inter-element referencing.
  std::optional<String> id{};
  /// `extension` 0..*. Additional content defined by implementations.
  std::vector<Extension> extension{};
  /// `modifierExtension` 0..*. Extensions that cannot be ignored even if unrecognized.
  std::vector<Extension> modifier_extension{};
  /// `type` 0..1. How the agent participated. Codes (extensible):
  /// http://hl7.org/fhir/ValueSet/provenance-agent-type.
  std::optional<CodeableConcept> type{};
  /// `role` 0..*. What the agents role was.
  std::vector<CodeableConcept> role{};
  /// `who` 1..1. Who participated. Refers to: Practitioner | PractitionerRole | RelatedPerson | Patient |
  /// Device | Organization.
  std::optional<Reference> who{};
  /// `onBehalfOf` 0..1. Who the agent is representing. Refers to: Practitioner | PractitionerRole |
  /// RelatedPerson | Patient | Device | Organization.
  std::optional<Reference> on_behalf_of{};
  UnknownElements unknown_elements{};
};

/// `Provenance.entity` An entity used in this activity.
struct ProvenanceEntity {
  /// `id` 0..1. Unique id for inter-element referencing.
  std::optional<String> id{};
  /// `extension` 0..*. Additional content defined by implementations.
  std::vector<Extension> extension{};
  /// `modifierExtension` 0..*. Extensions that cannot be ignored even if unrecognized.
  std::vector<Extension> modifier_extension{};
  /// `role` 1..1. derivation | revision | quotation | source | removal. Codes (required):
  /// http://hl7.org/fhir/ValueSet/provenance-entity-role.
  std::optional<CodeOf<ProvenanceEntityRole>> role{};
  /// `what` 1..1. Identity of entity. Refers to: Resource.
  std::optional<Reference> what{};
  /// `agent` 0..*. Entity is attributed to this agent.
  std::vector<ProvenanceAgent> agent{};
  UnknownElements unknown_elements{};
};

/// Provenance of a resource is a record that describes entities and processes involved in producing and
/// delivering or otherwise influencing that resource. Provenance provides a critical foundation for assessing
/// authenticity, enabling trust, and allowing reproducibility. Provenance assertions are a form of contextual
/// metadata and can themselves become important records with their own provenance. Provenance statement
/// indicates clinical significance in terms of confidence in authenticity, reliability, and trustworthiness,
/// integrity, and stage in lifecycle (e.g. Document Completion - has the artifact been legally
/// authenticated), all of which may impact security, privacy, and trust policies.
struct Provenance {
  static constexpr std::string_view kResourceType = "Provenance";

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
  /// `target` 1..*. Target Reference(s) (usually version specific). Refers to: Resource.
  std::vector<Reference> target{};
  /// `occurred[x]` 0..1. When the activity occurred.
  Choice<Period, DateTime> occurred{};
  /// `recorded` 1..1. When the activity was recorded / updated.
  std::optional<Instant> recorded{};
  /// `policy` 0..*. Policy or plan the activity was defined by.
  std::vector<Uri> policy{};
  /// `location` 0..1. Where the activity occurred, if relevant. Refers to: Location.
  std::optional<Reference> location{};
  /// `reason` 0..*. Reason the activity is occurring. Codes (extensible):
  /// http://terminology.hl7.org/ValueSet/v3-PurposeOfUse.
  std::vector<CodeableConcept> reason{};
  /// `activity` 0..1. Activity that occurred. Codes (extensible):
  /// http://hl7.org/fhir/ValueSet/provenance-activity-type.
  std::optional<CodeableConcept> activity{};
  /// `agent` 1..*. Actor involved.
  std::vector<ProvenanceAgent> agent{};
  /// `entity` 0..*. An entity used in this activity.
  std::vector<ProvenanceEntity> entity{};
  /// `signature` 0..*. Signature on target.
  std::vector<Signature> signature{};
  UnknownElements unknown_elements{};
};

}  // namespace musubi::fhir::r4
