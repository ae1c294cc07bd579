// Submissions that the hub gave up on, and having them carried again.
#include <boost/json.hpp>

#include "api.h"

namespace musubi::console {
namespace {

using boost::json::array;
using boost::json::object;
using net::Request;
using net::Response;
using net::Role;

Response list(const Request& request, const Services& services) {
  const auto language = net::language_of(request.headers);
  array submissions;
  for (const auto& each : services.hub->books().set_aside_submissions())
    if (may_see(request, services, each.source)) submissions.push_back(to_json(each, services, language));
  return json(200, object{{"submissions", std::move(submissions)}});
}

Response retry(const Request& request, const Services& services) {
  const auto id = number_in(request.captured.at("id"));
  const auto info = id ? services.hub->books().submission(*id) : std::nullopt;
  if (!info || !may_see(request, services, info->source)) return absent(request);
  if (const auto done = services.hub->try_again(*id); done.has_error()) {
    const bool at_its_end = done.error().code() == "ledger.not_set_aside";
    return at_its_end ? net::error_answer(request, 409, done.error())
                      : net::error_answer(request, done.error());
  }
  const auto now = services.hub->books().submission(*id);
  return json(202, to_json(now.value_or(*info), services, net::language_of(request.headers)));
}

}  // namespace

void add_set_aside(net::Routes& routes, const Shared& services) {
  routes.add({.pattern = "/api/v1/set-aside",
              .needs = net::any_of(Role::reviewer, Role::operator_),
              .handler = answering(services, list),
              .summary = "Submissions that the hub set aside because it failed at each attempt"});
  routes.add({.method = net::Method::post,
              .pattern = "/api/v1/submissions/{id}/retry",
              .needs = net::any_of(Role::operator_),
              .handler = answering(services, retry),
              .summary = "Carry a submission again that was set aside or rejected"});
}

}  // namespace musubi::console
