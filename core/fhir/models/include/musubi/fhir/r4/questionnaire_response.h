// Made by musubi_generate_fhir_types from the definitions of FHIR R4 (4.0.1). Do not edit.
#pragma once

#include "musubi/fhir/models/members.h"
#include "musubi/fhir/r4/attachment.h"
#include "musubi/fhir/r4/codes/questionnaire_answers_status.h"
#include "musubi/fhir/r4/coding.h"
#include "musubi/fhir/r4/extension.h"
#include "musubi/fhir/r4/identifier.h"
#include "musubi/fhir/r4/meta.h"
#include "musubi/fhir/r4/narrative.h"
#include "musubi/fhir/r4/quantity.h"
#include "musubi/fhir/r4/reference.h"

namespace musubi::fhir::r4 {

/// `QuestionnaireResponse.item.answer` The respondent's answer(s) to the question.
struct QuestionnaireResponseItemAnswer {
  /// `id` 0..1. Unique id for inter-element referencing.
  std::optional<String> id{};
  /// `extension` 0..*. Additional content defined by implementations.
  std::vector<Extension> extension{};
  /// `modifierExtension` 0..*. Extensions that cannot be ignored even if unrecognized.
  std::vector<Extension> modifier_extension{};
  /// `value[x]` 0..1. Single-valued answer to the question. Refers to: Resource.
  Choice<Boolean, Decimal, Integer, Date, DateTime, Time, String, Uri, Attachment, Coding, Quantity,
         Reference>
      value{};
  /// `item` 0..*. Nested groups and questions.
  std::vector<QuestionnaireResponseItem> item;
  UnknownElements unknown_elements{};
};

/// `QuestionnaireResponse.item` A group or question item from the original questionnaire for which answers
/// are provided.
struct QuestionnaireResponseItem {
  /// `id` 0..1. Unique id for inter-element referencing.
  std::optional<String> id{};
  /// `extension` 0..*. Additional content defined by implementations.
  std::vector<Extension> extension{};
  /// `modifierExtension` 0..*. Extensions that cannot be ignored even if unrecognized.
  std::vector<Extension> modifier_extension{};
  /// `linkId` 1..1. Pointer to specific item from Questionnaire.
  std::optional<String> link_id{};
  /// `definition` 0..1. ElementDefinition - details for the item.
  std::optional<Uri> definition{};
  /// `text` 0..1. Name for group or question text.
  std::optional<String> text{};
  /// `answer` 0..*. The response(s) to the question.
  std::vector<QuestionnaireResponseItemAnswer> answer{};
  /// `item` 0..*. Nested questionnaire response items.
  std::vector<QuestionnaireResponseItem> item{};
  UnknownElements unknown_elements{};
};

/// A structured set of questions and their answers. The questions are ordered and grouped into coherent
/// subsets, corresponding to the structure of the grouping of the questionnaire being responded to.
struct QuestionnaireResponse {
  static constexpr std::string_view kResourceType = "QuestionnaireResponse";

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
  /// `identifier` 0..1. Unique id for this set of answers.
  std::optional<Identifier> identifier{};
  /// `basedOn` 0..*. Request fulfilled by this QuestionnaireResponse. Refers to: CarePlan | ServiceRequest.
  std::vector<Reference> based_on{};
  /// `partOf` 0..*. Part of this action. Refers to: Observation | Procedure.
  std::vector<Reference> part_of{};
  /// `questionnaire` 0..1. Form being answered. Refers to: Questionnaire.
  std::optional<Canonical> questionnaire{};
  /// `status` 1..1. in-progress | completed | amended | entered-in-error | stopped. Codes (required):
  /// http://hl7.org/fhir/ValueSet/questionnaire-answers-status.
  std::optional<CodeOf<QuestionnaireAnswersStatus>> status{};
  /// `subject` 0..1. The subject of the questions. Refers to: Resource.
  std::optional<Reference> subject{};
  /// `encounter` 0..1. Encounter created as part of. Refers to: Encounter.
  std::optional<Reference> encounter{};
  /// `authored` 0..1. Date the answers were gathered.
  std::optional<DateTime> authored{};
  /// `author` 0..1. Person who received and recorded the answers. Refers to: Device | Practitioner |
  /// PractitionerRole | Patient | RelatedPerson | Organization.
  std::optional<Reference> author{};
  /// `source` 0..1. The person who answered the questions. Refers to: Patient | Practitioner |
  /// PractitionerRole | RelatedPerson.
  std::optional<Reference> source{};
  /// `item` 0..*. Groups and questions.
  std::vector<QuestionnaireResponseItem> item{};
  UnknownElements unknown_elements{};
};

}  // namespace musubi::fhir::r4
