// Made by musubi_generate_fhir_types from the definitions of FHIR R4 (4.0.1). Do not edit.
#pragma once

#include "musubi/fhir/models/members.h"
#include "musubi/fhir/r4/codes/address_type.h"
#include "musubi/fhir/r4/codes/address_use.h"
#include "musubi/fhir/r4/extension.h"
#include "musubi/fhir/r4/period.h"

namespace musubi::fhir::r4 {

/// An address expressed using postal conventions (as opposed to GPS or other location definition formats).
/// This data type may be used to convey addresses for use in delivering mail as well as for visiting
/// locations which might not be valid for mail delivery. There are a variety of postal address formats
/// defined around the world.
struct Address {
  /// `id` 0..1. Unique id for inter-element referencing.
  std::optional<String> id{};
  /// `extension` 0..*. Additional content defined by implementations.
  std::vector<Extension> extension{};
  /// `use` 0..1. home | work | temp | old | billing - purpose of this address. Codes (required):
  /// http://hl7.org/fhir/ValueSet/address-use.
  std::optional<CodeOf<AddressUse>> use{};
  /// `type` 0..1. postal | physical | both. Codes (required): http://hl7.org/fhir/ValueSet/address-type.
  std::optional<CodeOf<AddressType>> type{};
  /// `text` 0..1. Text representation of the address.
  std::optional<String> text{};
  /// `line` 0..*. Street name, number, direction & P.O. Box etc.
  std::vector<String> line{};
  /// `city` 0..1. Name of city, town etc.
  std::optional<String> city{};
  /// `district` 0..1. District name (aka county).
  std::optional<String> district{};
  /// `state` 0..1. Sub-unit of country (abbreviations ok).
  std::optional<String> state{};
  /// `postalCode` 0..1. Postal code for area.
  std::optional<String> postal_code{};
  /// `country` 0..1. Country (e.g. can be ISO 3166 2 or 3 letter code).
  std::optional<String> country{};
  /// `period` 0..1. Time period when address was/is in use.
  std::optional<Period> period{};
  UnknownElements unknown_elements{};
};

}  // namespace musubi::fhir::r4
