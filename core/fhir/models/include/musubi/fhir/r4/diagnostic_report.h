// Made by musubi_generate_fhir_types from the definitions of FHIR R4 (4.0.1). Do not edit.
#pragma once

#include "musubi/fhir/models/members.h"
#include "musubi/fhir/r4/attachment.h"
#include "musubi/fhir/r4/codeable_concept.h"
#include "musubi/fhir/r4/codes/diagnostic_report_status.h"
#include "musubi/fhir/r4/extension.h"
#include "musubi/fhir/r4/identifier.h"
#include "musubi/fhir/r4/meta.h"
#include "musubi/fhir/r4/narrative.h"
#include "musubi/fhir/r4/period.h"
#include "musubi/fhir/r4/reference.h"

namespace musubi::fhir::r4 {

/// `DiagnosticReport.media` A list of key images associated with this report. The images are generally
/// created during the diagnostic process, and may be directly of the patient, or of treated specimens (i.e.
/// slides of interest).
struct DiagnosticReportMedia {
  /// `id` 0..1. Unique id for inter-element referencing.
  std::optional<String> id{};
  /// `extension` 0..*. Additional content defined by implementations.
  std::vector<Extension> extension{};
  /// `modifierExtension` 0..*. Extensions that cannot be ignored even if unrecognized.
  std::vector<Extension> modifier_extension{};
  /// `comment` 0..1. Comment about the image (e.g. explanation).
  std::optional<String> comment{};
  /// `link` 1..1. Reference to the image source. Refers to: Media.
  std::optional<Reference> link{};
  UnknownElements unknown_elements{};
};

/// The findings and interpretation of diagnostic tests performed on patients, groups of patients, devices,
/// and locations, and/or specimens derived from these. The report includes clinical context such as
/// requesting and provider information, and some mix of atomic results, images, textual and coded
/// interpretations, and formatted representation of diagnostic reports.
struct DiagnosticReport {
  static constexpr std::string_view kResourceType = "DiagnosticReport";

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
  /// `identifier` 0..*. Business identifier for report.
  std::vector<Identifier> identifier{};
  /// `basedOn` 0..*. What was requested. Refers to: CarePlan | ImmunizationRecommendation | MedicationRequest
  /// | NutritionOrder | ServiceRequest.
  std::vector<Reference> based_on{};
  /// `status` 1..1. registered | partial | preliminary | final +. Codes (required):
  /// http://hl7.org/fhir/ValueSet/diagnostic-report-status.
  std::optional<CodeOf<DiagnosticReportStatus>> status{};
  /// `category` 0..*. Service category.
  std::vector<CodeableConcept> category{};
  /// `code` 1..1. Name/Code for this diagnostic report. Codes (preferred):
  /// http://hl7.org/fhir/ValueSet/report-codes.
  std::optional<CodeableConcept> code{};
  /// `subject` 0..1. The subject of the report - usually, but not always, the patient. Refers to: Patient |
  /// Group | Device | Location.
  std::optional<Reference> subject{};
  /// `encounter` 0..1. Health care event when test ordered. Refers to: Encounter.
  std::optional<Reference> encounter{};
  /// `effective[x]` 0..1. Clinically relevant time/time-period for report.
  Choice<DateTime, Period> effective{};
  /// `issued` 0..1. DateTime this version was made.
  std::optional<Instant> issued{};
  /// `performer` 0..*. Responsible Diagnostic Service. Refers to: Practitioner | PractitionerRole |
  /// Organization | CareTeam.
  std::vector<Reference> performer{};
  /// `resultsInterpreter` 0..*. Primary result interpreter. Refers to: Practitioner | PractitionerRole |
  /// Organization | CareTeam.
  std::vector<Reference> results_interpreter{};
  /// `specimen` 0..*. Specimens this report is based on. Refers to: Specimen.
  std::vector<Reference> specimen{};
  /// `result` 0..*. Observations. Refers to: Observation.
  std::vector<Reference> result{};
  /// `imagingStudy` 0..*. Reference to full details of imaging associated with the diagnostic report. Refers
  /// to: ImagingStudy.
  std::vector<Reference> imaging_study{};
  /// `media` 0..*. Key images associated with this report.
  std::vector<DiagnosticReportMedia> media{};
  /// `conclusion` 0..1. Clinical conclusion (interpretation) of test results.
  std::optional<String> conclusion{};
  /// `conclusionCode` 0..*. Codes for the clinical conclusion of test results.
  std::vector<CodeableConcept> conclusion_code{};
  /// `presentedForm` 0..*. Entire report as issued.
  std::vector<Attachment> presented_form{};
  UnknownElements unknown_elements{};
};

}  // namespace musubi::fhir::r4
