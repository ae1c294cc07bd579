// Made by musubi_generate_fhir_types from the definitions of FHIR R4 (4.0.1). Do not edit.
#pragma once

#include "musubi/fhir/models/members.h"
#include "musubi/fhir/r4/codeable_concept.h"
#include "musubi/fhir/r4/codes/medication_status.h"
#include "musubi/fhir/r4/extension.h"
#include "musubi/fhir/r4/identifier.h"
#include "musubi/fhir/r4/meta.h"
#include "musubi/fhir/r4/narrative.h"
#include "musubi/fhir/r4/ratio.h"
#include "musubi/fhir/r4/reference.h"

namespace musubi::fhir::r4 {

/// `Medication.ingredient` Identifies a particular constituent of interest in the product.
struct MedicationIngredient {
  /// `id` 0..1. Unique id for inter-element referencing.
  std::optional<String> id{};
  /// `extension` 0..*. Additional content defined by implementations.
  std::vector<Extension> extension{};
  /// `modifierExtension` 0..*. Extensions that cannot be ignored even if unrecognized.
  std::vector<Extension> modifier_extension{};
  /// `item[x]` 1..1. The actual ingredient or content. Refers to: Substance | Medication.
  Choice<CodeableConcept, Reference> item{};
  /// `isActive` 0..1. Active ingredient indicator.
  std::optional<Boolean> is_active{};
  /// `strength` 0..1. Quantity of ingredient present.
  std::optional<Ratio> strength{};
  UnknownElements unknown_elements{};
};

/// `Medication.batch` Information that only applies to packages (not products).
struct MedicationBatch {
  /// `id` 0..1. Unique id for inter-element referencing.
  std::optional<String> id{};
  /// `extension` 0..*. Additional content defined by implementations.
  std::vector<Extension> extension{};
  /// `modifierExtension` 0..*. Extensions that cannot be ignored even if unrecognized.
  std::vector<Extension> modifier_extension{};
  /// `lotNumber` 0..1. Identifier assigned to batch.
  std::optional<String> lot_number{};
  /// `expirationDate` 0..1. When batch will expire.
  std::optional<DateTime> expiration_date{};
  UnknownElements unknown_elements{};
};

/// This resource is primarily used for the identification and definition of a medication for the purposes of
/// prescribing, dispensing, and administering a medication as well as for making statements about medication
/// use.
struct Medication {
  static constexpr std::string_view kResourceType = "Medication";

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
  /// `identifier` 0..*. Business identifier for this medication.
  std::vector<Identifier> identifier{};
  /// `code` 0..1. Codes that identify this medication.
  std::optional<CodeableConcept> code{};
  /// `status` 0..1. active | inactive | entered-in-error. Codes (required):
  /// http://hl7.org/fhir/ValueSet/medication-status.
  std::optional<CodeOf<MedicationStatus>> status{};
  /// `manufacturer` 0..1. Manufacturer of the item. Refers to: Organization.
  std::optional<Reference> manufacturer{};
  /// `form` 0..1. powder | tablets | capsule +.
  std::optional<CodeableConcept> form{};
  /// `amount` 0..1. Amount of drug in package.
  std::optional<Ratio> amount{};
  /// `ingredient` 0..*. Active or inactive ingredient.
  std::vector<MedicationIngredient> ingredient{};
  /// `batch` 0..1. Details about packaged medications.
  std::optional<MedicationBatch> batch{};
  UnknownElements unknown_elements{};
};

}  // namespace musubi::fhir::r4
