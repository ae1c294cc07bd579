// The XHTML of a narrative: what may stand in it, and how it stands in XML (hl7.org/fhir/R4/narrative.html).
#pragma once

#include <string>
#include <string_view>

#include "musubi/base/result.h"

namespace musubi::fhir {

/// As it may stand inside an XML document: HTML's names for characters, which XML does not know, become the
/// characters. Error: fhir.narrative_not_xml for what is not one well-formed div.
base::Result<std::string> narrative_as_xml(std::string_view div);
/// Whether it may: one well-formed div.
bool is_narrative(std::string_view div);

}  // namespace musubi::fhir
