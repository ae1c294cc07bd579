// Made by musubi_generate_fhir_types from the definitions of FHIR R4 (4.0.1). Do not edit.
#pragma once

#include "musubi/fhir/models/members.h"
#include "musubi/fhir/r4/codeable_concept.h"
#include "musubi/fhir/r4/codes/publication_status.h"
#include "musubi/fhir/r4/contact_detail.h"
#include "musubi/fhir/r4/expression.h"
#include "musubi/fhir/r4/extension.h"
#include "musubi/fhir/r4/identifier.h"
#include "musubi/fhir/r4/meta.h"
#include "musubi/fhir/r4/narrative.h"
#include "musubi/fhir/r4/period.h"
#include "musubi/fhir/r4/reference.h"
#include "musubi/fhir/r4/related_artifact.h"
#include "musubi/fhir/r4/usage_context.h"

namespace musubi::fhir::r4 {

/// `Measure.group.population` A population criteria for the measure.
struct MeasureGroupPopulation {
  /// `id` 0..1. Unique id for inter-element referencing.
  std::optional<String> id{};
  /// `extension` 0..*. Additional content defined by implementations.
  std::vector<Extension> extension{};
  /// `modifierExtension` 0..*. Extensions that cannot be ignored even if unrecognized.
  std::vector<Extension> modifier_extension{};
  /// `code` 0..1. initial-population | numerator | numerator-exclusion | denominator | denominator-exclusion
  /// | denominator-exception | measure-population | measure-population-exclusion | measure-observation. Codes
  /// (extensible): http://hl7.org/fhir/ValueSet/measure-population.
  std::optional<CodeableConcept> code{};
  /// `description` 0..1. The human readable description of this population criteria.
  std::optional<String> description{};
  /// `criteria` 1..1. The criteria that defines this population.
  std::optional<Expression> criteria{};
  UnknownElements unknown_elements{};
};

/// `Measure.group.stratifier.component` A component of the stratifier criteria for the measure report,
/// specified as either the name of a valid CQL expression defined within a referenced library or a valid FHIR
/// Resource Path.
struct MeasureGroupStratifierComponent {
  /// `id` 0..1. Unique id for inter-element referencing.
  std::optional<String> id{};
  /// `extension` 0..*. Additional content defined by implementations.
  std::vector<Extension> extension{};
  /// `modifierExtension` 0..*. Extensions that cannot be ignored even if unrecognized.
  std::vector<Extension> modifier_extension{};
  /// `code` 0..1. Meaning of the stratifier component.
  std::optional<CodeableConcept> code{};
  /// `description` 0..1. The human readable description of this stratifier component.
  std::optional<String> description{};
  /// `criteria` 1..1. Component of how the measure should be stratified.
  std::optional<Expression> criteria{};
  UnknownElements unknown_elements{};
};

/// `Measure.group.stratifier` The stratifier criteria for the measure report, specified as either the name of
/// a valid CQL expression defined within a referenced library or a valid FHIR Resource Path.
struct MeasureGroupStratifier {
  /// `id` 0..1. Unique id for inter-element referencing.
  std::optional<String> id{};
  /// `extension` 0..*. Additional content defined by implementations.
  std::vector<Extension> extension{};
  /// `modifierExtension` 0..*. Extensions that cannot be ignored even if unrecognized.
  std::vector<Extension> modifier_extension{};
  /// `code` 0..1. Meaning of the stratifier.
  std::optional<CodeableConcept> code{};
  /// `description` 0..1. The human readable description of this stratifier.
  std::optional<String> description{};
  /// `criteria` 0..1. How the measure should be stratified.
  std::optional<Expression> criteria{};
  /// `component` 0..*. Stratifier criteria component for the measure.
  std::vector<MeasureGroupStratifierComponent> component{};
  UnknownElements unknown_elements{};
};

/// `Measure.group` A group of population criteria for the measure.
struct MeasureGroup {
  /// `id` 0..1. Unique id for inter-element referencing.
  std::optional<String> id{};
  /// `extension` 0..*. Additional content defined by implementations.
  std::vector<Extension> extension{};
  /// `modifierExtension` 0..*. Extensions that cannot be ignored even if unrecognized.
  std::vector<Extension> modifier_extension{};
  /// `code` 0..1. Meaning of the group.
  std::optional<CodeableConcept> code{};
  /// `description` 0..1. Summary description.
  std::optional<String> description{};
  /// `population` 0..*. Population criteria.
  std::vector<MeasureGroupPopulation> population{};
  /// `stratifier` 0..*. Stratifier criteria for the measure.
  std::vector<MeasureGroupStratifier> stratifier{};
  UnknownElements unknown_elements{};
};

/// `Measure.supplementalData` The supplemental data criteria for the measure report, specified as either the
/// name of a valid CQL expression within a referenced library, or a valid FHIR Resource Path.
struct MeasureSupplementalData {
  /// `id` 0..1. Unique id for inter-element referencing.
  std::optional<String> id{};
  /// `extension` 0..*. Additional content defined by implementations.
  std::vector<Extension> extension{};
  /// `modifierExtension` 0..*. Extensions that cannot be ignored even if unrecognized.
  std::vector<Extension> modifier_extension{};
  /// `code` 0..1. Meaning of the supplemental data.
  std::optional<CodeableConcept> code{};
  /// `usage` 0..*. supplemental-data | risk-adjustment-factor. Codes (extensible):
  /// http://hl7.org/fhir/ValueSet/measure-data-usage.
  std::vector<CodeableConcept> usage{};
  /// `description` 0..1. The human readable description of this supplemental data.
  std::optional<String> description{};
  /// `criteria` 1..1. Expression describing additional data to be reported.
  std::optional<Expression> criteria{};
  UnknownElements unknown_elements{};
};

/// The Measure resource provides the definition of a quality measure.
struct Measure {
  static constexpr std::string_view kResourceType = "Measure";

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
  /// `url` 0..1. Canonical identifier for this measure, represented as a URI (globally unique).
  std::optional<Uri> url{};
  /// `identifier` 0..*. Additional identifier for the measure.
  std::vector<Identifier> identifier{};
  /// `version` 0..1. Business version of the measure.
  std::optional<String> version{};
  /// `name` 0..1. Name for this measure (computer friendly).
  std::optional<String> name{};
  /// `title` 0..1. Name for this measure (human friendly).
  std::optional<String> title{};
  /// `subtitle` 0..1. Subordinate title of the measure.
  std::optional<String> subtitle{};
  /// `status` 1..1. draft | active | retired | unknown. Codes (required):
  /// http://hl7.org/fhir/ValueSet/publication-status.
  std::optional<CodeOf<PublicationStatus>> status{};
  /// `experimental` 0..1. For testing purposes, not real usage.
  std::optional<Boolean> experimental{};
  /// `subject[x]` 0..1. E.g. Patient, Practitioner, RelatedPerson, Organization, Location, Device. Refers to:
  /// Group. Codes (extensible): http://hl7.org/fhir/ValueSet/subject-type.
  Choice<CodeableConcept, Reference> subject{};
  /// `date` 0..1. Date last changed.
  std::optional<DateTime> date{};
  /// `publisher` 0..1. Name of the publisher (organization or individual).
  std::optional<String> publisher{};
  /// `contact` 0..*. Contact details for the publisher.
  std::vector<ContactDetail> contact{};
  /// `description` 0..1. Natural language description of the measure.
  std::optional<Markdown> description{};
  /// `useContext` 0..*. The context that the content is intended to support.
  std::vector<UsageContext> use_context{};
  /// `jurisdiction` 0..*. Intended jurisdiction for measure (if applicable). Codes (extensible):
  /// http://hl7.org/fhir/ValueSet/jurisdiction.
  std::vector<CodeableConcept> jurisdiction{};
  /// `purpose` 0..1. Why this measure is defined.
  std::optional<Markdown> purpose{};
  /// `usage` 0..1. Describes the clinical usage of the measure.
  std::optional<String> usage{};
  /// `copyright` 0..1. Use and/or publishing restrictions.
  std::optional<Markdown> copyright{};
  /// `approvalDate` 0..1. When the measure was approved by publisher.
  std::optional<Date> approval_date{};
  /// `lastReviewDate` 0..1. When the measure was last reviewed.
  std::optional<Date> last_review_date{};
  /// `effectivePeriod` 0..1. When the measure is expected to be used.
  std::optional<Period> effective_period{};
  /// `topic` 0..*. The category of the measure, such as Education, Treatment, Assessment, etc.
  std::vector<CodeableConcept> topic{};
  /// `author` 0..*. Who authored the content.
  std::vector<ContactDetail> author{};
  /// `editor` 0..*. Who edited the content.
  std::vector<ContactDetail> editor{};
  /// `reviewer` 0..*. Who reviewed the content.
  std::vector<ContactDetail> reviewer{};
  /// `endorser` 0..*. Who endorsed the content.
  std::vector<ContactDetail> endorser{};
  /// `relatedArtifact` 0..*. Additional documentation, citations, etc.
  std::vector<RelatedArtifact> related_artifact{};
  /// `library` 0..*. Logic used by the measure. Refers to: Library.
  std::vector<Canonical> library{};
  /// `disclaimer` 0..1. Disclaimer for use of the measure or its referenced content.
  std::optional<Markdown> disclaimer{};
  /// `scoring` 0..1. proportion | ratio | continuous-variable | cohort. Codes (extensible):
  /// http://hl7.org/fhir/ValueSet/measure-scoring.
  std::optional<CodeableConcept> scoring{};
  /// `compositeScoring` 0..1. opportunity | all-or-nothing | linear | weighted. Codes (extensible):
  /// http://hl7.org/fhir/ValueSet/composite-measure-scoring.
  std::optional<CodeableConcept> composite_scoring{};
  /// `type` 0..*. process | outcome | structure | patient-reported-outcome | composite. Codes (extensible):
  /// http://hl7.org/fhir/ValueSet/measure-type.
  std::vector<CodeableConcept> type{};
  /// `riskAdjustment` 0..1. How risk adjustment is applied for this measure.
  std::optional<String> risk_adjustment{};
  /// `rateAggregation` 0..1. How is rate aggregation performed for this measure.
  std::optional<String> rate_aggregation{};
  /// `rationale` 0..1. Detailed description of why the measure exists.
  std::optional<Markdown> rationale{};
  /// `clinicalRecommendationStatement` 0..1. Summary of clinical guidelines.
  std::optional<Markdown> clinical_recommendation_statement{};
  /// `improvementNotation` 0..1. increase | decrease. Codes (required):
  /// http://hl7.org/fhir/ValueSet/measure-improvement-notation.
  std::optional<CodeableConcept> improvement_notation{};
  /// `definition` 0..*. Defined terms used in the measure documentation.
  std::vector<Markdown> definition{};
  /// `guidance` 0..1. Additional guidance for implementers.
  std::optional<Markdown> guidance{};
  /// `group` 0..*. Population criteria group.
  std::vector<MeasureGroup> group{};
  /// `supplementalData` 0..*. What other data should be reported with the measure.
  std::vector<MeasureSupplementalData> supplemental_data{};
  UnknownElements unknown_elements{};
};

}  // namespace musubi::fhir::r4
