// Made by musubi_generate_fhir_types from the definitions of FHIR R4 (4.0.1). Do not edit.
#pragma once

#include "musubi/fhir/models/members.h"
#include "musubi/fhir/r4/codes/contributor_type.h"
#include "musubi/fhir/r4/contact_detail.h"
#include "musubi/fhir/r4/extension.h"

namespace musubi::fhir::r4 {

/// A contributor to the content of a knowledge asset, including authors, editors, reviewers, and endorsers.
struct Contributor {
  /// `id` 0..1. Unique id for inter-element referencing.
  std::optional<String> id{};
  /// `extension` 0..*. Additional content defined by implementations.
  std::vector<Extension> extension{};
  /// `type` 1..1. author | editor | reviewer | endorser. Codes (required):
  /// http://hl7.org/fhir/ValueSet/contributor-type.
  std::optional<CodeOf<ContributorType>> type{};
  /// `name` 1..1. Who contributed the content.
  std::optional<String> name{};
  /// `contact` 0..*. Contact details of the contributor.
  std::vector<ContactDetail> contact{};
  UnknownElements unknown_elements{};
};

}  // namespace musubi::fhir::r4
