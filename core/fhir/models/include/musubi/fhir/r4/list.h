// Made by musubi_generate_fhir_types from the definitions of FHIR R4 (4.0.1). Do not edit.
#pragma once

#include "musubi/fhir/models/members.h"
#include "musubi/fhir/r4/annotation.h"
#include "musubi/fhir/r4/codeable_concept.h"
#include "musubi/fhir/r4/codes/list_mode.h"
#include "musubi/fhir/r4/codes/list_status.h"
#include "musubi/fhir/r4/extension.h"
#include "musubi/fhir/r4/identifier.h"
#include "musubi/fhir/r4/meta.h"
#include "musubi/fhir/r4/narrative.h"
#include "musubi/fhir/r4/reference.h"

namespace musubi::fhir::r4 {

/// `List.entry` Entries in this list.
struct ListEntry {
  /// `id` 0..1. Unique id for inter-element referencing.
  std::optional<String> id{};
  /// `extension` 0..*. Additional content defined by implementations.
  std::vector<Extension> extension{};
  /// `modifierExtension` 0..*. Extensions that cannot be ignored even if unrecognized.
  std::vector<Extension> modifier_extension{};
  /// `flag` 0..1. Status/Workflow information about this item.
  std::optional<CodeableConcept> flag{};
  /// `deleted` 0..1. If this item is actually marked as deleted.
  std::optional<Boolean> deleted{};
  /// `date` 0..1. When item added to list.
  std::optional<DateTime> date{};
  /// `item` 1..1. Actual entry. Refers to: Resource.
  std::optional<Reference> item{};
  UnknownElements unknown_elements{};
};

/// A list is a curated collection of resources.
struct List {
  static constexpr std::string_view kResourceType = "List";

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
  /// `identifier` 0..*. Business identifier.
  std::vector<Identifier> identifier{};
  /// `status` 1..1. current | retired | entered-in-error. Codes (required):
  /// http://hl7.org/fhir/ValueSet/list-status.
  std::optional<CodeOf<ListStatus>> status{};
  /// `mode` 1..1. working | snapshot | changes. Codes (required): http://hl7.org/fhir/ValueSet/list-mode.
  std::optional<CodeOf<ListMode>> mode{};
  /// `title` 0..1. Descriptive name for the list.
  std::optional<String> title{};
  /// `code` 0..1. What the purpose of this list is.
  std::optional<CodeableConcept> code{};
  /// `subject` 0..1. If all resources have the same subject. Refers to: Patient | Group | Device | Location.
  std::optional<Reference> subject{};
  /// `encounter` 0..1. Context in which list created. Refers to: Encounter.
  std::optional<Reference> encounter{};
  /// `date` 0..1. When the list was prepared.
  std::optional<DateTime> date{};
  /// `source` 0..1. Who and/or what defined the list contents (aka Author). Refers to: Practitioner |
  /// PractitionerRole | Patient | Device.
  std::optional<Reference> source{};
  /// `orderedBy` 0..1. What order the list has. Codes (preferred): http://hl7.org/fhir/ValueSet/list-order.
  std::optional<CodeableConcept> ordered_by{};
  /// `note` 0..*. Comments about the list.
  std::vector<Annotation> note{};
  /// `entry` 0..*. Entries in the list.
  std::vector<ListEntry> entry{};
  /// `emptyReason` 0..1. Why list is empty. Codes (preferred):
  /// http://hl7.org/fhir/ValueSet/list-empty-reason.
  std::optional<CodeableConcept> empty_reason{};
  UnknownElements unknown_elements{};
};

}  // namespace musubi::fhir::r4
