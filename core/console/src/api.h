// What the handlers of the API share.
#pragma once

#include <boost/json/fwd.hpp>
#include <functional>
#include <optional>
#include <string_view>

#include "musubi/base/result.h"
#include "musubi/net/answers.h"
#include "musubi/net/routes.h"
#include "views.h"

namespace musubi::console {

/// A handler that answers at once.
using Answer = std::function<net::Response(const net::Request&, const Services&)>;
net::Handler answering(const Shared& services, Answer answer);

net::Response json(unsigned status, const boost::json::value& value);
/// 404, in the same words whether it is not there or not for this caller.
net::Response absent(const net::Request& request);

/// A whole number of a query or path; empty where it is missing or none.
std::optional<std::int64_t> number_in(std::string_view text);
std::optional<std::string> query(const net::Request& request, std::string_view name);
/// The same of a query, where it must be one. Error: api.number_expected.
base::Result<std::optional<std::int64_t>> number_asked(const net::Request& request, std::string_view name);

/// Whether the caller may see what belongs to this source: senders and hubs their own, the others all; with a
/// token of one body only what mappings read for that body, or for one that lies in its prefecture.
bool may_see(const net::Request& request, const Services& services, std::string_view source);
/// The only source that the caller may see; empty where there may be several.
std::string only_source(const net::Request& request);
/// Of what concerns the hub as a whole: not for a token of one body.
net::Handler answering_for_all(const Shared& services, Answer answer);
std::string caller(const net::Request& request);  ///< "operator:ab12…", for the history

void add_submissions(net::Routes& routes, const Shared& services);
void add_uploads(net::Routes& routes, const Shared& services);
void add_books(net::Routes& routes, const Shared& services);
void add_review(net::Routes& routes, const Shared& services);
void add_set_aside(net::Routes& routes, const Shared& services);
void add_fhir(net::Routes& routes, const Shared& services);
void add_health(net::Routes& routes, const Shared& services);
void add_status_page(net::Routes& routes, const Shared& services);
/// Last: it describes what was added before it.
void add_description(net::Routes& routes, const Shared& services);

}  // namespace musubi::console
