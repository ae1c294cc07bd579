// Answers of the FHIR endpoint: resources in the format the client wants, OperationOutcomes for everything
// that is refused.
#pragma once

#include <boost/json/fwd.hpp>
#include <string>
#include <vector>

#include "musubi/fhir/codec.h"
#include "musubi/fhir/validation.h"
#include "musubi/net/http.h"

namespace musubi::console {

/// `json` is a resource.
net::Response fhir_answer(unsigned status, const std::string& json, fhir::Format format);
net::Response fhir_answer(unsigned status, const boost::json::object& resource, fhir::Format format);

/// An OperationOutcome of these issues, in the language and format the client wants.
net::Response outcome_answer(const net::Request& request, unsigned status,
                             const std::vector<fhir::Issue>& issues);
/// The same of one error; nothing is told of what went wrong inside the hub.
net::Response fhir_error(const net::Request& request, unsigned status, const base::Error& error);
net::Response fhir_error(const net::Request& request, const base::Error& error);
net::Response fhir_absent(const net::Request& request);

/// "/fhir/Task/12": where a sender reads what became of a submission.
std::string task_url(std::int64_t submission);

}  // namespace musubi::console
