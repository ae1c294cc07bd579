// Made by musubi_generate_fhir_types from the definitions of FHIR R4 (4.0.1). Do not edit.
#pragma once

#include "musubi/fhir/models/members.h"
#include "musubi/fhir/r4/age.h"
#include "musubi/fhir/r4/annotation.h"
#include "musubi/fhir/r4/codeable_concept.h"
#include "musubi/fhir/r4/codes/allergy_intolerance_category.h"
#include "musubi/fhir/r4/codes/allergy_intolerance_criticality.h"
#include "musubi/fhir/r4/codes/allergy_intolerance_type.h"
#include "musubi/fhir/r4/codes/reaction_event_severity.h"
#include "musubi/fhir/r4/extension.h"
#include "musubi/fhir/r4/identifier.h"
#include "musubi/fhir/r4/meta.h"
#include "musubi/fhir/r4/narrative.h"
#include "musubi/fhir/r4/period.h"
#include "musubi/fhir/r4/range.h"
#include "musubi/fhir/r4/reference.h"

namespace musubi::fhir::r4 {

/// `AllergyIntolerance.reaction` Details about each adverse reaction event linked to exposure to the
/// identified substance.
struct AllergyIntoleranceReaction {
  /// `id` 0..1. Unique id for inter-element referencing.
  std::optional<String> id{};
  /// `extension` 0..*. Additional content defined by implementations.
  std::vector<Extension> extension{};
  /// `modifierExtension` 0..*. Extensions that cannot be ignored even if unrecognized.
  std::vector<Extension> modifier_extension{};
  /// `substance` 0..1. Specific substance or pharmaceutical product considered to be responsible for event.
  std::optional<CodeableConcept> substance{};
  /// `manifestation` 1..*. Clinical symptoms/signs associated with the Event.
  std::vector<CodeableConcept> manifestation{};
  /// `description` 0..1. Description of the event as a whole.
  std::optional<String> description{};
  /// `onset` 0..1. Date(/time) when manifestations showed.
  std::optional<DateTime> onset{};
  /// `severity` 0..1. mild | moderate | severe (of event as a whole). Codes (required):
  /// http://hl7.org/fhir/ValueSet/reaction-event-severity.
  std::optional<CodeOf<ReactionEventSeverity>> severity{};
  /// `exposureRoute` 0..1. How the subject was exposed to the substance.
  std::optional<CodeableConcept> exposure_route{};
  /// `note` 0..*. Text about event not captured in other fields.
  std::vector<Annotation> note{};
  UnknownElements unknown_elements{};
};

/// Risk of harmful or undesirable, physiological response which is unique to an individual and associated
/// with exposure to a substance.
struct AllergyIntolerance {
  static constexpr std::string_view kResourceType = "AllergyIntolerance";

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
  /// `identifier` 0..*. External ids for this item.
  std::vector<Identifier> identifier{};
  /// `clinicalStatus` 0..1. active | inactive | resolved. Codes (required):
  /// http://hl7.org/fhir/ValueSet/allergyintolerance-clinical.
  std::optional<CodeableConcept> clinical_status{};
  /// `verificationStatus` 0..1. unconfirmed | confirmed | refuted | entered-in-error. Codes (required):
  /// http://hl7.org/fhir/ValueSet/allergyintolerance-verification.
  std::optional<CodeableConcept> verification_status{};
  /// `type` 0..1. allergy | intolerance - Underlying mechanism (if known). Codes (required):
  /// http://hl7.org/fhir/ValueSet/allergy-intolerance-type.
  std::optional<CodeOf<AllergyIntoleranceType>> type{};
  /// `category` 0..*. food | medication | environment | biologic. Codes (required):
  /// http://hl7.org/fhir/ValueSet/allergy-intolerance-category.
  std::vector<CodeOf<AllergyIntoleranceCategory>> category{};
  /// `criticality` 0..1. low | high | unable-to-assess. Codes (required):
  /// http://hl7.org/fhir/ValueSet/allergy-intolerance-criticality.
  std::optional<CodeOf<AllergyIntoleranceCriticality>> criticality{};
  /// `code` 0..1. Code that identifies the allergy or intolerance.
  std::optional<CodeableConcept> code{};
  /// `patient` 1..1. Who the sensitivity is for. Refers to: Patient.
  std::optional<Reference> patient{};
  /// `encounter` 0..1. Encounter when the allergy or intolerance was asserted. Refers to: Encounter.
  std::optional<Reference> encounter{};
  /// `onset[x]` 0..1. When allergy or intolerance was identified.
  Choice<DateTime, Age, Period, Range, String> onset{};
  /// `recordedDate` 0..1. Date first version of the resource instance was recorded.
  std::optional<DateTime> recorded_date{};
  /// `recorder` 0..1. Who recorded the sensitivity. Refers to: Practitioner | PractitionerRole | Patient |
  /// RelatedPerson.
  std::optional<Reference> recorder{};
  /// `asserter` 0..1. Source of the information about the allergy. Refers to: Patient | RelatedPerson |
  /// Practitioner | PractitionerRole.
  std::optional<Reference> asserter{};
  /// `lastOccurrence` 0..1. Date(/time) of last known occurrence of a reaction.
  std::optional<DateTime> last_occurrence{};
  /// `note` 0..*. Additional text not captured in other fields.
  std::vector<Annotation> note{};
  /// `reaction` 0..*. Adverse Reaction Events linked to exposure to substance.
  std::vector<AllergyIntoleranceReaction> reaction{};
  UnknownElements unknown_elements{};
};

}  // namespace musubi::fhir::r4
