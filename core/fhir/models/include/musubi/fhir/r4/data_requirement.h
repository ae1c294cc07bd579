// Made by musubi_generate_fhir_types from the definitions of FHIR R4 (4.0.1). Do not edit.
#pragma once

#include "musubi/fhir/models/members.h"
#include "musubi/fhir/r4/codeable_concept.h"
#include "musubi/fhir/r4/codes/all_types.h"
#include "musubi/fhir/r4/codes/sort_direction.h"
#include "musubi/fhir/r4/coding.h"
#include "musubi/fhir/r4/duration.h"
#include "musubi/fhir/r4/extension.h"
#include "musubi/fhir/r4/period.h"
#include "musubi/fhir/r4/reference.h"

namespace musubi::fhir::r4 {

/// `DataRequirement.codeFilter` Code filters specify additional constraints on the data, specifying the value
/// set of interest for a particular element of the data. Each code filter defines an additional constraint on
/// the data, i.e. code filters are AND'ed, not OR'ed.
struct DataRequirementCodeFilter {
  /// `id` 0..1. Unique id for inter-element referencing.
  std::optional<String> id{};
  /// `extension` 0..*. Additional content defined by implementations.
  std::vector<Extension> extension{};
  /// `path` 0..1. A code-valued attribute to filter on.
  std::optional<String> path{};
  /// `searchParam` 0..1. A coded (token) parameter to search on.
  std::optional<String> search_param{};
  /// `valueSet` 0..1. Valueset for the filter. Refers to: ValueSet.
  std::optional<Canonical> value_set{};
  /// `code` 0..*. What code is expected.
  std::vector<Coding> code{};
  UnknownElements unknown_elements{};
};

/// `DataRequirement.dateFilter` Date filters specify additional constraints on the data in terms of the
/// applicable date range for specific elements. Each date filter specifies an additional constraint on the
/// data, i.e. date filters are AND'ed, not OR'ed.
struct DataRequirementDateFilter {
  /// `id` 0..1. Unique id for inter-element referencing.
  std::optional<String> id{};
  /// `extension` 0..*. Additional content defined by implementations.
  std::vector<Extension> extension{};
  /// `path` 0..1. A date-valued attribute to filter on.
  std::optional<String> path{};
  /// `searchParam` 0..1. A date valued parameter to search on.
  std::optional<String> search_param{};
  /// `value[x]` 0..1. The value of the filter, as a Period, DateTime, or Duration value.
  Choice<DateTime, Period, Duration> value{};
  UnknownElements unknown_elements{};
};

/// `DataRequirement.sort` Specifies the order of the results to be returned.
struct DataRequirementSort {
  /// `id` 0..1. Unique id for inter-element referencing.
  std::optional<String> id{};
  /// `extension` 0..*. Additional content defined by implementations.
  std::vector<Extension> extension{};
  /// `path` 1..1. The name of the attribute to perform the sort.
  std::optional<String> path{};
  /// `direction` 1..1. ascending | descending. Codes (required): http://hl7.org/fhir/ValueSet/sort-direction.
  std::optional<CodeOf<SortDirection>> direction{};
  UnknownElements unknown_elements{};
};

/// Describes a required data item for evaluation in terms of the type of data, and optional code or
/// date-based filters of the data.
struct DataRequirement {
  /// `id` 0..1. Unique id for inter-element referencing.
  std::optional<String> id{};
  /// `extension` 0..*. Additional content defined by implementations.
  std::vector<Extension> extension{};
  /// `type` 1..1. The type of the required data. Codes (required): http://hl7.org/fhir/ValueSet/all-types.
  std::optional<CodeOf<AllTypes>> type{};
  /// `profile` 0..*. The profile of the required data. Refers to: StructureDefinition.
  std::vector<Canonical> profile{};
  /// `subject[x]` 0..1. E.g. Patient, Practitioner, RelatedPerson, Organization, Location, Device. Refers to:
  /// Group. Codes (extensible): http://hl7.org/fhir/ValueSet/subject-type.
  Choice<CodeableConcept, Reference> subject{};
  /// `mustSupport` 0..*. Indicates specific structure elements that are referenced by the knowledge module.
  std::vector<String> must_support{};
  /// `codeFilter` 0..*. What codes are expected.
  std::vector<DataRequirementCodeFilter> code_filter{};
  /// `dateFilter` 0..*. What dates/date ranges are expected.
  std::vector<DataRequirementDateFilter> date_filter{};
  /// `limit` 0..1. Number of results.
  std::optional<PositiveInt> limit{};
  /// `sort` 0..*. Order of the results.
  std::vector<DataRequirementSort> sort{};
  UnknownElements unknown_elements{};
};

}  // namespace musubi::fhir::r4
