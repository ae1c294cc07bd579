// Made by musubi_generate_fhir_types from the definitions of FHIR R4 (4.0.1). Do not edit.
#pragma once

#include "musubi/fhir/models/members.h"
#include "musubi/fhir/r4/address.h"
#include "musubi/fhir/r4/attachment.h"
#include "musubi/fhir/r4/codeable_concept.h"
#include "musubi/fhir/r4/codes/administrative_gender.h"
#include "musubi/fhir/r4/contact_point.h"
#include "musubi/fhir/r4/extension.h"
#include "musubi/fhir/r4/human_name.h"
#include "musubi/fhir/r4/identifier.h"
#include "musubi/fhir/r4/meta.h"
#include "musubi/fhir/r4/narrative.h"
#include "musubi/fhir/r4/period.h"
#include "musubi/fhir/r4/reference.h"

namespace musubi::fhir::r4 {

/// `RelatedPerson.communication` A language which may be used to communicate with about the patient's health.
struct RelatedPersonCommunication {
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

/// Information about a person that is involved in the care for a patient, but who is not the target of
/// healthcare, nor has a formal responsibility in the care process.
struct RelatedPerson {
  static constexpr std::string_view kResourceType = "RelatedPerson";

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
  /// `identifier` 0..*. A human identifier for this person.
  std::vector<Identifier> identifier{};
  /// `active` 0..1. Whether this related person's record is in active use.
  std::optional<Boolean> active{};
  /// `patient` 1..1. The patient this person is related to. Refers to: Patient.
  std::optional<Reference> patient{};
  /// `relationship` 0..*. The nature of the relationship. Codes (preferred):
  /// http://hl7.org/fhir/ValueSet/relatedperson-relationshiptype.
  std::vector<CodeableConcept> relationship{};
  /// `name` 0..*. A name associated with the person.
  std::vector<HumanName> name{};
  /// `telecom` 0..*. A contact detail for the person.
  std::vector<ContactPoint> telecom{};
  /// `gender` 0..1. male | female | other | unknown. Codes (required):
  /// http://hl7.org/fhir/ValueSet/administrative-gender.
  std::optional<CodeOf<AdministrativeGender>> gender{};
  /// `birthDate` 0..1. The date on which the related person was born.
  std::optional<Date> birth_date{};
  /// `address` 0..*. Address where the related person can be contacted or visited.
  std::vector<Address> address{};
  /// `photo` 0..*. Image of the person.
  std::vector<Attachment> photo{};
  /// `period` 0..1. Period of time that this relationship is considered valid.
  std::optional<Period> period{};
  /// `communication` 0..*. A language which may be used to communicate with about the patient's health.
  std::vector<RelatedPersonCommunication> communication{};
  UnknownElements unknown_elements{};
};

}  // namespace musubi::fhir::r4
