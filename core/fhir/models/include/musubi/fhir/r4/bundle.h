// Made by musubi_generate_fhir_types from the definitions of FHIR R4 (4.0.1). Do not edit.
#pragma once

#include "musubi/fhir/models/members.h"
#include "musubi/fhir/r4/codes/bundle_type.h"
#include "musubi/fhir/r4/codes/http_verb.h"
#include "musubi/fhir/r4/codes/search_entry_mode.h"
#include "musubi/fhir/r4/extension.h"
#include "musubi/fhir/r4/identifier.h"
#include "musubi/fhir/r4/meta.h"
#include "musubi/fhir/r4/signature.h"

namespace musubi::fhir::r4 {

/// `Bundle.link` A series of links that provide context to this bundle.
struct BundleLink {
  /// `id` 0..1. Unique id for inter-element referencing.
  std::optional<String> id{};
  /// `extension` 0..*. Additional content defined by implementations.
  std::vector<Extension> extension{};
  /// `modifierExtension` 0..*. Extensions that cannot be ignored even if unrecognized.
  std::vector<Extension> modifier_extension{};
  /// `relation` 1..1. See
  /// http://www.iana.org/assignments/link-relations/link-relations.xhtml#link-relations-1.
  std::optional<String> relation{};
  /// `url` 1..1. Reference details for the link.
  std::optional<Uri> url{};
  UnknownElements unknown_elements{};
};

/// `Bundle.entry.search` Information about the search process that lead to the creation of this entry.
struct BundleEntrySearch {
  /// `id` 0..1. Unique id for inter-element referencing.
  std::optional<String> id{};
  /// `extension` 0..*. Additional content defined by implementations.
  std::vector<Extension> extension{};
  /// `modifierExtension` 0..*. Extensions that cannot be ignored even if unrecognized.
  std::vector<Extension> modifier_extension{};
  /// `mode` 0..1. match | include | outcome - why this is in the result set. Codes (required):
  /// http://hl7.org/fhir/ValueSet/search-entry-mode.
  std::optional<CodeOf<SearchEntryMode>> mode{};
  /// `score` 0..1. Search ranking (between 0 and 1).
  std::optional<Decimal> score{};
  UnknownElements unknown_elements{};
};

/// `Bundle.entry.request` Additional information about how this entry should be processed as part of a
/// transaction or batch. For history, it shows how the entry was processed to create the version contained in
/// the entry.
struct BundleEntryRequest {
  /// `id` 0..1. Unique id for inter-element referencing.
  std::optional<String> id{};
  /// `extension` 0..*. Additional content defined by implementations.
  std::vector<Extension> extension{};
  /// `modifierExtension` 0..*. Extensions that cannot be ignored even if unrecognized.
  std::vector<Extension> modifier_extension{};
  /// `method` 1..1. GET | HEAD | POST | PUT | DELETE | PATCH. Codes (required):
  /// http://hl7.org/fhir/ValueSet/http-verb.
  std::optional<CodeOf<HttpVerb>> method{};
  /// `url` 1..1. URL for HTTP equivalent of this entry.
  std::optional<Uri> url{};
  /// `ifNoneMatch` 0..1. For managing cache currency.
  std::optional<String> if_none_match{};
  /// `ifModifiedSince` 0..1. For managing cache currency.
  std::optional<Instant> if_modified_since{};
  /// `ifMatch` 0..1. For managing update contention.
  std::optional<String> if_match{};
  /// `ifNoneExist` 0..1. For conditional creates.
  std::optional<String> if_none_exist{};
  UnknownElements unknown_elements{};
};

/// `Bundle.entry.response` Indicates the results of processing the corresponding 'request' entry in the batch
/// or transaction being responded to or what the results of an operation where when returning history.
struct BundleEntryResponse {
  /// `id` 0..1. Unique id for inter-element referencing.
  std::optional<String> id{};
  /// `extension` 0..*. Additional content defined by implementations.
  std::vector<Extension> extension{};
  /// `modifierExtension` 0..*. Extensions that cannot be ignored even if unrecognized.
  std::vector<Extension> modifier_extension{};
  /// `status` 1..1. Status response code (text optional).
  std::optional<String> status{};
  /// `location` 0..1. The location (if the operation returns a location).
  std::optional<Uri> location{};
  /// `etag` 0..1. The Etag for the resource (if relevant).
  std::optional<String> etag{};
  /// `lastModified` 0..1. Server's date time modified.
  std::optional<Instant> last_modified{};
  /// `outcome` 0..1. OperationOutcome with hints and warnings (for batch/transaction).
  AnyResource outcome{};
  UnknownElements unknown_elements{};
};

/// `Bundle.entry` An entry in a bundle resource - will either contain a resource or information about a
/// resource (transactions and history only).
struct BundleEntry {
  /// `id` 0..1. Unique id for inter-element referencing.
  std::optional<String> id{};
  /// `extension` 0..*. Additional content defined by implementations.
  std::vector<Extension> extension{};
  /// `modifierExtension` 0..*. Extensions that cannot be ignored even if unrecognized.
  std::vector<Extension> modifier_extension{};
  /// `link` 0..*. Links related to this entry.
  std::vector<BundleLink> link{};
  /// `fullUrl` 0..1. URI for resource (Absolute URL server address or URI for UUID/OID).
  std::optional<Uri> full_url{};
  /// `resource` 0..1. A resource in the bundle.
  AnyResource resource{};
  /// `search` 0..1. Search related information.
  std::optional<BundleEntrySearch> search{};
  /// `request` 0..1. Additional execution information (transaction/batch/history).
  std::optional<BundleEntryRequest> request{};
  /// `response` 0..1. Results of execution (transaction/batch/history).
  std::optional<BundleEntryResponse> response{};
  UnknownElements unknown_elements{};
};

/// A container for a collection of resources.
struct Bundle {
  static constexpr std::string_view kResourceType = "Bundle";

  /// `id` 0..1. Logical id of this artifact.
  std::optional<Id> id{};
  /// `meta` 0..1. Metadata about the resource.
  std::optional<Meta> meta{};
  /// `implicitRules` 0..1. A set of rules under which this content was created.
  std::optional<Uri> implicit_rules{};
  /// `language` 0..1. Language of the resource content. Codes (preferred):
  /// http://hl7.org/fhir/ValueSet/languages.
  std::optional<Code> language{};
  /// `identifier` 0..1. Persistent identifier for the bundle.
  std::optional<Identifier> identifier{};
  /// `type` 1..1. document | message | transaction | transaction-response | batch | batch-response | history
  /// | searchset | collection. Codes (required): http://hl7.org/fhir/ValueSet/bundle-type.
  std::optional<CodeOf<BundleType>> type{};
  /// `timestamp` 0..1. When the bundle was assembled.
  std::optional<Instant> timestamp{};
  /// `total` 0..1. If search, the total number of matches.
  std::optional<UnsignedInt> total{};
  /// `link` 0..*. Links related to this Bundle.
  std::vector<BundleLink> link{};
  /// `entry` 0..*. Entry in the bundle - will have a resource or information.
  std::vector<BundleEntry> entry{};
  /// `signature` 0..1. Digital Signature.
  std::optional<Signature> signature{};
  UnknownElements unknown_elements{};
};

}  // namespace musubi::fhir::r4
