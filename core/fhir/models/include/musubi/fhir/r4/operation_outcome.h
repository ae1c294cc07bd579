// Made by musubi_generate_fhir_types from the definitions of FHIR R4 (4.0.1). Do not edit.
#pragma once

#include "musubi/fhir/models/members.h"
#include "musubi/fhir/r4/codeable_concept.h"
#include "musubi/fhir/r4/codes/issue_severity.h"
#include "musubi/fhir/r4/codes/issue_type.h"
#include "musubi/fhir/r4/extension.h"
#include "musubi/fhir/r4/meta.h"
#include "musubi/fhir/r4/narrative.h"

namespace musubi::fhir::r4 {

/// `OperationOutcome.issue` An error, warning, or information message that results from a system action.
struct OperationOutcomeIssue {
  /// `id` 0..1. Unique id for inter-element referencing.
  std::optional<String> id{};
  /// `extension` 0..*. Additional content defined by implementations.
  std::vector<Extension> extension{};
  /// `modifierExtension` 0..*. Extensions that cannot be ignored even if unrecognized.
  std::vector<Extension> modifier_extension{};
  /// `severity` 1..1. fatal | error | warning | information. Codes (required):
  /// http://hl7.org/fhir/ValueSet/issue-severity.
  std::optional<CodeOf<IssueSeverity>> severity{};
  /// `code` 1..1. Error or warning code. Codes (required): http://hl7.org/fhir/ValueSet/issue-type.
  std::optional<CodeOf<IssueType>> code{};
  /// `details` 0..1. Additional details about the error.
  std::optional<CodeableConcept> details{};
  /// `diagnostics` 0..1. Additional diagnostic information about the issue.
  std::optional<String> diagnostics{};
  /// `location` 0..*. Deprecated: Path of element(s) related to issue.
  std::vector<String> location{};
  /// `expression` 0..*. FHIRPath of element(s) related to issue.
  std::vector<String> expression{};
  UnknownElements unknown_elements{};
};

/// A collection of error, warning, or information messages that result from a system action.
struct OperationOutcome {
  static constexpr std::string_view kResourceType = "OperationOutcome";

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
  /// `issue` 1..*. A single issue associated with the action.
  std::vector<OperationOutcomeIssue> issue{};
  UnknownElements unknown_elements{};
};

}  // namespace musubi::fhir::r4
