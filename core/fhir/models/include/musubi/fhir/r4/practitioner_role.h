// Made by musubi_generate_fhir_types from the definitions of FHIR R4 (4.0.1). Do not edit.
#pragma once

#include "musubi/fhir/models/members.h"
#include "musubi/fhir/r4/codeable_concept.h"
#include "musubi/fhir/r4/codes/days_of_week.h"
#include "musubi/fhir/r4/contact_point.h"
#include "musubi/fhir/r4/extension.h"
#include "musubi/fhir/r4/identifier.h"
#include "musubi/fhir/r4/meta.h"
#include "musubi/fhir/r4/narrative.h"
#include "musubi/fhir/r4/period.h"
#include "musubi/fhir/r4/reference.h"

namespace musubi::fhir::r4 {

/// `PractitionerRole.availableTime` A collection of times the practitioner is available or performing this
/// role at the location and/or healthcareservice.
struct PractitionerRoleAvailableTime {
  /// `id` 0..1. Unique id for inter-element referencing.
  std::optional<String> id{};
  /// `extension` 0..*. Additional content defined by implementations.
  std::vector<Extension> extension{};
  /// `modifierExtension` 0..*. Extensions that cannot be ignored even if unrecognized.
  std::vector<Extension> modifier_extension{};
  /// `daysOfWeek` 0..*. mon | tue | wed | thu | fri | sat | sun. Codes (required):
  /// http://hl7.org/fhir/ValueSet/days-of-week.
  std::vector<CodeOf<DaysOfWeek>> days_of_week{};
  /// `allDay` 0..1. Always available? e.g. 24 hour service.
  std::optional<Boolean> all_day{};
  /// `availableStartTime` 0..1. Opening time of day (ignored if allDay = true).
  std::optional<Time> available_start_time{};
  /// `availableEndTime` 0..1. Closing time of day (ignored if allDay = true).
  std::optional<Time> available_end_time{};
  UnknownElements unknown_elements{};
};

/// `PractitionerRole.notAvailable` The practitioner is not available or performing this role during this
/// period of time due to the provided reason.
struct PractitionerRoleNotAvailable {
  /// `id` 0..1. Unique id for inter-element referencing.
  std::optional<String> id{};
  /// `extension` 0..*. Additional content defined by implementations.
  std::vector<Extension> extension{};
  /// `modifierExtension` 0..*. Extensions that cannot be ignored even if unrecognized.
  std::vector<Extension> modifier_extension{};
  /// `description` 1..1. Reason presented to the user explaining why time not available.
  std::optional<String> description{};
  /// `during` 0..1. Service not available from this date.
  std::optional<Period> during{};
  UnknownElements unknown_elements{};
};

/// A specific set of Roles/Locations/specialties/services that a practitioner may perform at an organization
/// for a period of time.
struct PractitionerRole {
  static constexpr std::string_view kResourceType = "PractitionerRole";

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
  /// `identifier` 0..*. Business Identifiers that are specific to a role/location.
  std::vector<Identifier> identifier{};
  /// `active` 0..1. Whether this practitioner role record is in active use.
  std::optional<Boolean> active{};
  /// `period` 0..1. The period during which the practitioner is authorized to perform in these role(s).
  std::optional<Period> period{};
  /// `practitioner` 0..1. Practitioner that is able to provide the defined services for the organization.
  /// Refers to: Practitioner.
  std::optional<Reference> practitioner{};
  /// `organization` 0..1. Organization where the roles are available. Refers to: Organization.
  std::optional<Reference> organization{};
  /// `code` 0..*. Roles which this practitioner may perform.
  std::vector<CodeableConcept> code{};
  /// `specialty` 0..*. Specific specialty of the practitioner. Codes (preferred):
  /// http://hl7.org/fhir/ValueSet/c80-practice-codes.
  std::vector<CodeableConcept> specialty{};
  /// `location` 0..*. The location(s) at which this practitioner provides care. Refers to: Location.
  std::vector<Reference> location{};
  /// `healthcareService` 0..*. The list of healthcare services that this worker provides for this role's
  /// Organization/Location(s). Refers to: HealthcareService.
  std::vector<Reference> healthcare_service{};
  /// `telecom` 0..*. Contact details that are specific to the role/location/service.
  std::vector<ContactPoint> telecom{};
  /// `availableTime` 0..*. Times the Service Site is available.
  std::vector<PractitionerRoleAvailableTime> available_time{};
  /// `notAvailable` 0..*. Not available during this time due to provided reason.
  std::vector<PractitionerRoleNotAvailable> not_available{};
  /// `availabilityExceptions` 0..1. Description of availability exceptions.
  std::optional<String> availability_exceptions{};
  /// `endpoint` 0..*. Technical endpoints providing access to services operated for the practitioner with
  /// this role. Refers to: Endpoint.
  std::vector<Reference> endpoint{};
  UnknownElements unknown_elements{};
};

}  // namespace musubi::fhir::r4
