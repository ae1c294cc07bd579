// Made by musubi_generate_fhir_types from the definitions of FHIR R4 (4.0.1). Do not edit.
#pragma once

#include "musubi/fhir/models/members.h"
#include "musubi/fhir/r4/attachment.h"
#include "musubi/fhir/r4/codeable_concept.h"
#include "musubi/fhir/r4/codes/composition_status.h"
#include "musubi/fhir/r4/codes/document_reference_status.h"
#include "musubi/fhir/r4/codes/document_relationship_type.h"
#include "musubi/fhir/r4/coding.h"
#include "musubi/fhir/r4/extension.h"
#include "musubi/fhir/r4/identifier.h"
#include "musubi/fhir/r4/meta.h"
#include "musubi/fhir/r4/narrative.h"
#include "musubi/fhir/r4/period.h"
#include "musubi/fhir/r4/reference.h"

namespace musubi::fhir::r4 {

/// `DocumentReference.relatesTo` Relationships that this document has with other document references that
/// already exist.
struct DocumentReferenceRelatesTo {
  /// `id` 0..1. Unique id for inter-element referencing.
  std::optional<String> id{};
  /// `extension` 0..*. Additional content defined by implementations.
  std::vector<Extension> extension{};
  /// `modifierExtension` 0..*. Extensions that cannot be ignored even if unrecognized.
  std::vector<Extension> modifier_extension{};
  /// `code` 1..1. replaces | transforms | signs | appends. Codes (required):
  /// http://hl7.org/fhir/ValueSet/document-relationship-type.
  std::optional<CodeOf<DocumentRelationshipType>> code{};
  /// `target` 1..1. Target of the relationship. Refers to: DocumentReference.
  std::optional<Reference> target{};
  UnknownElements unknown_elements{};
};

/// `DocumentReference.content` The document and format referenced. There may be multiple content element
/// repetitions, each with a different format.
struct DocumentReferenceContent {
  /// `id` 0..1. Unique id for inter-element referencing.
  std::optional<String> id{};
  /// `extension` 0..*. Additional content defined by implementations.
  std::vector<Extension> extension{};
  /// `modifierExtension` 0..*. Extensions that cannot be ignored even if unrecognized.
  std::vector<Extension> modifier_extension{};
  /// `attachment` 1..1. Where to access the document.
  std::optional<Attachment> attachment{};
  /// `format` 0..1. Format/content rules for the document. Codes (preferred):
  /// http://hl7.org/fhir/ValueSet/formatcodes.
  std::optional<Coding> format{};
  UnknownElements unknown_elements{};
};

/// `DocumentReference.context` The clinical context in which the document was prepared.
struct DocumentReferenceContext {
  /// `id` 0..1. Unique id for inter-element referencing.
  std::optional<String> id{};
  /// `extension` 0..*. Additional content defined by implementations.
  std::vector<Extension> extension{};
  /// `modifierExtension` 0..*. Extensions that cannot be ignored even if unrecognized.
  std::vector<Extension> modifier_extension{};
  /// `encounter` 0..*. Context of the document content. Refers to: Encounter | EpisodeOfCare.
  std::vector<Reference> encounter{};
  /// `event` 0..*. Main clinical acts documented.
  std::vector<CodeableConcept> event{};
  /// `period` 0..1. Time of service that is being documented.
  std::optional<Period> period{};
  /// `facilityType` 0..1. Kind of facility where patient was seen.
  std::optional<CodeableConcept> facility_type{};
  /// `practiceSetting` 0..1. Additional details about where the content was created (e.g. clinical
  /// specialty).
  std::optional<CodeableConcept> practice_setting{};
  /// `sourcePatientInfo` 0..1. Patient demographics from source. Refers to: Patient.
  std::optional<Reference> source_patient_info{};
  /// `related` 0..*. Related identifiers or resources. Refers to: Resource.
  std::vector<Reference> related{};
  UnknownElements unknown_elements{};
};

/// A reference to a document of any kind for any purpose. Provides metadata about the document so that the
/// document can be discovered and managed. The scope of a document is any seralized object with a mime-type,
/// so includes formal patient centric documents (CDA), cliical notes, scanned paper, and non-patient specific
/// documents like policy text.
struct DocumentReference {
  static constexpr std::string_view kResourceType = "DocumentReference";

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
  /// `masterIdentifier` 0..1. Master Version Specific Identifier.
  std::optional<Identifier> master_identifier{};
  /// `identifier` 0..*. Other identifiers for the document.
  std::vector<Identifier> identifier{};
  /// `status` 1..1. current | superseded | entered-in-error. Codes (required):
  /// http://hl7.org/fhir/ValueSet/document-reference-status.
  std::optional<CodeOf<DocumentReferenceStatus>> status{};
  /// `docStatus` 0..1. preliminary | final | amended | entered-in-error. Codes (required):
  /// http://hl7.org/fhir/ValueSet/composition-status.
  std::optional<CodeOf<CompositionStatus>> doc_status{};
  /// `type` 0..1. Kind of document (LOINC if possible). Codes (preferred):
  /// http://hl7.org/fhir/ValueSet/c80-doc-typecodes.
  std::optional<CodeableConcept> type{};
  /// `category` 0..*. Categorization of document.
  std::vector<CodeableConcept> category{};
  /// `subject` 0..1. Who/what is the subject of the document. Refers to: Patient | Practitioner | Group |
  /// Device.
  std::optional<Reference> subject{};
  /// `date` 0..1. When this document reference was created.
  std::optional<Instant> date{};
  /// `author` 0..*. Who and/or what authored the document. Refers to: Practitioner | PractitionerRole |
  /// Organization | Device | Patient | RelatedPerson.
  std::vector<Reference> author{};
  /// `authenticator` 0..1. Who/what authenticated the document. Refers to: Practitioner | PractitionerRole |
  /// Organization.
  std::optional<Reference> authenticator{};
  /// `custodian` 0..1. Organization which maintains the document. Refers to: Organization.
  std::optional<Reference> custodian{};
  /// `relatesTo` 0..*. Relationships to other documents.
  std::vector<DocumentReferenceRelatesTo> relates_to{};
  /// `description` 0..1. Human-readable description.
  std::optional<String> description{};
  /// `securityLabel` 0..*. Document security-tags. Codes (extensible):
  /// http://hl7.org/fhir/ValueSet/security-labels.
  std::vector<CodeableConcept> security_label{};
  /// `content` 1..*. Document referenced.
  std::vector<DocumentReferenceContent> content{};
  /// `context` 0..1. Clinical context of document.
  std::optional<DocumentReferenceContext> context{};
  UnknownElements unknown_elements{};
};

}  // namespace musubi::fhir::r4
