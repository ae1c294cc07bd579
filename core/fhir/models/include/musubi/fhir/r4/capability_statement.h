// Made by musubi_generate_fhir_types from the definitions of FHIR R4 (4.0.1). Do not edit.
#pragma once

#include "musubi/fhir/models/members.h"
#include "musubi/fhir/r4/codeable_concept.h"
#include "musubi/fhir/r4/codes/capability_statement_kind.h"
#include "musubi/fhir/r4/codes/conditional_delete_status.h"
#include "musubi/fhir/r4/codes/conditional_read_status.h"
#include "musubi/fhir/r4/codes/document_mode.h"
#include "musubi/fhir/r4/codes/event_capability_mode.h"
#include "musubi/fhir/r4/codes/fhir_version.h"
#include "musubi/fhir/r4/codes/publication_status.h"
#include "musubi/fhir/r4/codes/reference_handling_policy.h"
#include "musubi/fhir/r4/codes/resource_types.h"
#include "musubi/fhir/r4/codes/restful_capability_mode.h"
#include "musubi/fhir/r4/codes/search_param_type.h"
#include "musubi/fhir/r4/codes/system_restful_interaction.h"
#include "musubi/fhir/r4/codes/type_restful_interaction.h"
#include "musubi/fhir/r4/codes/versioning_policy.h"
#include "musubi/fhir/r4/coding.h"
#include "musubi/fhir/r4/contact_detail.h"
#include "musubi/fhir/r4/extension.h"
#include "musubi/fhir/r4/meta.h"
#include "musubi/fhir/r4/narrative.h"
#include "musubi/fhir/r4/reference.h"
#include "musubi/fhir/r4/usage_context.h"

namespace musubi::fhir::r4 {

/// `CapabilityStatement.software` Software that is covered by this capability statement. It is used when the
/// capability statement describes the capabilities of a particular software version, independent of an
/// installation.
struct CapabilityStatementSoftware {
  /// `id` 0..1. Unique id for inter-element referencing.
  std::optional<String> id{};
  /// `extension` 0..*. Additional content defined by implementations.
  std::vector<Extension> extension{};
  /// `modifierExtension` 0..*. Extensions that cannot be ignored even if unrecognized.
  std::vector<Extension> modifier_extension{};
  /// `name` 1..1. A name the software is known by.
  std::optional<String> name{};
  /// `version` 0..1. Version covered by this statement.
  std::optional<String> version{};
  /// `releaseDate` 0..1. Date this version was released.
  std::optional<DateTime> release_date{};
  UnknownElements unknown_elements{};
};

/// `CapabilityStatement.implementation` Identifies a specific implementation instance that is described by
/// the capability statement - i.e. a particular installation, rather than the capabilities of a software
/// program.
struct CapabilityStatementImplementation {
  /// `id` 0..1. Unique id for inter-element referencing.
  std::optional<String> id{};
  /// `extension` 0..*. Additional content defined by implementations.
  std::vector<Extension> extension{};
  /// `modifierExtension` 0..*. Extensions that cannot be ignored even if unrecognized.
  std::vector<Extension> modifier_extension{};
  /// `description` 1..1. Describes this specific instance.
  std::optional<String> description{};
  /// `url` 0..1. Base URL for the installation.
  std::optional<Url> url{};
  /// `custodian` 0..1. Organization that manages the data. Refers to: Organization.
  std::optional<Reference> custodian{};
  UnknownElements unknown_elements{};
};

/// `CapabilityStatement.rest.security` Information about security implementation from an interface
/// perspective - what a client needs to know.
struct CapabilityStatementRestSecurity {
  /// `id` 0..1. Unique id for inter-element referencing.
  std::optional<String> id{};
  /// `extension` 0..*. Additional content defined by implementations.
  std::vector<Extension> extension{};
  /// `modifierExtension` 0..*. Extensions that cannot be ignored even if unrecognized.
  std::vector<Extension> modifier_extension{};
  /// `cors` 0..1. Adds CORS Headers (http://enable-cors.org/).
  std::optional<Boolean> cors{};
  /// `service` 0..*. OAuth | SMART-on-FHIR | NTLM | Basic | Kerberos | Certificates. Codes (extensible):
  /// http://hl7.org/fhir/ValueSet/restful-security-service.
  std::vector<CodeableConcept> service{};
  /// `description` 0..1. General description of how security works.
  std::optional<Markdown> description{};
  UnknownElements unknown_elements{};
};

/// `CapabilityStatement.rest.resource.interaction` Identifies a restful operation supported by the solution.
struct CapabilityStatementRestResourceInteraction {
  /// `id` 0..1. Unique id for inter-element referencing.
  std::optional<String> id{};
  /// `extension` 0..*. Additional content defined by implementations.
  std::vector<Extension> extension{};
  /// `modifierExtension` 0..*. Extensions that cannot be ignored even if unrecognized.
  std::vector<Extension> modifier_extension{};
  /// `code` 1..1. read | vread | update | patch | delete | history-instance | history-type | create |
  /// search-type. Codes (required): http://hl7.org/fhir/ValueSet/type-restful-interaction.
  std::optional<CodeOf<TypeRestfulInteraction>> code{};
  /// `documentation` 0..1. Anything special about operation behavior.
  std::optional<Markdown> documentation{};
  UnknownElements unknown_elements{};
};

/// `CapabilityStatement.rest.resource.searchParam` Search parameters for implementations to support and/or
/// make use of - either references to ones defined in the specification, or additional ones defined for/by
/// the implementation.
struct CapabilityStatementRestResourceSearchParam {
  /// `id` 0..1. Unique id for inter-element referencing.
  std::optional<String> id{};
  /// `extension` 0..*. Additional content defined by implementations.
  std::vector<Extension> extension{};
  /// `modifierExtension` 0..*. Extensions that cannot be ignored even if unrecognized.
  std::vector<Extension> modifier_extension{};
  /// `name` 1..1. Name of search parameter.
  std::optional<String> name{};
  /// `definition` 0..1. Source of definition for parameter. Refers to: SearchParameter.
  std::optional<Canonical> definition{};
  /// `type` 1..1. number | date | string | token | reference | composite | quantity | uri | special. Codes
  /// (required): http://hl7.org/fhir/ValueSet/search-param-type.
  std::optional<CodeOf<SearchParamType>> type{};
  /// `documentation` 0..1. Server-specific usage.
  std::optional<Markdown> documentation{};
  UnknownElements unknown_elements{};
};

/// `CapabilityStatement.rest.resource.operation` Definition of an operation or a named query together with
/// its parameters and their meaning and type. Consult the definition of the operation for details about how
/// to invoke the operation, and the parameters.
struct CapabilityStatementRestResourceOperation {
  /// `id` 0..1. Unique id for inter-element referencing.
  std::optional<String> id{};
  /// `extension` 0..*. Additional content defined by implementations.
  std::vector<Extension> extension{};
  /// `modifierExtension` 0..*. Extensions that cannot be ignored even if unrecognized.
  std::vector<Extension> modifier_extension{};
  /// `name` 1..1. Name by which the operation/query is invoked.
  std::optional<String> name{};
  /// `definition` 1..1. The defined operation/query. Refers to: OperationDefinition.
  std::optional<Canonical> definition{};
  /// `documentation` 0..1. Specific details about operation behavior.
  std::optional<Markdown> documentation{};
  UnknownElements unknown_elements{};
};

/// `CapabilityStatement.rest.resource` A specification of the restful capabilities of the solution for a
/// specific resource type.
struct CapabilityStatementRestResource {
  /// `id` 0..1. Unique id for inter-element referencing.
  std::optional<String> id{};
  /// `extension` 0..*. Additional content defined by implementations.
  std::vector<Extension> extension{};
  /// `modifierExtension` 0..*. Extensions that cannot be ignored even if unrecognized.
  std::vector<Extension> modifier_extension{};
  /// `type` 1..1. A resource type that is supported. Codes (required):
  /// http://hl7.org/fhir/ValueSet/resource-types.
  std::optional<CodeOf<ResourceTypes>> type{};
  /// `profile` 0..1. Base System profile for all uses of resource. Refers to: StructureDefinition.
  std::optional<Canonical> profile{};
  /// `supportedProfile` 0..*. Profiles for use cases supported. Refers to: StructureDefinition.
  std::vector<Canonical> supported_profile{};
  /// `documentation` 0..1. Additional information about the use of the resource type.
  std::optional<Markdown> documentation{};
  /// `interaction` 0..*. What operations are supported?.
  std::vector<CapabilityStatementRestResourceInteraction> interaction{};
  /// `versioning` 0..1. no-version | versioned | versioned-update. Codes (required):
  /// http://hl7.org/fhir/ValueSet/versioning-policy.
  std::optional<CodeOf<VersioningPolicy>> versioning{};
  /// `readHistory` 0..1. Whether vRead can return past versions.
  std::optional<Boolean> read_history{};
  /// `updateCreate` 0..1. If update can commit to a new identity.
  std::optional<Boolean> update_create{};
  /// `conditionalCreate` 0..1. If allows/uses conditional create.
  std::optional<Boolean> conditional_create{};
  /// `conditionalRead` 0..1. not-supported | modified-since | not-match | full-support. Codes (required):
  /// http://hl7.org/fhir/ValueSet/conditional-read-status.
  std::optional<CodeOf<ConditionalReadStatus>> conditional_read{};
  /// `conditionalUpdate` 0..1. If allows/uses conditional update.
  std::optional<Boolean> conditional_update{};
  /// `conditionalDelete` 0..1. not-supported | single | multiple - how conditional delete is supported. Codes
  /// (required): http://hl7.org/fhir/ValueSet/conditional-delete-status.
  std::optional<CodeOf<ConditionalDeleteStatus>> conditional_delete{};
  /// `referencePolicy` 0..*. literal | logical | resolves | enforced | local. Codes (required):
  /// http://hl7.org/fhir/ValueSet/reference-handling-policy.
  std::vector<CodeOf<ReferenceHandlingPolicy>> reference_policy{};
  /// `searchInclude` 0..*. _include values supported by the server.
  std::vector<String> search_include{};
  /// `searchRevInclude` 0..*. _revinclude values supported by the server.
  std::vector<String> search_rev_include{};
  /// `searchParam` 0..*. Search parameters supported by implementation.
  std::vector<CapabilityStatementRestResourceSearchParam> search_param{};
  /// `operation` 0..*. Definition of a resource operation.
  std::vector<CapabilityStatementRestResourceOperation> operation{};
  UnknownElements unknown_elements{};
};

/// `CapabilityStatement.rest.interaction` A specification of restful operations supported by the system.
struct CapabilityStatementRestInteraction {
  /// `id` 0..1. Unique id for inter-element referencing.
  std::optional<String> id{};
  /// `extension` 0..*. Additional content defined by implementations.
  std::vector<Extension> extension{};
  /// `modifierExtension` 0..*. Extensions that cannot be ignored even if unrecognized.
  std::vector<Extension> modifier_extension{};
  /// `code` 1..1. transaction | batch | search-system | history-system. Codes (required):
  /// http://hl7.org/fhir/ValueSet/system-restful-interaction.
  std::optional<CodeOf<SystemRestfulInteraction>> code{};
  /// `documentation` 0..1. Anything special about operation behavior.
  std::optional<Markdown> documentation{};
  UnknownElements unknown_elements{};
};

/// `CapabilityStatement.rest` A definition of the restful capabilities of the solution, if any.
struct CapabilityStatementRest {
  /// `id` 0..1. Unique id for inter-element referencing.
  std::optional<String> id{};
  /// `extension` 0..*. Additional content defined by implementations.
  std::vector<Extension> extension{};
  /// `modifierExtension` 0..*. Extensions that cannot be ignored even if unrecognized.
  std::vector<Extension> modifier_extension{};
  /// `mode` 1..1. client | server. Codes (required): http://hl7.org/fhir/ValueSet/restful-capability-mode.
  std::optional<CodeOf<RestfulCapabilityMode>> mode{};
  /// `documentation` 0..1. General description of implementation.
  std::optional<Markdown> documentation{};
  /// `security` 0..1. Information about security of implementation.
  std::optional<CapabilityStatementRestSecurity> security{};
  /// `resource` 0..*. Resource served on the REST interface.
  std::vector<CapabilityStatementRestResource> resource{};
  /// `interaction` 0..*. What operations are supported?.
  std::vector<CapabilityStatementRestInteraction> interaction{};
  /// `searchParam` 0..*. Search parameters for searching all resources.
  std::vector<CapabilityStatementRestResourceSearchParam> search_param{};
  /// `operation` 0..*. Definition of a system level operation.
  std::vector<CapabilityStatementRestResourceOperation> operation{};
  /// `compartment` 0..*. Compartments served/used by system. Refers to: CompartmentDefinition.
  std::vector<Canonical> compartment{};
  UnknownElements unknown_elements{};
};

/// `CapabilityStatement.messaging.endpoint` An endpoint (network accessible address) to which messages and/or
/// replies are to be sent.
struct CapabilityStatementMessagingEndpoint {
  /// `id` 0..1. Unique id for inter-element referencing.
  std::optional<String> id{};
  /// `extension` 0..*. Additional content defined by implementations.
  std::vector<Extension> extension{};
  /// `modifierExtension` 0..*. Extensions that cannot be ignored even if unrecognized.
  std::vector<Extension> modifier_extension{};
  /// `protocol` 1..1. http | ftp | mllp +. Codes (extensible):
  /// http://hl7.org/fhir/ValueSet/message-transport.
  std::optional<Coding> protocol{};
  /// `address` 1..1. Network address or identifier of the end-point.
  std::optional<Url> address{};
  UnknownElements unknown_elements{};
};

/// `CapabilityStatement.messaging.supportedMessage` References to message definitions for messages this
/// system can send or receive.
struct CapabilityStatementMessagingSupportedMessage {
  /// `id` 0..1. Unique id for inter-element referencing.
  std::optional<String> id{};
  /// `extension` 0..*. Additional content defined by implementations.
  std::vector<Extension> extension{};
  /// `modifierExtension` 0..*. Extensions that cannot be ignored even if unrecognized.
  std::vector<Extension> modifier_extension{};
  /// `mode` 1..1. sender | receiver. Codes (required): http://hl7.org/fhir/ValueSet/event-capability-mode.
  std::optional<CodeOf<EventCapabilityMode>> mode{};
  /// `definition` 1..1. Message supported by this system. Refers to: MessageDefinition.
  std::optional<Canonical> definition{};
  UnknownElements unknown_elements{};
};

/// `CapabilityStatement.messaging` A description of the messaging capabilities of the solution.
struct CapabilityStatementMessaging {
  /// `id` 0..1. Unique id for inter-element referencing.
  std::optional<String> id{};
  /// `extension` 0..*. Additional content defined by implementations.
  std::vector<Extension> extension{};
  /// `modifierExtension` 0..*. Extensions that cannot be ignored even if unrecognized.
  std::vector<Extension> modifier_extension{};
  /// `endpoint` 0..*. Where messages should be sent.
  std::vector<CapabilityStatementMessagingEndpoint> endpoint{};
  /// `reliableCache` 0..1. Reliable Message Cache Length (min).
  std::optional<UnsignedInt> reliable_cache{};
  /// `documentation` 0..1. Messaging interface behavior details.
  std::optional<Markdown> documentation{};
  /// `supportedMessage` 0..*. Messages supported by this system.
  std::vector<CapabilityStatementMessagingSupportedMessage> supported_message{};
  UnknownElements unknown_elements{};
};

/// `CapabilityStatement.document` A document definition.
struct CapabilityStatementDocument {
  /// `id` 0..1. Unique id for inter-element referencing.
  std::optional<String> id{};
  /// `extension` 0..*. Additional content defined by implementations.
  std::vector<Extension> extension{};
  /// `modifierExtension` 0..*. Extensions that cannot be ignored even if unrecognized.
  std::vector<Extension> modifier_extension{};
  /// `mode` 1..1. producer | consumer. Codes (required): http://hl7.org/fhir/ValueSet/document-mode.
  std::optional<CodeOf<DocumentMode>> mode{};
  /// `documentation` 0..1. Description of document support.
  std::optional<Markdown> documentation{};
  /// `profile` 1..1. Constraint on the resources used in the document. Refers to: StructureDefinition.
  std::optional<Canonical> profile{};
  UnknownElements unknown_elements{};
};

/// A Capability Statement documents a set of capabilities (behaviors) of a FHIR Server for a particular
/// version of FHIR that may be used as a statement of actual server functionality or a statement of required
/// or desired server implementation.
struct CapabilityStatement {
  static constexpr std::string_view kResourceType = "CapabilityStatement";

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
  /// `url` 0..1. Canonical identifier for this capability statement, represented as a URI (globally unique).
  std::optional<Uri> url{};
  /// `version` 0..1. Business version of the capability statement.
  std::optional<String> version{};
  /// `name` 0..1. Name for this capability statement (computer friendly).
  std::optional<String> name{};
  /// `title` 0..1. Name for this capability statement (human friendly).
  std::optional<String> title{};
  /// `status` 1..1. draft | active | retired | unknown. Codes (required):
  /// http://hl7.org/fhir/ValueSet/publication-status.
  std::optional<CodeOf<PublicationStatus>> status{};
  /// `experimental` 0..1. For testing purposes, not real usage.
  std::optional<Boolean> experimental{};
  /// `date` 1..1. Date last changed.
  std::optional<DateTime> date{};
  /// `publisher` 0..1. Name of the publisher (organization or individual).
  std::optional<String> publisher{};
  /// `contact` 0..*. Contact details for the publisher.
  std::vector<ContactDetail> contact{};
  /// `description` 0..1. Natural language description of the capability statement.
  std::optional<Markdown> description{};
  /// `useContext` 0..*. The context that the content is intended to support.
  std::vector<UsageContext> use_context{};
  /// `jurisdiction` 0..*. Intended jurisdiction for capability statement (if applicable). Codes (extensible):
  /// http://hl7.org/fhir/ValueSet/jurisdiction.
  std::vector<CodeableConcept> jurisdiction{};
  /// `purpose` 0..1. Why this capability statement is defined.
  std::optional<Markdown> purpose{};
  /// `copyright` 0..1. Use and/or publishing restrictions.
  std::optional<Markdown> copyright{};
  /// `kind` 1..1. instance | capability | requirements. Codes (required):
  /// http://hl7.org/fhir/ValueSet/capability-statement-kind.
  std::optional<CodeOf<CapabilityStatementKind>> kind{};
  /// `instantiates` 0..*. Canonical URL of another capability statement this implements. Refers to:
  /// CapabilityStatement.
  std::vector<Canonical> instantiates{};
  /// `imports` 0..*. Canonical URL of another capability statement this adds to. Refers to:
  /// CapabilityStatement.
  std::vector<Canonical> imports{};
  /// `software` 0..1. Software that is covered by this capability statement.
  std::optional<CapabilityStatementSoftware> software{};
  /// `implementation` 0..1. If this describes a specific instance.
  std::optional<CapabilityStatementImplementation> implementation{};
  /// `fhirVersion` 1..1. FHIR Version the system supports. Codes (required):
  /// http://hl7.org/fhir/ValueSet/FHIR-version.
  std::optional<CodeOf<FHIRVersion>> fhir_version{};
  /// `format` 1..*. formats supported (xml | json | ttl | mime type). Codes (required):
  /// http://hl7.org/fhir/ValueSet/mimetypes.
  std::vector<Code> format{};
  /// `patchFormat` 0..*. Patch formats supported. Codes (required): http://hl7.org/fhir/ValueSet/mimetypes.
  std::vector<Code> patch_format{};
  /// `implementationGuide` 0..*. Implementation guides supported. Refers to: ImplementationGuide.
  std::vector<Canonical> implementation_guide{};
  /// `rest` 0..*. If the endpoint is a RESTful one.
  std::vector<CapabilityStatementRest> rest{};
  /// `messaging` 0..*. If messaging is supported.
  std::vector<CapabilityStatementMessaging> messaging{};
  /// `document` 0..*. Document definition.
  std::vector<CapabilityStatementDocument> document{};
  UnknownElements unknown_elements{};
};

}  // namespace musubi::fhir::r4
