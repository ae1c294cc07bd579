// Made by musubi_generate_fhir_types from the definitions of FHIR R4 (4.0.1). Do not edit.
#pragma once

#include "musubi/fhir/models/members.h"
#include "musubi/fhir/r4/address.h"
#include "musubi/fhir/r4/codeable_concept.h"
#include "musubi/fhir/r4/codes/days_of_week.h"
#include "musubi/fhir/r4/codes/location_mode.h"
#include "musubi/fhir/r4/codes/location_status.h"
#include "musubi/fhir/r4/coding.h"
#include "musubi/fhir/r4/contact_point.h"
#include "musubi/fhir/r4/extension.h"
#include "musubi/fhir/r4/identifier.h"
#include "musubi/fhir/r4/meta.h"
#include "musubi/fhir/r4/narrative.h"
#include "musubi/fhir/r4/reference.h"

namespace musubi::fhir::r4 {

/// `Location.position` The absolute geographic location of the Location, expressed using the WGS84 datum
/// (This is the same co-ordinate system used in KML).
struct LocationPosition {
  /// `id` 0..1. Unique id for inter-element referencing.
  std::optional<String> id{};
  /// `extension` 0..*. Additional content defined by implementations.
  std::vector<Extension> extension{};
  /// `modifierExtension` 0..*. Extensions that cannot be ignored even if unrecognized.
  std::vector<Extension> modifier_extension{};
  /// `longitude` 1..1. Longitude with WGS84 datum.
  std::optional<Decimal> longitude{};
  /// `latitude` 1..1. Latitude with WGS84 datum.
  std::optional<Decimal> latitude{};
  /// `altitude` 0..1. Altitude with WGS84 datum.
  std::optional<Decimal> altitude{};
  UnknownElements unknown_elements{};
};

/// `Location.hoursOfOperation` What days/times during a week is this location usually open.
struct LocationHoursOfOperation {
  /// `id` 0..1. Unique id for inter-element referencing.
  std::optional<String> id{};
  /// `extension` 0..*. Additional content defined by implementations.
  std::vector<Extension> extension{};
  /// `modifierExtension` 0..*. Extensions that cannot be ignored even if unrecognized.
  std::vector<Extension> modifier_extension{};
  /// `daysOfWeek` 0..*. mon | tue | wed | thu | fri | sat | sun. Codes (required):
  /// http://hl7.org/fhir/ValueSet/days-of-week.
  std::vector<CodeOf<DaysOfWeek>> days_of_week{};
  /// `allDay` 0..1. The Location is open all day.
  std::optional<Boolean> all_day{};
  /// `openingTime` 0..1. Time that the Location opens.
  std::optional<Time> opening_time{};
  /// `closingTime` 0..1. Time that the Location closes.
  std::optional<Time> closing_time{};
  UnknownElements unknown_elements{};
};

/// Details and position information for a physical place where services are provided and resources and
/// participants may be stored, found, contained, or accommodated.
struct Location {
  static constexpr std::string_view kResourceType = "Location";

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
  /// `identifier` 0..*. Unique code or number identifying the location to its users.
  std::vector<Identifier> identifier{};
  /// `status` 0..1. active | suspended | inactive. Codes (required):
  /// http://hl7.org/fhir/ValueSet/location-status.
  std::optional<CodeOf<LocationStatus>> status{};
  /// `operationalStatus` 0..1. The operational status of the location (typically only for a bed/room). Codes
  /// (preferred): http://terminology.hl7.org/ValueSet/v2-0116.
  std::optional<Coding> operational_status{};
  /// `name` 0..1. Name of the location as used by humans.
  std::optional<String> name{};
  /// `alias` 0..*. A list of alternate names that the location is known as, or was known as, in the past.
  std::vector<String> alias{};
  /// `description` 0..1. Additional details about the location that could be displayed as further information
  /// to identify the location beyond its name.
  std::optional<String> description{};
  /// `mode` 0..1. instance | kind. Codes (required): http://hl7.org/fhir/ValueSet/location-mode.
  std::optional<CodeOf<LocationMode>> mode{};
  /// `type` 0..*. Type of function performed. Codes (extensible):
  /// http://terminology.hl7.org/ValueSet/v3-ServiceDeliveryLocationRoleType.
  std::vector<CodeableConcept> type{};
  /// `telecom` 0..*. Contact details of the location.
  std::vector<ContactPoint> telecom{};
  /// `address` 0..1. Physical location.
  std::optional<Address> address{};
  /// `physicalType` 0..1. Physical form of the location.
  std::optional<CodeableConcept> physical_type{};
  /// `position` 0..1. The absolute geographic location.
  std::optional<LocationPosition> position{};
  /// `managingOrganization` 0..1. Organization responsible for provisioning and upkeep. Refers to:
  /// Organization.
  std::optional<Reference> managing_organization{};
  /// `partOf` 0..1. Another Location this one is physically a part of. Refers to: Location.
  std::optional<Reference> part_of{};
  /// `hoursOfOperation` 0..*. What days/times during a week is this location usually open.
  std::vector<LocationHoursOfOperation> hours_of_operation{};
  /// `availabilityExceptions` 0..1. Description of availability exceptions.
  std::optional<String> availability_exceptions{};
  /// `endpoint` 0..*. Technical endpoints providing access to services operated for the location. Refers to:
  /// Endpoint.
  std::vector<Reference> endpoint{};
  UnknownElements unknown_elements{};
};

}  // namespace musubi::fhir::r4
