// Made by musubi_generate_fhir_types from the definitions of FHIR R4 (4.0.1). Do not edit.
#pragma once

#include "musubi/fhir/models/members.h"
#include "musubi/fhir/r4/annotation.h"
#include "musubi/fhir/r4/codeable_concept.h"
#include "musubi/fhir/r4/codes/specimen_status.h"
#include "musubi/fhir/r4/duration.h"
#include "musubi/fhir/r4/extension.h"
#include "musubi/fhir/r4/identifier.h"
#include "musubi/fhir/r4/meta.h"
#include "musubi/fhir/r4/narrative.h"
#include "musubi/fhir/r4/period.h"
#include "musubi/fhir/r4/quantity.h"
#include "musubi/fhir/r4/reference.h"

namespace musubi::fhir::r4 {

/// `Specimen.collection` Details concerning the specimen collection.
struct SpecimenCollection {
  /// `id` 0..1. Unique id for inter-element referencing.
  std::optional<String> id{};
  /// `extension` 0..*. Additional content defined by implementations.
  std::vector<Extension> extension{};
  /// `modifierExtension` 0..*. Extensions that cannot be ignored even if unrecognized.
  std::vector<Extension> modifier_extension{};
  /// `collector` 0..1. Who collected the specimen. Refers to: Practitioner | PractitionerRole.
  std::optional<Reference> collector{};
  /// `collected[x]` 0..1. Collection time.
  Choice<DateTime, Period> collected{};
  /// `duration` 0..1. How long it took to collect specimen.
  std::optional<Duration> duration{};
  /// `quantity` 0..1. The quantity of specimen collected.
  std::optional<Quantity> quantity{};
  /// `method` 0..1. Technique used to perform collection.
  std::optional<CodeableConcept> method{};
  /// `bodySite` 0..1. Anatomical collection site.
  std::optional<CodeableConcept> body_site{};
  /// `fastingStatus[x]` 0..1. Whether or how long patient abstained from food and/or drink. Codes
  /// (extensible): http://terminology.hl7.org/ValueSet/v2-0916.
  Choice<CodeableConcept, Duration> fasting_status{};
  UnknownElements unknown_elements{};
};

/// `Specimen.processing` Details concerning processing and processing steps for the specimen.
struct SpecimenProcessing {
  /// `id` 0..1. Unique id for inter-element referencing.
  std::optional<String> id{};
  /// `extension` 0..*. Additional content defined by implementations.
  std::vector<Extension> extension{};
  /// `modifierExtension` 0..*. Extensions that cannot be ignored even if unrecognized.
  std::vector<Extension> modifier_extension{};
  /// `description` 0..1. Textual description of procedure.
  std::optional<String> description{};
  /// `procedure` 0..1. Indicates the treatment step applied to the specimen.
  std::optional<CodeableConcept> procedure{};
  /// `additive` 0..*. Material used in the processing step. Refers to: Substance.
  std::vector<Reference> additive{};
  /// `time[x]` 0..1. Date and time of specimen processing.
  Choice<DateTime, Period> time{};
  UnknownElements unknown_elements{};
};

/// `Specimen.container` The container holding the specimen. The recursive nature of containers; i.e. blood in
/// tube in tray in rack is not addressed here.
struct SpecimenContainer {
  /// `id` 0..1. Unique id for inter-element referencing.
  std::optional<String> id{};
  /// `extension` 0..*. Additional content defined by implementations.
  std::vector<Extension> extension{};
  /// `modifierExtension` 0..*. Extensions that cannot be ignored even if unrecognized.
  std::vector<Extension> modifier_extension{};
  /// `identifier` 0..*. Id for the container.
  std::vector<Identifier> identifier{};
  /// `description` 0..1. Textual description of the container.
  std::optional<String> description{};
  /// `type` 0..1. Kind of container directly associated with specimen.
  std::optional<CodeableConcept> type{};
  /// `capacity` 0..1. Container volume or size.
  std::optional<Quantity> capacity{};
  /// `specimenQuantity` 0..1. Quantity of specimen within container.
  std::optional<Quantity> specimen_quantity{};
  /// `additive[x]` 0..1. Additive associated with container. Refers to: Substance.
  Choice<CodeableConcept, Reference> additive{};
  UnknownElements unknown_elements{};
};

/// A sample to be used for analysis.
struct Specimen {
  static constexpr std::string_view kResourceType = "Specimen";

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
  /// `identifier` 0..*. External Identifier.
  std::vector<Identifier> identifier{};
  /// `accessionIdentifier` 0..1. Identifier assigned by the lab.
  std::optional<Identifier> accession_identifier{};
  /// `status` 0..1. available | unavailable | unsatisfactory | entered-in-error. Codes (required):
  /// http://hl7.org/fhir/ValueSet/specimen-status.
  std::optional<CodeOf<SpecimenStatus>> status{};
  /// `type` 0..1. Kind of material that forms the specimen.
  std::optional<CodeableConcept> type{};
  /// `subject` 0..1. Where the specimen came from. This may be from patient(s), from a location (e.g., the
  /// source of an environmental sample), or a sampling of a substance or a device. Refers to: Patient | Group
  /// | Device | Substance | Location.
  std::optional<Reference> subject{};
  /// `receivedTime` 0..1. The time when specimen was received for processing.
  std::optional<DateTime> received_time{};
  /// `parent` 0..*. Specimen from which this specimen originated. Refers to: Specimen.
  std::vector<Reference> parent{};
  /// `request` 0..*. Why the specimen was collected. Refers to: ServiceRequest.
  std::vector<Reference> request{};
  /// `collection` 0..1. Collection details.
  std::optional<SpecimenCollection> collection{};
  /// `processing` 0..*. Processing and processing step details.
  std::vector<SpecimenProcessing> processing{};
  /// `container` 0..*. Direct container of specimen (tube/slide, etc.).
  std::vector<SpecimenContainer> container{};
  /// `condition` 0..*. State of the specimen. Codes (extensible):
  /// http://terminology.hl7.org/ValueSet/v2-0493.
  std::vector<CodeableConcept> condition{};
  /// `note` 0..*. Comments.
  std::vector<Annotation> note{};
  UnknownElements unknown_elements{};
};

}  // namespace musubi::fhir::r4
