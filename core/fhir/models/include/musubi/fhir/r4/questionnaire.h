// Made by musubi_generate_fhir_types from the definitions of FHIR R4 (4.0.1). Do not edit.
#pragma once

#include "musubi/fhir/models/members.h"
#include "musubi/fhir/r4/attachment.h"
#include "musubi/fhir/r4/codeable_concept.h"
#include "musubi/fhir/r4/codes/item_type.h"
#include "musubi/fhir/r4/codes/publication_status.h"
#include "musubi/fhir/r4/codes/questionnaire_enable_behavior.h"
#include "musubi/fhir/r4/codes/questionnaire_enable_operator.h"
#include "musubi/fhir/r4/codes/resource_types.h"
#include "musubi/fhir/r4/coding.h"
#include "musubi/fhir/r4/contact_detail.h"
#include "musubi/fhir/r4/extension.h"
#include "musubi/fhir/r4/identifier.h"
#include "musubi/fhir/r4/meta.h"
#include "musubi/fhir/r4/narrative.h"
#include "musubi/fhir/r4/period.h"
#include "musubi/fhir/r4/quantity.h"
#include "musubi/fhir/r4/reference.h"
#include "musubi/fhir/r4/usage_context.h"

namespace musubi::fhir::r4 {

/// `Questionnaire.item.enableWhen` A constraint indicating that this item should only be enabled
/// (displayed/allow answers to be captured) when the specified condition is true.
struct QuestionnaireItemEnableWhen {
  /// `id` 0..1. Unique id for inter-element referencing.
  std::optional<String> id{};
  /// `extension` 0..*. Additional content defined by implementations.
  std::vector<Extension> extension{};
  /// `modifierExtension` 0..*. Extensions that cannot be ignored even if unrecognized.
  std::vector<Extension> modifier_extension{};
  /// `question` 1..1. Question that determines whether item is enabled.
  std::optional<String> question{};
  /// `operator` 1..1. exists | = | != | > | < | >= | <=. Codes (required):
  /// http://hl7.org/fhir/ValueSet/questionnaire-enable-operator.
  std::optional<CodeOf<QuestionnaireEnableOperator>> operator_{};
  /// `answer[x]` 1..1. Value for question comparison based on operator. Refers to: Resource.
  Choice<Boolean, Decimal, Integer, Date, DateTime, Time, String, Coding, Quantity, Reference> answer{};
  UnknownElements unknown_elements{};
};

/// `Questionnaire.item.answerOption` One of the permitted answers for a "choice" or "open-choice" question.
struct QuestionnaireItemAnswerOption {
  /// `id` 0..1. Unique id for inter-element referencing.
  std::optional<String> id{};
  /// `extension` 0..*. Additional content defined by implementations.
  std::vector<Extension> extension{};
  /// `modifierExtension` 0..*. Extensions that cannot be ignored even if unrecognized.
  std::vector<Extension> modifier_extension{};
  /// `value[x]` 1..1. Answer value. Refers to: Resource.
  Choice<Integer, Date, Time, String, Coding, Reference> value{};
  /// `initialSelected` 0..1. Whether option is selected by default.
  std::optional<Boolean> initial_selected{};
  UnknownElements unknown_elements{};
};

/// `Questionnaire.item.initial` One or more values that should be pre-populated in the answer when initially
/// rendering the questionnaire for user input.
struct QuestionnaireItemInitial {
  /// `id` 0..1. Unique id for inter-element referencing.
  std::optional<String> id{};
  /// `extension` 0..*. Additional content defined by implementations.
  std::vector<Extension> extension{};
  /// `modifierExtension` 0..*. Extensions that cannot be ignored even if unrecognized.
  std::vector<Extension> modifier_extension{};
  /// `value[x]` 1..1. Actual value for initializing the question. Refers to: Resource.
  Choice<Boolean, Decimal, Integer, Date, DateTime, Time, String, Uri, Attachment, Coding, Quantity,
         Reference>
      value{};
  UnknownElements unknown_elements{};
};

/// `Questionnaire.item` A particular question, question grouping or display text that is part of the
/// questionnaire.
struct QuestionnaireItem {
  /// `id` 0..1. Unique id for inter-element referencing.
  std::optional<String> id{};
  /// `extension` 0..*. Additional content defined by implementations.
  std::vector<Extension> extension{};
  /// `modifierExtension` 0..*. Extensions that cannot be ignored even if unrecognized.
  std::vector<Extension> modifier_extension{};
  /// `linkId` 1..1. Unique id for item in questionnaire.
  std::optional<String> link_id{};
  /// `definition` 0..1. ElementDefinition - details for the item.
  std::optional<Uri> definition{};
  /// `code` 0..*. Corresponding concept for this item in a terminology.
  std::vector<Coding> code{};
  /// `prefix` 0..1. E.g. "1(a)", "2.5.3".
  std::optional<String> prefix{};
  /// `text` 0..1. Primary text for the item.
  std::optional<String> text{};
  /// `type` 1..1. group | display | boolean | decimal | integer | date | dateTime +. Codes (required):
  /// http://hl7.org/fhir/ValueSet/item-type.
  std::optional<CodeOf<ItemType>> type{};
  /// `enableWhen` 0..*. Only allow data when.
  std::vector<QuestionnaireItemEnableWhen> enable_when{};
  /// `enableBehavior` 0..1. all | any. Codes (required):
  /// http://hl7.org/fhir/ValueSet/questionnaire-enable-behavior.
  std::optional<CodeOf<QuestionnaireEnableBehavior>> enable_behavior{};
  /// `required` 0..1. Whether the item must be included in data results.
  std::optional<Boolean> required{};
  /// `repeats` 0..1. Whether the item may repeat.
  std::optional<Boolean> repeats{};
  /// `readOnly` 0..1. Don't allow human editing.
  std::optional<Boolean> read_only{};
  /// `maxLength` 0..1. No more than this many characters.
  std::optional<Integer> max_length{};
  /// `answerValueSet` 0..1. Valueset containing permitted answers. Refers to: ValueSet.
  std::optional<Canonical> answer_value_set{};
  /// `answerOption` 0..*. Permitted answer.
  std::vector<QuestionnaireItemAnswerOption> answer_option{};
  /// `initial` 0..*. Initial value(s) when item is first rendered.
  std::vector<QuestionnaireItemInitial> initial{};
  /// `item` 0..*. Nested questionnaire items.
  std::vector<QuestionnaireItem> item{};
  UnknownElements unknown_elements{};
};

/// A structured set of questions intended to guide the collection of answers from end-users. Questionnaires
/// provide detailed control over order, presentation, phraseology and grouping to allow coherent, consistent
/// data collection.
struct Questionnaire {
  static constexpr std::string_view kResourceType = "Questionnaire";

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
  /// `url` 0..1. Canonical identifier for this questionnaire, represented as a URI (globally unique).
  std::optional<Uri> url{};
  /// `identifier` 0..*. Additional identifier for the questionnaire.
  std::vector<Identifier> identifier{};
  /// `version` 0..1. Business version of the questionnaire.
  std::optional<String> version{};
  /// `name` 0..1. Name for this questionnaire (computer friendly).
  std::optional<String> name{};
  /// `title` 0..1. Name for this questionnaire (human friendly).
  std::optional<String> title{};
  /// `derivedFrom` 0..*. Instantiates protocol or definition. Refers to: Questionnaire.
  std::vector<Canonical> derived_from{};
  /// `status` 1..1. draft | active | retired | unknown. Codes (required):
  /// http://hl7.org/fhir/ValueSet/publication-status.
  std::optional<CodeOf<PublicationStatus>> status{};
  /// `experimental` 0..1. For testing purposes, not real usage.
  std::optional<Boolean> experimental{};
  /// `subjectType` 0..*. Resource that can be subject of QuestionnaireResponse. Codes (required):
  /// http://hl7.org/fhir/ValueSet/resource-types.
  std::vector<CodeOf<ResourceTypes>> subject_type{};
  /// `date` 0..1. Date last changed.
  std::optional<DateTime> date{};
  /// `publisher` 0..1. Name of the publisher (organization or individual).
  std::optional<String> publisher{};
  /// `contact` 0..*. Contact details for the publisher.
  std::vector<ContactDetail> contact{};
  /// `description` 0..1. Natural language description of the questionnaire.
  std::optional<Markdown> description{};
  /// `useContext` 0..*. The context that the content is intended to support.
  std::vector<UsageContext> use_context{};
  /// `jurisdiction` 0..*. Intended jurisdiction for questionnaire (if applicable). Codes (extensible):
  /// http://hl7.org/fhir/ValueSet/jurisdiction.
  std::vector<CodeableConcept> jurisdiction{};
  /// `purpose` 0..1. Why this questionnaire is defined.
  std::optional<Markdown> purpose{};
  /// `copyright` 0..1. Use and/or publishing restrictions.
  std::optional<Markdown> copyright{};
  /// `approvalDate` 0..1. When the questionnaire was approved by publisher.
  std::optional<Date> approval_date{};
  /// `lastReviewDate` 0..1. When the questionnaire was last reviewed.
  std::optional<Date> last_review_date{};
  /// `effectivePeriod` 0..1. When the questionnaire is expected to be used.
  std::optional<Period> effective_period{};
  /// `code` 0..*. Concept that represents the overall questionnaire.
  std::vector<Coding> code{};
  /// `item` 0..*. Questions and sections within the Questionnaire.
  std::vector<QuestionnaireItem> item{};
  UnknownElements unknown_elements{};
};

}  // namespace musubi::fhir::r4
