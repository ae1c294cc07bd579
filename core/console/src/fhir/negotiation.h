// In which format a FHIR client speaks, and in which it wants its answer (hl7.org/fhir/R4/http.html).
#pragma once

#include <cstdint>
#include <string>

#include "musubi/base/result.h"
#include "musubi/fhir/codec.h"
#include "musubi/net/http.h"

namespace musubi::console {

/// What the client says it sends. Nothing said, or application/octet-stream: the bytes tell.
enum class SentAs : std::uint8_t { anything, json, xml, lines };
/// Error: fhir.content_type_unknown.
base::Result<SentAs> sent_as(const net::Request& request);

/// By _format, then Accept; JSON where both are silent or take anything.
/// Error: fhir.accept_unknown.
base::Result<fhir::Format> answer_format(const net::Request& request);
/// The same where nothing can be refused any more: JSON in doubt.
fhir::Format answer_format_or_json(const net::Request& request);

/// Of the header Prefer (RFC 7240).
enum class Return : std::uint8_t { operation_outcome, minimal, representation };
struct Preference {
  Return body = Return::operation_outcome;
  bool asynchronous = false;  ///< respond-async
};
Preference preference(const net::Request& request);

}  // namespace musubi::console
