// What every request of the FHIR endpoint shares before it goes its own way: read, and judged as its source
// is.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "../views.h"
#include "musubi/fhir/collection.h"
#include "musubi/fhir/validation.h"
#include "musubi/net/http.h"

namespace musubi::console {

/// What was kept of a submission, up to `most` bytes. Errors: file.*.
base::Result<std::string> bytes_of(const ledger::SubmissionInfo& submission, const Services& services,
                                   std::uint64_t most);

/// How the caller's source judges; by R4 alone where it speaks for none that takes FHIR. What it holds stays
/// as it is when the configuration is read again.
FhirSource judged_as(const net::Request& request, const Services& services);
/// nullptr: this source does not take FHIR.
std::optional<FhirSource> fhir_source(std::string_view name, const Services& services);

/// `profiles`: what it has to keep beyond what it claims itself.
std::vector<fhir::Issue> judge(const fhir::Collection& collection, const fhir::Validator& validator,
                               std::span<const std::string> profiles = {});
/// What could not be read at all of NDJSON.
std::vector<fhir::Issue> unreadable_lines(const fhir::Collection& collection);
/// Without dom-6, that a resource should have a narrative: said of every resource of most senders, it would
/// hide what matters. $validate tells it.
std::vector<fhir::Issue> without_best_practice(std::vector<fhir::Issue> issues);
/// Of a resource that cannot be read at all.
std::vector<fhir::Issue> unreadable(const base::Error& error);

/// Of the first resource; empty: there is none.
std::string_view type_of(const fhir::Collection& collection);
/// Whether the resource is of the type that the URL names, where it names one. Errors: fhir.type_unknown,
/// fhir.not_this_type.
base::Status check_named_type(const fhir::Collection& collection, const net::Request& request);

/// What a request for which nothing is kept brings: what is to be judged, or the answer that it cannot be.
struct Brought {
  std::string bytes;
  std::shared_ptr<const fhir::Collection> collection;
  std::optional<net::Response> refusal;
  std::unique_ptr<pipeline::Look> look;  ///< ends when nothing is done with it any more
};
Brought bring(const net::Request& request, const Services& services);

}  // namespace musubi::console
