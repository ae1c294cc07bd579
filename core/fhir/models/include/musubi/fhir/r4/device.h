// Made by musubi_generate_fhir_types from the definitions of FHIR R4 (4.0.1). Do not edit.
#pragma once

#include "musubi/fhir/models/members.h"
#include "musubi/fhir/r4/annotation.h"
#include "musubi/fhir/r4/codeable_concept.h"
#include "musubi/fhir/r4/codes/device_nametype.h"
#include "musubi/fhir/r4/codes/device_status.h"
#include "musubi/fhir/r4/codes/udi_entry_type.h"
#include "musubi/fhir/r4/contact_point.h"
#include "musubi/fhir/r4/extension.h"
#include "musubi/fhir/r4/identifier.h"
#include "musubi/fhir/r4/meta.h"
#include "musubi/fhir/r4/narrative.h"
#include "musubi/fhir/r4/quantity.h"
#include "musubi/fhir/r4/reference.h"

namespace musubi::fhir::r4 {

/// `Device.udiCarrier` Unique device identifier (UDI) assigned to device label or package. Note that the
/// Device may include multiple udiCarriers as it either may include just the udiCarrier for the jurisdiction
/// it is sold, or for multiple jurisdictions it could have been sold.
struct DeviceUdiCarrier {
  /// `id` 0..1. Unique id for inter-element referencing.
  std::optional<String> id{};
  /// `extension` 0..*. Additional content defined by implementations.
  std::vector<Extension> extension{};
  /// `modifierExtension` 0..*. Extensions that cannot be ignored even if unrecognized.
  std::vector<Extension> modifier_extension{};
  /// `deviceIdentifier` 0..1. Mandatory fixed portion of UDI.
  std::optional<String> device_identifier{};
  /// `issuer` 0..1. UDI Issuing Organization.
  std::optional<Uri> issuer{};
  /// `jurisdiction` 0..1. Regional UDI authority.
  std::optional<Uri> jurisdiction{};
  /// `carrierAIDC` 0..1. UDI Machine Readable Barcode String.
  std::optional<Base64Binary> carrier_aidc{};
  /// `carrierHRF` 0..1. UDI Human Readable Barcode String.
  std::optional<String> carrier_hrf{};
  /// `entryType` 0..1. barcode | rfid | manual +. Codes (required):
  /// http://hl7.org/fhir/ValueSet/udi-entry-type.
  std::optional<CodeOf<UdiEntryType>> entry_type{};
  UnknownElements unknown_elements{};
};

/// `Device.deviceName` This represents the manufacturer's name of the device as provided by the device, from
/// a UDI label, or by a person describing the Device. This typically would be used when a person provides the
/// name(s) or when the device represents one of the names available from DeviceDefinition.
struct DeviceDeviceName {
  /// `id` 0..1. Unique id for inter-element referencing.
  std::optional<String> id{};
  /// `extension` 0..*. Additional content defined by implementations.
  std::vector<Extension> extension{};
  /// `modifierExtension` 0..*. Extensions that cannot be ignored even if unrecognized.
  std::vector<Extension> modifier_extension{};
  /// `name` 1..1. The name of the device.
  std::optional<String> name{};
  /// `type` 1..1. udi-label-name | user-friendly-name | patient-reported-name | manufacturer-name |
  /// model-name | other. Codes (required): http://hl7.org/fhir/ValueSet/device-nametype.
  std::optional<CodeOf<DeviceNametype>> type{};
  UnknownElements unknown_elements{};
};

/// `Device.specialization` The capabilities supported on a device, the standards to which the device conforms
/// for a particular purpose, and used for the communication.
struct DeviceSpecialization {
  /// `id` 0..1. Unique id for inter-element referencing.
  std::optional<String> id{};
  /// `extension` 0..*. Additional content defined by implementations.
  std::vector<Extension> extension{};
  /// `modifierExtension` 0..*. Extensions that cannot be ignored even if unrecognized.
  std::vector<Extension> modifier_extension{};
  /// `systemType` 1..1. The standard that is used to operate and communicate.
  std::optional<CodeableConcept> system_type{};
  /// `version` 0..1. The version of the standard that is used to operate and communicate.
  std::optional<String> version{};
  UnknownElements unknown_elements{};
};

/// `Device.version` The actual design of the device or software version running on the device.
struct DeviceVersion {
  /// `id` 0..1. Unique id for inter-element referencing.
  std::optional<String> id{};
  /// `extension` 0..*. Additional content defined by implementations.
  std::vector<Extension> extension{};
  /// `modifierExtension` 0..*. Extensions that cannot be ignored even if unrecognized.
  std::vector<Extension> modifier_extension{};
  /// `type` 0..1. The type of the device version.
  std::optional<CodeableConcept> type{};
  /// `component` 0..1. A single component of the device version.
  std::optional<Identifier> component{};
  /// `value` 1..1. The version text.
  std::optional<String> value{};
  UnknownElements unknown_elements{};
};

/// `Device.property` The actual configuration settings of a device as it actually operates, e.g., regulation
/// status, time properties.
struct DeviceProperty {
  /// `id` 0..1. Unique id for inter-element referencing.
  std::optional<String> id{};
  /// `extension` 0..*. Additional content defined by implementations.
  std::vector<Extension> extension{};
  /// `modifierExtension` 0..*. Extensions that cannot be ignored even if unrecognized.
  std::vector<Extension> modifier_extension{};
  /// `type` 1..1. Code that specifies the property DeviceDefinitionPropetyCode (Extensible).
  std::optional<CodeableConcept> type{};
  /// `valueQuantity` 0..*. Property value as a quantity.
  std::vector<Quantity> value_quantity{};
  /// `valueCode` 0..*. Property value as a code, e.g., NTP4 (synced to NTP).
  std::vector<CodeableConcept> value_code{};
  UnknownElements unknown_elements{};
};

/// A type of a manufactured item that is used in the provision of healthcare without being substantially
/// changed through that activity. The device may be a medical or non-medical device.
struct Device {
  static constexpr std::string_view kResourceType = "Device";

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
  /// `identifier` 0..*. Instance identifier.
  std::vector<Identifier> identifier{};
  /// `definition` 0..1. The reference to the definition for the device. Refers to: DeviceDefinition.
  std::optional<Reference> definition{};
  /// `udiCarrier` 0..*. Unique Device Identifier (UDI) Barcode string.
  std::vector<DeviceUdiCarrier> udi_carrier{};
  /// `status` 0..1. active | inactive | entered-in-error | unknown. Codes (required):
  /// http://hl7.org/fhir/ValueSet/device-status.
  std::optional<CodeOf<DeviceStatus>> status{};
  /// `statusReason` 0..*. online | paused | standby | offline | not-ready | transduc-discon | hw-discon |
  /// off. Codes (extensible): http://hl7.org/fhir/ValueSet/device-status-reason.
  std::vector<CodeableConcept> status_reason{};
  /// `distinctIdentifier` 0..1. The distinct identification string.
  std::optional<String> distinct_identifier{};
  /// `manufacturer` 0..1. Name of device manufacturer.
  std::optional<String> manufacturer{};
  /// `manufactureDate` 0..1. Date when the device was made.
  std::optional<DateTime> manufacture_date{};
  /// `expirationDate` 0..1. Date and time of expiry of this device (if applicable).
  std::optional<DateTime> expiration_date{};
  /// `lotNumber` 0..1. Lot number of manufacture.
  std::optional<String> lot_number{};
  /// `serialNumber` 0..1. Serial number assigned by the manufacturer.
  std::optional<String> serial_number{};
  /// `deviceName` 0..*. The name of the device as given by the manufacturer.
  std::vector<DeviceDeviceName> device_name{};
  /// `modelNumber` 0..1. The model number for the device.
  std::optional<String> model_number{};
  /// `partNumber` 0..1. The part number of the device.
  std::optional<String> part_number{};
  /// `type` 0..1. The kind or type of device.
  std::optional<CodeableConcept> type{};
  /// `specialization` 0..*. The capabilities supported on a device, the standards to which the device
  /// conforms for a particular purpose, and used for the communication.
  std::vector<DeviceSpecialization> specialization{};
  /// `version` 0..*. The actual design of the device or software version running on the device.
  std::vector<DeviceVersion> version{};
  /// `property` 0..*. The actual configuration settings of a device as it actually operates, e.g., regulation
  /// status, time properties.
  std::vector<DeviceProperty> property{};
  /// `patient` 0..1. Patient to whom Device is affixed. Refers to: Patient.
  std::optional<Reference> patient{};
  /// `owner` 0..1. Organization responsible for device. Refers to: Organization.
  std::optional<Reference> owner{};
  /// `contact` 0..*. Details for human/organization for support.
  std::vector<ContactPoint> contact{};
  /// `location` 0..1. Where the device is found. Refers to: Location.
  std::optional<Reference> location{};
  /// `url` 0..1. Network address to contact device.
  std::optional<Uri> url{};
  /// `note` 0..*. Device notes and comments.
  std::vector<Annotation> note{};
  /// `safety` 0..*. Safety Characteristics of Device.
  std::vector<CodeableConcept> safety{};
  /// `parent` 0..1. The parent device. Refers to: Device.
  std::optional<Reference> parent{};
  UnknownElements unknown_elements{};
};

}  // namespace musubi::fhir::r4
