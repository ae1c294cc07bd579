// Made by musubi_generate_fhir_types from the definitions of FHIR R4 (4.0.1). Do not edit.
#pragma once

#include "musubi/fhir/models/members.h"
#include "musubi/fhir/r4/annotation.h"
#include "musubi/fhir/r4/codeable_concept.h"
#include "musubi/fhir/r4/codes/medication_statement_status.h"
#include "musubi/fhir/r4/dosage.h"
#include "musubi/fhir/r4/extension.h"
#include "musubi/fhir/r4/identifier.h"
#include "musubi/fhir/r4/meta.h"
#include "musubi/fhir/r4/narrative.h"
#include "musubi/fhir/r4/period.h"
#include "musubi/fhir/r4/reference.h"

namespace musubi::fhir::r4 {

/// A record of a medication that is being consumed by a patient. A MedicationStatement may indicate that the
/// patient may be taking the medication now or has taken the medication in the past or will be taking the
/// medication in the future. The source of this information can be the patient, significant other (such as a
/// family member or spouse), or a clinician. A common scenario where this information is captured is during
/// the history taking process during a patient visit or stay. The medication information may come from
/// sources such as the patient's memory, from a prescription bottle, or from a list of medications the
/// patient, clinician or other party maintains. The primary difference between a medication statement and a
/// medication administration is that the medication administration has complete administration information
/// and is based on actual administration information from the person who administered the medication. A
/// medication statement is often, if not always, less specific. There is no required date/time when the
/// medication was administered, in fact we only know that a source has reported the patient is taking this
/// medication, where details such as time, quantity, or rate or even medication product may be incomplete or
/// missing or less precise. As stated earlier, the medication statement information may come from the
/// patient's memory, from a prescription bottle or from a list of medications the patient, clinician or other
/// party maintains. Medication administration is more formal and is not missing detailed information.
struct MedicationStatement {
  static constexpr std::string_view kResourceType = "MedicationStatement";

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
  /// `identifier` 0..*. External identifier.
  std::vector<Identifier> identifier{};
  /// `basedOn` 0..*. Fulfils plan, proposal or order. Refers to: MedicationRequest | CarePlan |
  /// ServiceRequest.
  std::vector<Reference> based_on{};
  /// `partOf` 0..*. Part of referenced event. Refers to: MedicationAdministration | MedicationDispense |
  /// MedicationStatement | Procedure | Observation.
  std::vector<Reference> part_of{};
  /// `status` 1..1. active | completed | entered-in-error | intended | stopped | on-hold | unknown |
  /// not-taken. Codes (required): http://hl7.org/fhir/ValueSet/medication-statement-status.
  std::optional<CodeOf<MedicationStatementStatus>> status{};
  /// `statusReason` 0..*. Reason for current status.
  std::vector<CodeableConcept> status_reason{};
  /// `category` 0..1. Type of medication usage. Codes (preferred):
  /// http://hl7.org/fhir/ValueSet/medication-statement-category.
  std::optional<CodeableConcept> category{};
  /// `medication[x]` 1..1. What medication was taken. Refers to: Medication.
  Choice<CodeableConcept, Reference> medication{};
  /// `subject` 1..1. Who is/was taking the medication. Refers to: Patient | Group.
  std::optional<Reference> subject{};
  /// `context` 0..1. Encounter / Episode associated with MedicationStatement. Refers to: Encounter |
  /// EpisodeOfCare.
  std::optional<Reference> context{};
  /// `effective[x]` 0..1. The date/time or interval when the medication is/was/will be taken.
  Choice<DateTime, Period> effective{};
  /// `dateAsserted` 0..1. When the statement was asserted?.
  std::optional<DateTime> date_asserted{};
  /// `informationSource` 0..1. Person or organization that provided the information about the taking of this
  /// medication. Refers to: Patient | Practitioner | PractitionerRole | RelatedPerson | Organization.
  std::optional<Reference> information_source{};
  /// `derivedFrom` 0..*. Additional supporting information. Refers to: Resource.
  std::vector<Reference> derived_from{};
  /// `reasonCode` 0..*. Reason for why the medication is being/was taken.
  std::vector<CodeableConcept> reason_code{};
  /// `reasonReference` 0..*. Condition or observation that supports why the medication is being/was taken.
  /// Refers to: Condition | Observation | DiagnosticReport.
  std::vector<Reference> reason_reference{};
  /// `note` 0..*. Further information about the statement.
  std::vector<Annotation> note{};
  /// `dosage` 0..*. Details of how medication is/was taken or should be taken.
  std::vector<Dosage> dosage{};
  UnknownElements unknown_elements{};
};

}  // namespace musubi::fhir::r4
