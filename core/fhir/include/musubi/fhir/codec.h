// FHIR R4 resources as bytes: JSON and XML (hl7.org/fhir/R4/json.html, xml.html), both ways, through the
// typed tree that expressions and validation walk. What is read is written again without loss: decimals as
// they were written, ids and extensions of primitives, contained resources, narrative. Elements come out in
// the order of their definition.
#pragma once

#include <cstdint>
#include <string>

#include "musubi/base/result.h"
#include "musubi/document/row_reader.h"
#include "musubi/fhirpath/resource.h"

namespace musubi::fhir {

enum class Format : std::uint8_t { json, xml };

/// Errors: those of document::read_json and read_xml; fhir.not_a_resource where the document does not say
/// what resource it is; fhir.resource_unknown, fhir.resource_unknown_near, fhir.namespace_missing.
base::Result<fhirpath::Resource> read_resource(std::string bytes, const std::string& shown_name,
                                               Format format, const document::Limits& limits);

struct Style {
  bool indented = false;
};

/// Elements that R4 does not know are written again where the document was JSON and stays it. Errors:
/// fhir.element_unknown with the path, where they cannot be; fhir.narrative_not_xml,
/// fhir.text_not_xml for characters that XML cannot have.
base::Result<std::string> write_resource(const fhirpath::Resource& resource, Format format,
                                         const Style& style = {});

}  // namespace musubi::fhir
