// Made by musubi_generate_fhir_types from the definitions of FHIR R4 (4.0.1). Do not edit.
#pragma once

#include "musubi/fhir/models/members.h"
#include "musubi/fhir/r4/age.h"
#include "musubi/fhir/r4/annotation.h"
#include "musubi/fhir/r4/codeable_concept.h"
#include "musubi/fhir/r4/codes/event_status.h"
#include "musubi/fhir/r4/extension.h"
#include "musubi/fhir/r4/identifier.h"
#include "musubi/fhir/r4/meta.h"
#include "musubi/fhir/r4/narrative.h"
#include "musubi/fhir/r4/period.h"
#include "musubi/fhir/r4/range.h"
#include "musubi/fhir/r4/reference.h"

namespace musubi::fhir::r4 {

/// `Procedure.performer` Limited to "real" people rather than equipment.
struct ProcedurePerformer {
  /// `id` 0..1. Unique id for inter-element referencing.
  std::optional<String> id{};
  /// `extension` 0..*. Additional content defined by implementations.
  std::vector<Extension> extension{};
  /// `modifierExtension` 0..*. Extensions that cannot be ignored even if unrecognized.
  std::vector<Extension> modifier_extension{};
  /// `function` 0..1. Type of performance.
  std::optional<CodeableConcept> function{};
  /// `actor` 1..1. The reference to the practitioner. Refers to: Practitioner | PractitionerRole |
  /// Organization | Patient | RelatedPerson | Device.
  std::optional<Reference> actor{};
  /// `onBehalfOf` 0..1. Organization the device or practitioner was acting for. Refers to: Organization.
  std::optional<Reference> on_behalf_of{};
  UnknownElements unknown_elements{};
};

/// `Procedure.focalDevice` A device that is implanted, removed or otherwise manipulated (calibration, battery
/// replacement, fitting a prosthesis, attaching a wound-vac, etc.) as a focal portion of the Procedure.
struct ProcedureFocalDevice {
  /// `id` 0..1. Unique id for inter-element referencing.
  std::optional<String> id{};
  /// `extension` 0..*. Additional content defined by implementations.
  std::vector<Extension> extension{};
  /// `modifierExtension` 0..*. Extensions that cannot be ignored even if unrecognized.
  std::vector<Extension> modifier_extension{};
  /// `action` 0..1. Kind of change to device. Codes (preferred): http://hl7.org/fhir/ValueSet/device-action.
  std::optional<CodeableConcept> action{};
  /// `manipulated` 1..1. Device that was changed. Refers to: Device.
  std::optional<Reference> manipulated{};
  UnknownElements unknown_elements{};
};

/// An action that is or was performed on or for a patient. This can be a physical intervention like an
/// operation, or less invasive like long term services, counseling, or hypnotherapy.
struct Procedure {
  static constexpr std::string_view kResourceType = "Procedure";

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
  /// `identifier` 0..*. External Identifiers for this procedure.
  std::vector<Identifier> identifier{};
  /// `instantiatesCanonical` 0..*. Instantiates FHIR protocol or definition. Refers to: PlanDefinition |
  /// ActivityDefinition | Measure | OperationDefinition | Questionnaire.
  std::vector<Canonical> instantiates_canonical{};
  /// `instantiatesUri` 0..*. Instantiates external protocol or definition.
  std::vector<Uri> instantiates_uri{};
  /// `basedOn` 0..*. A request for this procedure. Refers to: CarePlan | ServiceRequest.
  std::vector<Reference> based_on{};
  /// `partOf` 0..*. Part of referenced event. Refers to: Procedure | Observation | MedicationAdministration.
  std::vector<Reference> part_of{};
  /// `status` 1..1. preparation | in-progress | not-done | on-hold | stopped | completed | entered-in-error |
  /// unknown. Codes (required): http://hl7.org/fhir/ValueSet/event-status.
  std::optional<CodeOf<EventStatus>> status{};
  /// `statusReason` 0..1. Reason for current status.
  std::optional<CodeableConcept> status_reason{};
  /// `category` 0..1. Classification of the procedure.
  std::optional<CodeableConcept> category{};
  /// `code` 0..1. Identification of the procedure.
  std::optional<CodeableConcept> code{};
  /// `subject` 1..1. Who the procedure was performed on. Refers to: Patient | Group.
  std::optional<Reference> subject{};
  /// `encounter` 0..1. Encounter created as part of. Refers to: Encounter.
  std::optional<Reference> encounter{};
  /// `performed[x]` 0..1. When the procedure was performed.
  Choice<DateTime, Period, String, Age, Range> performed{};
  /// `recorder` 0..1. Who recorded the procedure. Refers to: Patient | RelatedPerson | Practitioner |
  /// PractitionerRole.
  std::optional<Reference> recorder{};
  /// `asserter` 0..1. Person who asserts this procedure. Refers to: Patient | RelatedPerson | Practitioner |
  /// PractitionerRole.
  std::optional<Reference> asserter{};
  /// `performer` 0..*. The people who performed the procedure.
  std::vector<ProcedurePerformer> performer{};
  /// `location` 0..1. Where the procedure happened. Refers to: Location.
  std::optional<Reference> location{};
  /// `reasonCode` 0..*. Coded reason procedure performed.
  std::vector<CodeableConcept> reason_code{};
  /// `reasonReference` 0..*. The justification that the procedure was performed. Refers to: Condition |
  /// Observation | Procedure | DiagnosticReport | DocumentReference.
  std::vector<Reference> reason_reference{};
  /// `bodySite` 0..*. Target body sites.
  std::vector<CodeableConcept> body_site{};
  /// `outcome` 0..1. The result of procedure.
  std::optional<CodeableConcept> outcome{};
  /// `report` 0..*. Any report resulting from the procedure. Refers to: DiagnosticReport | DocumentReference
  /// | Composition.
  std::vector<Reference> report{};
  /// `complication` 0..*. Complication following the procedure.
  std::vector<CodeableConcept> complication{};
  /// `complicationDetail` 0..*. A condition that is a result of the procedure. Refers to: Condition.
  std::vector<Reference> complication_detail{};
  /// `followUp` 0..*. Instructions for follow up.
  std::vector<CodeableConcept> follow_up{};
  /// `note` 0..*. Additional information about the procedure.
  std::vector<Annotation> note{};
  /// `focalDevice` 0..*. Manipulated, implanted, or removed device.
  std::vector<ProcedureFocalDevice> focal_device{};
  /// `usedReference` 0..*. Items used during procedure. Refers to: Device | Medication | Substance.
  std::vector<Reference> used_reference{};
  /// `usedCode` 0..*. Coded items used during the procedure.
  std::vector<CodeableConcept> used_code{};
  UnknownElements unknown_elements{};
};

}  // namespace musubi::fhir::r4
