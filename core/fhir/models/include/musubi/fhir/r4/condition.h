// Made by musubi_generate_fhir_types from the definitions of FHIR R4 (4.0.1). Do not edit.
#pragma once

#include "musubi/fhir/models/members.h"
#include "musubi/fhir/r4/age.h"
#include "musubi/fhir/r4/annotation.h"
#include "musubi/fhir/r4/codeable_concept.h"
#include "musubi/fhir/r4/extension.h"
#include "musubi/fhir/r4/identifier.h"
#include "musubi/fhir/r4/meta.h"
#include "musubi/fhir/r4/narrative.h"
#include "musubi/fhir/r4/period.h"
#include "musubi/fhir/r4/range.h"
#include "musubi/fhir/r4/reference.h"

namespace musubi::fhir::r4 {

/// `Condition.stage` Clinical stage or grade of a condition. May include formal severity assessments.
struct ConditionStage {
  /// `id` 0..1. Unique id for inter-element referencing.
  std::optional<String> id{};
  /// `extension` 0..*. Additional content defined by implementations.
  std::vector<Extension> extension{};
  /// `modifierExtension` 0..*. Extensions that cannot be ignored even if unrecognized.
  std::vector<Extension> modifier_extension{};
  /// `summary` 0..1. Simple summary (disease specific).
  std::optional<CodeableConcept> summary{};
  /// `assessment` 0..*. Formal record of assessment. Refers to: ClinicalImpression | DiagnosticReport |
  /// Observation.
  std::vector<Reference> assessment{};
  /// `type` 0..1. Kind of staging.
  std::optional<CodeableConcept> type{};
  UnknownElements unknown_elements{};
};

/// `Condition.evidence` Supporting evidence / manifestations that are the basis of the Condition's
/// verification status, such as evidence that confirmed or refuted the condition.
struct ConditionEvidence {
  /// `id` 0..1. Unique id for inter-element referencing.
  std::optional<String> id{};
  /// `extension` 0..*. Additional content defined by implementations.
  std::vector<Extension> extension{};
  /// `modifierExtension` 0..*. Extensions that cannot be ignored even if unrecognized.
  std::vector<Extension> modifier_extension{};
  /// `code` 0..*. Manifestation/symptom.
  std::vector<CodeableConcept> code{};
  /// `detail` 0..*. Supporting information found elsewhere. Refers to: Resource.
  std::vector<Reference> detail{};
  UnknownElements unknown_elements{};
};

/// A clinical condition, problem, diagnosis, or other event, situation, issue, or clinical concept that has
/// risen to a level of concern.
struct Condition {
  static constexpr std::string_view kResourceType = "Condition";

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
  /// `identifier` 0..*. External Ids for this condition.
  std::vector<Identifier> identifier{};
  /// `clinicalStatus` 0..1. active | recurrence | relapse | inactive | remission | resolved. Codes
  /// (required): http://hl7.org/fhir/ValueSet/condition-clinical.
  std::optional<CodeableConcept> clinical_status{};
  /// `verificationStatus` 0..1. unconfirmed | provisional | differential | confirmed | refuted |
  /// entered-in-error. Codes (required): http://hl7.org/fhir/ValueSet/condition-ver-status.
  std::optional<CodeableConcept> verification_status{};
  /// `category` 0..*. problem-list-item | encounter-diagnosis. Codes (extensible):
  /// http://hl7.org/fhir/ValueSet/condition-category.
  std::vector<CodeableConcept> category{};
  /// `severity` 0..1. Subjective severity of condition. Codes (preferred):
  /// http://hl7.org/fhir/ValueSet/condition-severity.
  std::optional<CodeableConcept> severity{};
  /// `code` 0..1. Identification of the condition, problem or diagnosis.
  std::optional<CodeableConcept> code{};
  /// `bodySite` 0..*. Anatomical location, if relevant.
  std::vector<CodeableConcept> body_site{};
  /// `subject` 1..1. Who has the condition?. Refers to: Patient | Group.
  std::optional<Reference> subject{};
  /// `encounter` 0..1. Encounter created as part of. Refers to: Encounter.
  std::optional<Reference> encounter{};
  /// `onset[x]` 0..1. Estimated or actual date, date-time, or age.
  Choice<DateTime, Age, Period, Range, String> onset{};
  /// `abatement[x]` 0..1. When in resolution/remission.
  Choice<DateTime, Age, Period, Range, String> abatement{};
  /// `recordedDate` 0..1. Date record was first recorded.
  std::optional<DateTime> recorded_date{};
  /// `recorder` 0..1. Who recorded the condition. Refers to: Practitioner | PractitionerRole | Patient |
  /// RelatedPerson.
  std::optional<Reference> recorder{};
  /// `asserter` 0..1. Person who asserts this condition. Refers to: Practitioner | PractitionerRole | Patient
  /// | RelatedPerson.
  std::optional<Reference> asserter{};
  /// `stage` 0..*. Stage/grade, usually assessed formally.
  std::vector<ConditionStage> stage{};
  /// `evidence` 0..*. Supporting evidence.
  std::vector<ConditionEvidence> evidence{};
  /// `note` 0..*. Additional information about the Condition.
  std::vector<Annotation> note{};
  UnknownElements unknown_elements{};
};

}  // namespace musubi::fhir::r4
