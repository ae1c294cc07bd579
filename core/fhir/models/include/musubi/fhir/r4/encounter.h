// Made by musubi_generate_fhir_types from the definitions of FHIR R4 (4.0.1). Do not edit.
#pragma once

#include "musubi/fhir/models/members.h"
#include "musubi/fhir/r4/codeable_concept.h"
#include "musubi/fhir/r4/codes/encounter_location_status.h"
#include "musubi/fhir/r4/codes/encounter_status.h"
#include "musubi/fhir/r4/coding.h"
#include "musubi/fhir/r4/duration.h"
#include "musubi/fhir/r4/extension.h"
#include "musubi/fhir/r4/identifier.h"
#include "musubi/fhir/r4/meta.h"
#include "musubi/fhir/r4/narrative.h"
#include "musubi/fhir/r4/period.h"
#include "musubi/fhir/r4/reference.h"

namespace musubi::fhir::r4 {

/// `Encounter.statusHistory` The status history permits the encounter resource to contain the status history
/// without needing to read through the historical versions of the resource, or even have the server store
/// them.
struct EncounterStatusHistory {
  /// `id` 0..1. Unique id for inter-element referencing.
  std::optional<String> id{};
  /// `extension` 0..*. Additional content defined by implementations.
  std::vector<Extension> extension{};
  /// `modifierExtension` 0..*. Extensions that cannot be ignored even if unrecognized.
  std::vector<Extension> modifier_extension{};
  /// `status` 1..1. planned | arrived | triaged | in-progress | onleave | finished | cancelled +. Codes
  /// (required): http://hl7.org/fhir/ValueSet/encounter-status.
  std::optional<CodeOf<EncounterStatus>> status{};
  /// `period` 1..1. The time that the episode was in the specified status.
  std::optional<Period> period{};
  UnknownElements unknown_elements{};
};

/// `Encounter.classHistory` The class history permits the tracking of the encounters transitions without
/// needing to go through the resource history. This would be used for a case where an admission starts of as
/// an emergency encounter, then transitions into an inpatient scenario. Doing this and not restarting a new
/// encounter ensures that any lab/diagnostic results can more easily follow the patient and not require
/// re-processing and not get lost or cancelled during a kind of discharge from emergency to inpatient.
struct EncounterClassHistory {
  /// `id` 0..1. Unique id for inter-element referencing.
  std::optional<String> id{};
  /// `extension` 0..*. Additional content defined by implementations.
  std::vector<Extension> extension{};
  /// `modifierExtension` 0..*. Extensions that cannot be ignored even if unrecognized.
  std::vector<Extension> modifier_extension{};
  /// `class` 1..1. inpatient | outpatient | ambulatory | emergency +. Codes (extensible):
  /// http://terminology.hl7.org/ValueSet/v3-ActEncounterCode.
  std::optional<Coding> class_{};
  /// `period` 1..1. The time that the episode was in the specified class.
  std::optional<Period> period{};
  UnknownElements unknown_elements{};
};

/// `Encounter.participant` The list of people responsible for providing the service.
struct EncounterParticipant {
  /// `id` 0..1. Unique id for inter-element referencing.
  std::optional<String> id{};
  /// `extension` 0..*. Additional content defined by implementations.
  std::vector<Extension> extension{};
  /// `modifierExtension` 0..*. Extensions that cannot be ignored even if unrecognized.
  std::vector<Extension> modifier_extension{};
  /// `type` 0..*. Role of participant in encounter. Codes (extensible):
  /// http://hl7.org/fhir/ValueSet/encounter-participant-type.
  std::vector<CodeableConcept> type{};
  /// `period` 0..1. Period of time during the encounter that the participant participated.
  std::optional<Period> period{};
  /// `individual` 0..1. Persons involved in the encounter other than the patient. Refers to: Practitioner |
  /// PractitionerRole | RelatedPerson.
  std::optional<Reference> individual{};
  UnknownElements unknown_elements{};
};

/// `Encounter.diagnosis` The list of diagnosis relevant to this encounter.
struct EncounterDiagnosis {
  /// `id` 0..1. Unique id for inter-element referencing.
  std::optional<String> id{};
  /// `extension` 0..*. Additional content defined by implementations.
  std::vector<Extension> extension{};
  /// `modifierExtension` 0..*. Extensions that cannot be ignored even if unrecognized.
  std::vector<Extension> modifier_extension{};
  /// `condition` 1..1. The diagnosis or procedure relevant to the encounter. Refers to: Condition |
  /// Procedure.
  std::optional<Reference> condition{};
  /// `use` 0..1. Role that this diagnosis has within the encounter (e.g. admission, billing, discharge …).
  /// Codes (preferred): http://hl7.org/fhir/ValueSet/diagnosis-role.
  std::optional<CodeableConcept> use{};
  /// `rank` 0..1. Ranking of the diagnosis (for each role type).
  std::optional<PositiveInt> rank{};
  UnknownElements unknown_elements{};
};

/// `Encounter.hospitalization` Details about the admission to a healthcare service.
struct EncounterHospitalization {
  /// `id` 0..1. Unique id for inter-element referencing.
  std::optional<String> id{};
  /// `extension` 0..*. Additional content defined by implementations.
  std::vector<Extension> extension{};
  /// `modifierExtension` 0..*. Extensions that cannot be ignored even if unrecognized.
  std::vector<Extension> modifier_extension{};
  /// `preAdmissionIdentifier` 0..1. Pre-admission identifier.
  std::optional<Identifier> pre_admission_identifier{};
  /// `origin` 0..1. The location/organization from which the patient came before admission. Refers to:
  /// Location | Organization.
  std::optional<Reference> origin{};
  /// `admitSource` 0..1. From where patient was admitted (physician referral, transfer). Codes (preferred):
  /// http://hl7.org/fhir/ValueSet/encounter-admit-source.
  std::optional<CodeableConcept> admit_source{};
  /// `reAdmission` 0..1. The type of hospital re-admission that has occurred (if any). If the value is
  /// absent, then this is not identified as a readmission.
  std::optional<CodeableConcept> re_admission{};
  /// `dietPreference` 0..*. Diet preferences reported by the patient.
  std::vector<CodeableConcept> diet_preference{};
  /// `specialCourtesy` 0..*. Special courtesies (VIP, board member). Codes (preferred):
  /// http://hl7.org/fhir/ValueSet/encounter-special-courtesy.
  std::vector<CodeableConcept> special_courtesy{};
  /// `specialArrangement` 0..*. Wheelchair, translator, stretcher, etc. Codes (preferred):
  /// http://hl7.org/fhir/ValueSet/encounter-special-arrangements.
  std::vector<CodeableConcept> special_arrangement{};
  /// `destination` 0..1. Location/organization to which the patient is discharged. Refers to: Location |
  /// Organization.
  std::optional<Reference> destination{};
  /// `dischargeDisposition` 0..1. Category or kind of location after discharge.
  std::optional<CodeableConcept> discharge_disposition{};
  UnknownElements unknown_elements{};
};

/// `Encounter.location` List of locations where the patient has been during this encounter.
struct EncounterLocation {
  /// `id` 0..1. Unique id for inter-element referencing.
  std::optional<String> id{};
  /// `extension` 0..*. Additional content defined by implementations.
  std::vector<Extension> extension{};
  /// `modifierExtension` 0..*. Extensions that cannot be ignored even if unrecognized.
  std::vector<Extension> modifier_extension{};
  /// `location` 1..1. Location the encounter takes place. Refers to: Location.
  std::optional<Reference> location{};
  /// `status` 0..1. planned | active | reserved | completed. Codes (required):
  /// http://hl7.org/fhir/ValueSet/encounter-location-status.
  std::optional<CodeOf<EncounterLocationStatus>> status{};
  /// `physicalType` 0..1. The physical type of the location (usually the level in the location hierachy - bed
  /// room ward etc.).
  std::optional<CodeableConcept> physical_type{};
  /// `period` 0..1. Time period during which the patient was present at the location.
  std::optional<Period> period{};
  UnknownElements unknown_elements{};
};

/// An interaction between a patient and healthcare provider(s) for the purpose of providing healthcare
/// service(s) or assessing the health status of a patient.
struct Encounter {
  static constexpr std::string_view kResourceType = "Encounter";

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
  /// `identifier` 0..*. Identifier(s) by which this encounter is known.
  std::vector<Identifier> identifier{};
  /// `status` 1..1. planned | arrived | triaged | in-progress | onleave | finished | cancelled +. Codes
  /// (required): http://hl7.org/fhir/ValueSet/encounter-status.
  std::optional<CodeOf<EncounterStatus>> status{};
  /// `statusHistory` 0..*. List of past encounter statuses.
  std::vector<EncounterStatusHistory> status_history{};
  /// `class` 1..1. Classification of patient encounter. Codes (extensible):
  /// http://terminology.hl7.org/ValueSet/v3-ActEncounterCode.
  std::optional<Coding> class_{};
  /// `classHistory` 0..*. List of past encounter classes.
  std::vector<EncounterClassHistory> class_history{};
  /// `type` 0..*. Specific type of encounter.
  std::vector<CodeableConcept> type{};
  /// `serviceType` 0..1. Specific type of service.
  std::optional<CodeableConcept> service_type{};
  /// `priority` 0..1. Indicates the urgency of the encounter.
  std::optional<CodeableConcept> priority{};
  /// `subject` 0..1. The patient or group present at the encounter. Refers to: Patient | Group.
  std::optional<Reference> subject{};
  /// `episodeOfCare` 0..*. Episode(s) of care that this encounter should be recorded against. Refers to:
  /// EpisodeOfCare.
  std::vector<Reference> episode_of_care{};
  /// `basedOn` 0..*. The ServiceRequest that initiated this encounter. Refers to: ServiceRequest.
  std::vector<Reference> based_on{};
  /// `participant` 0..*. List of participants involved in the encounter.
  std::vector<EncounterParticipant> participant{};
  /// `appointment` 0..*. The appointment that scheduled this encounter. Refers to: Appointment.
  std::vector<Reference> appointment{};
  /// `period` 0..1. The start and end time of the encounter.
  std::optional<Period> period{};
  /// `length` 0..1. Quantity of time the encounter lasted (less time absent).
  std::optional<Duration> length{};
  /// `reasonCode` 0..*. Coded reason the encounter takes place. Codes (preferred):
  /// http://hl7.org/fhir/ValueSet/encounter-reason.
  std::vector<CodeableConcept> reason_code{};
  /// `reasonReference` 0..*. Reason the encounter takes place (reference). Refers to: Condition | Procedure |
  /// Observation | ImmunizationRecommendation.
  std::vector<Reference> reason_reference{};
  /// `diagnosis` 0..*. The list of diagnosis relevant to this encounter.
  std::vector<EncounterDiagnosis> diagnosis{};
  /// `account` 0..*. The set of accounts that may be used for billing for this Encounter. Refers to: Account.
  std::vector<Reference> account{};
  /// `hospitalization` 0..1. Details about the admission to a healthcare service.
  std::optional<EncounterHospitalization> hospitalization{};
  /// `location` 0..*. List of locations where the patient has been.
  std::vector<EncounterLocation> location{};
  /// `serviceProvider` 0..1. The organization (facility) responsible for this encounter. Refers to:
  /// Organization.
  std::optional<Reference> service_provider{};
  /// `partOf` 0..1. Another Encounter this encounter is part of. Refers to: Encounter.
  std::optional<Reference> part_of{};
  UnknownElements unknown_elements{};
};

}  // namespace musubi::fhir::r4
