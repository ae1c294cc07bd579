// How a FHIR client is told that something was received, or that it was not.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "../views.h"
#include "musubi/fhir/collection.h"
#include "musubi/fhir/validation.h"
#include "musubi/net/http.h"

namespace musubi::console {

struct FhirVerdict {
  unsigned status = 0;  ///< 0: taken
  bool judged = true;   ///< false: too large to be judged before the answer
  std::vector<fhir::Issue> issues{};
};

/// The MessageHeader that a message begins with; nullptr: it is no message.
const fhirpath::ResourceNode* message_header_of(const fhir::Collection& collection);

/// When the bytes are durable. `collection` may be null: it was not read. A transaction or batch is answered
/// entry by entry, a message by a message, everything else by what Prefer asks for.
net::Response answer_of(const net::Request& request, const ledger::SubmissionInfo& info,
                        const fhir::Collection* collection, const FhirVerdict& verdict);

/// Of $try: Parameters with the outcome and the records, of what `collection` has.
net::Response tried_answer(const net::Request& request, const Services& services,
                           const fhir::Collection& collection, const std::vector<fhir::Issue>& issues,
                           const std::vector<pipeline::TriedPart>& parts);

/// If-None-Exist: whether something with that identifier was received from this source.
/// Error: fhir.condition_not_supported.
base::Result<bool> condition(const net::Request& request, const Services& services);
net::Response exists_already(const net::Request& request);

}  // namespace musubi::console
