// Made by musubi_generate_fhir_types from the definitions of FHIR R4 (4.0.1). Do not edit.
#pragma once

#include "musubi/fhir/models/members.h"
#include "musubi/fhir/r4/address.h"
#include "musubi/fhir/r4/attachment.h"
#include "musubi/fhir/r4/codeable_concept.h"
#include "musubi/fhir/r4/codes/administrative_gender.h"
#include "musubi/fhir/r4/codes/link_type.h"
#include "musubi/fhir/r4/contact_point.h"
#include "musubi/fhir/r4/extension.h"
#include "musubi/fhir/r4/human_name.h"
#include "musubi/fhir/r4/identifier.h"
#include "musubi/fhir/r4/meta.h"
#include "musubi/fhir/r4/narrative.h"
#include "musubi/fhir/r4/period.h"
#include "musubi/fhir/r4/reference.h"

namespace musubi::fhir::r4 {

/// `Patient.contact` A contact party (e.g. guardian, partner, friend) for the patient.
struct PatientContact {
  /// `id` 0..1. Unique id for inter-element referencing.
  std::optional<String> id{};
  /// `extension` 0..*. Additional content defined by implementations.
  std::vector<Extension> extension{};
  /// `modifierExtension` 0..*. Extensions that cannot be ignored even if unrecognized.
  std::vector<Extension> modifier_extension{};
  /// `relationship` 0..*. The kind of relationship. Codes (extensible):
  /// http://hl7.org/fhir/ValueSet/patient-contactrelationship.
  std::vector<CodeableConcept> relationship{};
  /// `name` 0..1. A name associated with the contact person.
  std::optional<HumanName> name{};
  /// `telecom` 0..*. A contact detail for the person.
  std::vector<ContactPoint> telecom{};
  /// `address` 0..1. Address for the contact person.
  std::optional<Address> address{};
  /// `gender` 0..1. male | female | other | unknown. Codes (required):
  /// http://hl7.org/fhir/ValueSet/administrative-gender.
  std::optional<CodeOf<AdministrativeGender>> gender{};
  /// `organization` 0..1. Organization that is associated with the contact. Refers to: Organization.
  std::optional<Reference> organization{};
  /// `period` 0..1. The period during which this contact person or organization is valid to be contacted
  /// relating to this patient.
  std::optional<Period> period{};
  UnknownElements unknown_elements{};
};

/// `Patient.communication` A language which may be used to communicate with the patient about his or her
/// health.
struct PatientCommunication {
  /// `id` 0..1. Unique id for inter-element referencing.
  std::optional<String> id{};
  /// `extension` 0..*. Additional content defined by implementations.
  std::vector<Extension> extension{};
  /// `modifierExtension` 0..*. Extensions that cannot be ignored even if unrecognized.
  std::vector<Extension> modifier_extension{};
  /// `language` 1..1. The language which can be used to communicate with the patient about his or her health.
  /// Codes (preferred): http://hl7.org/fhir/ValueSet/languages.
  std::optional<CodeableConcept> language{};
  /// `preferred` 0..1. Language preference indicator.
  std::optional<Boolean> preferred{};
  UnknownElements unknown_elements{};
};

/// `Patient.link` Link to another patient resource that concerns the same actual patient.
struct PatientLink {
  /// `id` 0..1. Unique id for inter-element referencing.
  std::optional<String> id{};
  /// `extension` 0..*. Additional content defined by implementations.
  std::vector<Extension> extension{};
  /// `modifierExtension` 0..*. Extensions that cannot be ignored even if unrecognized.
  std::vector<Extension> modifier_extension{};
  /// `other` 1..1. The other patient or related person resource that the link refers to. Refers to: Patient |
  /// RelatedPerson.
  std::optional<Reference> other{};
  /// `type` 1..1. replaced-by | replaces | refer | seealso. Codes (required):
  /// http://hl7.org/fhir/ValueSet/link-type.
  std::optional<CodeOf<LinkType>> type{};
  UnknownElements unknown_elements{};
};

/// Demographics and other administrative information about an individual or animal receiving care or other
/// health-related services.
struct Patient {
  static constexpr std::string_view kResourceType = "Patient";

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
  /// `identifier` 0..*. An identifier for this patient.
  std::vector<Identifier> identifier{};
  /// `active` 0..1. Whether this patient's record is in active use.
  std::optional<Boolean> active{};
  /// `name` 0..*. A name associated with the patient.
  std::vector<HumanName> name{};
  /// `telecom` 0..*. A contact detail for the individual.
  std::vector<ContactPoint> telecom{};
  /// `gender` 0..1. male | female | other | unknown. Codes (required):
  /// http://hl7.org/fhir/ValueSet/administrative-gender.
  std::optional<CodeOf<AdministrativeGender>> gender{};
  /// `birthDate` 0..1. The date of birth for the individual.
  std::optional<Date> birth_date{};
  /// `deceased[x]` 0..1. Indicates if the individual is deceased or not.
  Choice<Boolean, DateTime> deceased{};
  /// `address` 0..*. An address for the individual.
  std::vector<Address> address{};
  /// `maritalStatus` 0..1. Marital (civil) status of a patient. Codes (extensible):
  /// http://hl7.org/fhir/ValueSet/marital-status.
  std::optional<CodeableConcept> marital_status{};
  /// `multipleBirth[x]` 0..1. Whether patient is part of a multiple birth.
  Choice<Boolean, Integer> multiple_birth{};
  /// `photo` 0..*. Image of the patient.
  std::vector<Attachment> photo{};
  /// `contact` 0..*. A contact party (e.g. guardian, partner, friend) for the patient.
  std::vector<PatientContact> contact{};
  /// `communication` 0..*. A language which may be used to communicate with the patient about his or her
  /// health.
  std::vector<PatientCommunication> communication{};
  /// `generalPractitioner` 0..*. Patient's nominated primary care provider. Refers to: Organization |
  /// Practitioner | PractitionerRole.
  std::vector<Reference> general_practitioner{};
  /// `managingOrganization` 0..1. Organization that is the custodian of the patient record. Refers to:
  /// Organization.
  std::optional<Reference> managing_organization{};
  /// `link` 0..*. Link to another patient resource that concerns the same actual person.
  std::vector<PatientLink> link{};
  UnknownElements unknown_elements{};
};

}  // namespace musubi::fhir::r4
