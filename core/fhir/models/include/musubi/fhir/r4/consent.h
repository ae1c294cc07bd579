// Made by musubi_generate_fhir_types from the definitions of FHIR R4 (4.0.1). Do not edit.
#pragma once

#include "musubi/fhir/models/members.h"
#include "musubi/fhir/r4/attachment.h"
#include "musubi/fhir/r4/codeable_concept.h"
#include "musubi/fhir/r4/codes/consent_data_meaning.h"
#include "musubi/fhir/r4/codes/consent_provision_type.h"
#include "musubi/fhir/r4/codes/consent_state_codes.h"
#include "musubi/fhir/r4/coding.h"
#include "musubi/fhir/r4/extension.h"
#include "musubi/fhir/r4/identifier.h"
#include "musubi/fhir/r4/meta.h"
#include "musubi/fhir/r4/narrative.h"
#include "musubi/fhir/r4/period.h"
#include "musubi/fhir/r4/reference.h"

namespace musubi::fhir::r4 {

/// `Consent.policy` The references to the policies that are included in this consent scope. Policies may be
/// organizational, but are often defined jurisdictionally, or in law.
struct ConsentPolicy {
  /// `id` 0..1. Unique id for inter-element referencing.
  std::optional<String> id{};
  /// `extension` 0..*. Additional content defined by implementations.
  std::vector<Extension> extension{};
  /// `modifierExtension` 0..*. Extensions that cannot be ignored even if unrecognized.
  std::vector<Extension> modifier_extension{};
  /// `authority` 0..1. Enforcement source for policy.
  std::optional<Uri> authority{};
  /// `uri` 0..1. Specific policy covered by this consent.
  std::optional<Uri> uri{};
  UnknownElements unknown_elements{};
};

/// `Consent.verification` Whether a treatment instruction (e.g. artificial respiration yes or no) was
/// verified with the patient, his/her family or another authorized person.
struct ConsentVerification {
  /// `id` 0..1. Unique id for inter-element referencing.
  std::optional<String> id{};
  /// `extension` 0..*. Additional content defined by implementations.
  std::vector<Extension> extension{};
  /// `modifierExtension` 0..*. Extensions that cannot be ignored even if unrecognized.
  std::vector<Extension> modifier_extension{};
  /// `verified` 1..1. Has been verified.
  std::optional<Boolean> verified{};
  /// `verifiedWith` 0..1. Person who verified. Refers to: Patient | RelatedPerson.
  std::optional<Reference> verified_with{};
  /// `verificationDate` 0..1. When consent verified.
  std::optional<DateTime> verification_date{};
  UnknownElements unknown_elements{};
};

/// `Consent.provision.actor` Who or what is controlled by this rule. Use group to identify a set of actors by
/// some property they share (e.g. 'admitting officers').
struct ConsentProvisionActor {
  /// `id` 0..1. Unique id for inter-element referencing.
  std::optional<String> id{};
  /// `extension` 0..*. Additional content defined by implementations.
  std::vector<Extension> extension{};
  /// `modifierExtension` 0..*. Extensions that cannot be ignored even if unrecognized.
  std::vector<Extension> modifier_extension{};
  /// `role` 1..1. How the actor is involved. Codes (extensible):
  /// http://hl7.org/fhir/ValueSet/security-role-type.
  std::optional<CodeableConcept> role{};
  /// `reference` 1..1. Resource for the actor (or group, by role). Refers to: Device | Group | CareTeam |
  /// Organization | Patient | Practitioner | RelatedPerson | PractitionerRole.
  std::optional<Reference> reference{};
  UnknownElements unknown_elements{};
};

/// `Consent.provision.data` The resources controlled by this rule if specific resources are referenced.
struct ConsentProvisionData {
  /// `id` 0..1. Unique id for inter-element referencing.
  std::optional<String> id{};
  /// `extension` 0..*. Additional content defined by implementations.
  std::vector<Extension> extension{};
  /// `modifierExtension` 0..*. Extensions that cannot be ignored even if unrecognized.
  std::vector<Extension> modifier_extension{};
  /// `meaning` 1..1. instance | related | dependents | authoredby. Codes (required):
  /// http://hl7.org/fhir/ValueSet/consent-data-meaning.
  std::optional<CodeOf<ConsentDataMeaning>> meaning{};
  /// `reference` 1..1. The actual data reference. Refers to: Resource.
  std::optional<Reference> reference{};
  UnknownElements unknown_elements{};
};

/// `Consent.provision` An exception to the base policy of this consent. An exception can be an addition or
/// removal of access permissions.
struct ConsentProvision {
  /// `id` 0..1. Unique id for inter-element referencing.
  std::optional<String> id{};
  /// `extension` 0..*. Additional content defined by implementations.
  std::vector<Extension> extension{};
  /// `modifierExtension` 0..*. Extensions that cannot be ignored even if unrecognized.
  std::vector<Extension> modifier_extension{};
  /// `type` 0..1. deny | permit. Codes (required): http://hl7.org/fhir/ValueSet/consent-provision-type.
  std::optional<CodeOf<ConsentProvisionType>> type{};
  /// `period` 0..1. Timeframe for this rule.
  std::optional<Period> period{};
  /// `actor` 0..*. Who|what controlled by this rule (or group, by role).
  std::vector<ConsentProvisionActor> actor{};
  /// `action` 0..*. Actions controlled by this rule.
  std::vector<CodeableConcept> action{};
  /// `securityLabel` 0..*. Security Labels that define affected resources. Codes (extensible):
  /// http://hl7.org/fhir/ValueSet/security-labels.
  std::vector<Coding> security_label{};
  /// `purpose` 0..*. Context of activities covered by this rule. Codes (extensible):
  /// http://terminology.hl7.org/ValueSet/v3-PurposeOfUse.
  std::vector<Coding> purpose{};
  /// `class` 0..*. e.g. Resource Type, Profile, CDA, etc. Codes (extensible):
  /// http://hl7.org/fhir/ValueSet/consent-content-class.
  std::vector<Coding> class_{};
  /// `code` 0..*. e.g. LOINC or SNOMED CT code, etc. in the content.
  std::vector<CodeableConcept> code{};
  /// `dataPeriod` 0..1. Timeframe for data controlled by this rule.
  std::optional<Period> data_period{};
  /// `data` 0..*. Data controlled by this rule.
  std::vector<ConsentProvisionData> data{};
  /// `provision` 0..*. Nested Exception Rules.
  std::vector<ConsentProvision> provision{};
  UnknownElements unknown_elements{};
};

/// A record of a healthcare consumer’s choices, which permits or denies identified recipient(s) or
/// recipient role(s) to perform one or more actions within a given policy context, for specific purposes and
/// periods of time.
struct Consent {
  static constexpr std::string_view kResourceType = "Consent";

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
  /// `identifier` 0..*. Identifier for this record (external references).
  std::vector<Identifier> identifier{};
  /// `status` 1..1. draft | proposed | active | rejected | inactive | entered-in-error. Codes (required):
  /// http://hl7.org/fhir/ValueSet/consent-state-codes.
  std::optional<CodeOf<ConsentStateCodes>> status{};
  /// `scope` 1..1. Which of the four areas this resource covers (extensible). Codes (extensible):
  /// http://hl7.org/fhir/ValueSet/consent-scope.
  std::optional<CodeableConcept> scope{};
  /// `category` 1..*. Classification of the consent statement - for indexing/retrieval. Codes (extensible):
  /// http://hl7.org/fhir/ValueSet/consent-category.
  std::vector<CodeableConcept> category{};
  /// `patient` 0..1. Who the consent applies to. Refers to: Patient.
  std::optional<Reference> patient{};
  /// `dateTime` 0..1. When this Consent was created or indexed.
  std::optional<DateTime> date_time{};
  /// `performer` 0..*. Who is agreeing to the policy and rules. Refers to: Organization | Patient |
  /// Practitioner | RelatedPerson | PractitionerRole.
  std::vector<Reference> performer{};
  /// `organization` 0..*. Custodian of the consent. Refers to: Organization.
  std::vector<Reference> organization{};
  /// `source[x]` 0..1. Source from which this consent is taken. Refers to: Consent | DocumentReference |
  /// Contract | QuestionnaireResponse.
  Choice<Attachment, Reference> source{};
  /// `policy` 0..*. Policies covered by this consent.
  std::vector<ConsentPolicy> policy{};
  /// `policyRule` 0..1. Regulation that this consents to. Codes (extensible):
  /// http://hl7.org/fhir/ValueSet/consent-policy.
  std::optional<CodeableConcept> policy_rule{};
  /// `verification` 0..*. Consent Verified by patient or family.
  std::vector<ConsentVerification> verification{};
  /// `provision` 0..1. Constraints to the base Consent.policyRule.
  std::optional<ConsentProvision> provision{};
  UnknownElements unknown_elements{};
};

}  // namespace musubi::fhir::r4
