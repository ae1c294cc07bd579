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

/// `Practitioner.qualification` The official certifications, training, and licenses that authorize or
/// otherwise pertain to the provision of care by the practitioner. For example, a medical license issued by a
/// medical board authorizing the practitioner to practice medicine within a certian locality.
struct PractitionerQualification {
  /// `id` 0..1. Unique id for inter-element referencing.
  std::optional<String> id{};
  /// `extension` 0..*. Additional content defined by implementations.
  std::vector<Extension> extension{};
  /// `modifierExtension` 0..*. Extensions that cannot be ignored even if unrecognized.
  std::vector<Extension> modifier_extension{};
  /// `identifier` 0..*. An identifier for this qualification for the practitioner.
  std::vector<Identifier> identifier{};
  /// `code` 1..1. Coded representation of the qualification.
  std::optional<CodeableConcept> code{};
  /// `period` 0..1. Period during which the qualification is valid.
  std::optional<Period> period{};
  /// `issuer` 0..1. Organization that regulates and issues the qualification. Refers to: Organization.
  std::optional<Reference> issuer{};
  UnknownElements unknown_elements{};
};

/// A person who is directly or indirectly involved in the provisioning of healthcare.
struct Practitioner {
  static constexpr std::string_view kResourceType = "Practitioner";

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
  /// `identifier` 0..*. An identifier for the person as this agent.
  std::vector<Identifier> identifier{};
  /// `active` 0..1. Whether this practitioner's record is in active use.
  std::optional<Boolean> active{};
  /// `name` 0..*. The name(s) associated with the practitioner.
  std::vector<HumanName> name{};
  /// `telecom` 0..*. A contact detail for the practitioner (that apply to all roles).
  std::vector<ContactPoint> telecom{};
  /// `address` 0..*. Address(es) of the practitioner that are not role specific (typically home address).
  std::vector<Address> address{};
  /// `gender` 0..1. male | female | other | unknown. Codes (required):
  /// http://hl7.org/fhir/ValueSet/administrative-gender.
  std::optional<CodeOf<AdministrativeGender>> gender{};
  /// `birthDate` 0..1. The date on which the practitioner was born.
  std::optional<Date> birth_date{};
  /// `photo` 0..*. Image of the person.
  std::vector<Attachment> photo{};
  /// `qualification` 0..*. Certification, licenses, or training pertaining to the provision of care.
  std::vector<PractitionerQualification> qualification{};
  /// `communication` 0..*. A language the practitioner can use in patient communication. Codes (preferred):
  /// http://hl7.org/fhir/ValueSet/languages.
  std::vector<CodeableConcept> communication{};
  UnknownElements unknown_elements{};
};

}  // namespace musubi::fhir::r4
