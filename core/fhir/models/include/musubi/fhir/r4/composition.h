// Made by musubi_generate_fhir_types from the definitions of FHIR R4 (4.0.1). Do not edit.
#pragma once

#include "musubi/fhir/models/members.h"
#include "musubi/fhir/r4/codeable_concept.h"
#include "musubi/fhir/r4/codes/composition_attestation_mode.h"
#include "musubi/fhir/r4/codes/composition_status.h"
#include "musubi/fhir/r4/codes/document_relationship_type.h"
#include "musubi/fhir/r4/codes/list_mode.h"
#include "musubi/fhir/r4/codes/v3_confidentiality_classification.h"
#include "musubi/fhir/r4/extension.h"
#include "musubi/fhir/r4/identifier.h"
#include "musubi/fhir/r4/meta.h"
#include "musubi/fhir/r4/narrative.h"
#include "musubi/fhir/r4/period.h"
#include "musubi/fhir/r4/reference.h"

namespace musubi::fhir::r4 {

/// `Composition.attester` A participant who has attested to the accuracy of the composition/document.
struct CompositionAttester {
  /// `id` 0..1. Unique id for inter-element referencing.
  std::optional<String> id{};
  /// `extension` 0..*. Additional content defined by implementations.
  std::vector<Extension> extension{};
  /// `modifierExtension` 0..*. Extensions that cannot be ignored even if unrecognized.
  std::vector<Extension> modifier_extension{};
  /// `mode` 1..1. personal | professional | legal | official. Codes (required):
  /// http://hl7.org/fhir/ValueSet/composition-attestation-mode.
  std::optional<CodeOf<CompositionAttestationMode>> mode{};
  /// `time` 0..1. When the composition was attested.
  std::optional<DateTime> time{};
  /// `party` 0..1. Who attested the composition. Refers to: Patient | RelatedPerson | Practitioner |
  /// PractitionerRole | Organization.
  std::optional<Reference> party{};
  UnknownElements unknown_elements{};
};

/// `Composition.relatesTo` Relationships that this composition has with other compositions or documents that
/// already exist.
struct CompositionRelatesTo {
  /// `id` 0..1. Unique id for inter-element referencing.
  std::optional<String> id{};
  /// `extension` 0..*. Additional content defined by implementations.
  std::vector<Extension> extension{};
  /// `modifierExtension` 0..*. Extensions that cannot be ignored even if unrecognized.
  std::vector<Extension> modifier_extension{};
  /// `code` 1..1. replaces | transforms | signs | appends. Codes (required):
  /// http://hl7.org/fhir/ValueSet/document-relationship-type.
  std::optional<CodeOf<DocumentRelationshipType>> code{};
  /// `target[x]` 1..1. Target of the relationship. Refers to: Composition.
  Choice<Identifier, Reference> target{};
  UnknownElements unknown_elements{};
};

/// `Composition.event` The clinical service, such as a colonoscopy or an appendectomy, being documented.
struct CompositionEvent {
  /// `id` 0..1. Unique id for inter-element referencing.
  std::optional<String> id{};
  /// `extension` 0..*. Additional content defined by implementations.
  std::vector<Extension> extension{};
  /// `modifierExtension` 0..*. Extensions that cannot be ignored even if unrecognized.
  std::vector<Extension> modifier_extension{};
  /// `code` 0..*. Code(s) that apply to the event being documented.
  std::vector<CodeableConcept> code{};
  /// `period` 0..1. The period covered by the documentation.
  std::optional<Period> period{};
  /// `detail` 0..*. The event(s) being documented. Refers to: Resource.
  std::vector<Reference> detail{};
  UnknownElements unknown_elements{};
};

/// `Composition.section` The root of the sections that make up the composition.
struct CompositionSection {
  /// `id` 0..1. Unique id for inter-element referencing.
  std::optional<String> id{};
  /// `extension` 0..*. Additional content defined by implementations.
  std::vector<Extension> extension{};
  /// `modifierExtension` 0..*. Extensions that cannot be ignored even if unrecognized.
  std::vector<Extension> modifier_extension{};
  /// `title` 0..1. Label for section (e.g. for ToC).
  std::optional<String> title{};
  /// `code` 0..1. Classification of section (recommended).
  std::optional<CodeableConcept> code{};
  /// `author` 0..*. Who and/or what authored the section. Refers to: Practitioner | PractitionerRole | Device
  /// | Patient | RelatedPerson | Organization.
  std::vector<Reference> author{};
  /// `focus` 0..1. Who/what the section is about, when it is not about the subject of composition. Refers to:
  /// Resource.
  std::optional<Reference> focus{};
  /// `text` 0..1. Text summary of the section, for human interpretation.
  std::optional<Narrative> text{};
  /// `mode` 0..1. working | snapshot | changes. Codes (required): http://hl7.org/fhir/ValueSet/list-mode.
  std::optional<CodeOf<ListMode>> mode{};
  /// `orderedBy` 0..1. Order of section entries. Codes (preferred): http://hl7.org/fhir/ValueSet/list-order.
  std::optional<CodeableConcept> ordered_by{};
  /// `entry` 0..*. A reference to data that supports this section. Refers to: Resource.
  std::vector<Reference> entry{};
  /// `emptyReason` 0..1. Why the section is empty. Codes (preferred):
  /// http://hl7.org/fhir/ValueSet/list-empty-reason.
  std::optional<CodeableConcept> empty_reason{};
  /// `section` 0..*. Nested Section.
  std::vector<CompositionSection> section{};
  UnknownElements unknown_elements{};
};

/// A set of healthcare-related information that is assembled together into a single logical package that
/// provides a single coherent statement of meaning, establishes its own context and that has clinical
/// attestation with regard to who is making the statement. A Composition defines the structure and narrative
/// content necessary for a document. However, a Composition alone does not constitute a document. Rather, the
/// Composition must be the first entry in a Bundle where Bundle.type=document, and any other resources
/// referenced from Composition must be included as subsequent entries in the Bundle (for example Patient,
/// Practitioner, Encounter, etc.).
struct Composition {
  static constexpr std::string_view kResourceType = "Composition";

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
  /// `identifier` 0..1. Version-independent identifier for the Composition.
  std::optional<Identifier> identifier{};
  /// `status` 1..1. preliminary | final | amended | entered-in-error. Codes (required):
  /// http://hl7.org/fhir/ValueSet/composition-status.
  std::optional<CodeOf<CompositionStatus>> status{};
  /// `type` 1..1. Kind of composition (LOINC if possible). Codes (preferred):
  /// http://hl7.org/fhir/ValueSet/doc-typecodes.
  std::optional<CodeableConcept> type{};
  /// `category` 0..*. Categorization of Composition.
  std::vector<CodeableConcept> category{};
  /// `subject` 0..1. Who and/or what the composition is about. Refers to: Resource.
  std::optional<Reference> subject{};
  /// `encounter` 0..1. Context of the Composition. Refers to: Encounter.
  std::optional<Reference> encounter{};
  /// `date` 1..1. Composition editing time.
  std::optional<DateTime> date{};
  /// `author` 1..*. Who and/or what authored the composition. Refers to: Practitioner | PractitionerRole |
  /// Device | Patient | RelatedPerson | Organization.
  std::vector<Reference> author{};
  /// `title` 1..1. Human Readable name/title.
  std::optional<String> title{};
  /// `confidentiality` 0..1. As defined by affinity domain. Codes (required):
  /// http://terminology.hl7.org/ValueSet/v3-ConfidentialityClassification.
  std::optional<CodeOf<V3ConfidentialityClassification>> confidentiality{};
  /// `attester` 0..*. Attests to accuracy of composition.
  std::vector<CompositionAttester> attester{};
  /// `custodian` 0..1. Organization which maintains the composition. Refers to: Organization.
  std::optional<Reference> custodian{};
  /// `relatesTo` 0..*. Relationships to other compositions/documents.
  std::vector<CompositionRelatesTo> relates_to{};
  /// `event` 0..*. The clinical service(s) being documented.
  std::vector<CompositionEvent> event{};
  /// `section` 0..*. Composition is broken into sections.
  std::vector<CompositionSection> section{};
  UnknownElements unknown_elements{};
};

}  // namespace musubi::fhir::r4
