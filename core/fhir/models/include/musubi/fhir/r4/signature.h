// Made by musubi_generate_fhir_types from the definitions of FHIR R4 (4.0.1). Do not edit.
#pragma once

#include "musubi/fhir/models/members.h"
#include "musubi/fhir/r4/coding.h"
#include "musubi/fhir/r4/extension.h"
#include "musubi/fhir/r4/reference.h"

namespace musubi::fhir::r4 {

/// A signature along with supporting context. The signature may be a digital signature that is cryptographic
/// in nature, or some other signature acceptable to the domain. This other signature may be as simple as a
/// graphical image representing a hand-written signature, or a signature ceremony Different signature
/// approaches have different utilities.
struct Signature {
  /// `id` 0..1. Unique id for inter-element referencing.
  std::optional<String> id{};
  /// `extension` 0..*. Additional content defined by implementations.
  std::vector<Extension> extension{};
  /// `type` 1..*. Indication of the reason the entity signed the object(s). Codes (preferred):
  /// http://hl7.org/fhir/ValueSet/signature-type.
  std::vector<Coding> type{};
  /// `when` 1..1. When the signature was created.
  std::optional<Instant> when{};
  /// `who` 1..1. Who signed. Refers to: Practitioner | PractitionerRole | RelatedPerson | Patient | Device |
  /// Organization.
  std::optional<Reference> who{};
  /// `onBehalfOf` 0..1. The party represented. Refers to: Practitioner | PractitionerRole | RelatedPerson |
  /// Patient | Device | Organization.
  std::optional<Reference> on_behalf_of{};
  /// `targetFormat` 0..1. The technical format of the signed resources. Codes (required):
  /// http://hl7.org/fhir/ValueSet/mimetypes.
  std::optional<Code> target_format{};
  /// `sigFormat` 0..1. The technical format of the signature. Codes (required):
  /// http://hl7.org/fhir/ValueSet/mimetypes.
  std::optional<Code> sig_format{};
  /// `data` 0..1. The actual signature content (XML DigSig. JWS, picture, etc.).
  std::optional<Base64Binary> data{};
  UnknownElements unknown_elements{};
};

}  // namespace musubi::fhir::r4
