// For machines that watch: is it alive, is it ready, the metrics.
#include <boost/json.hpp>

#include "api.h"

namespace musubi::console {
namespace {

using boost::json::object;
using net::Request;
using net::Response;

Response alive(const Request&, const Services&) { return json(200, object{{"status", "alive"}}); }

/// 503 when nothing can be taken; "degraded" is ready, with something that a person has to look at.
Response ready(const Request&, const Services& services) {
  if (const auto failure = services.hub->failure())
    return json(503, object{{"status", "not_ready"}, {"reason", failure->code()}});
  boost::json::array reasons;
  for (const auto& each : alarms(services)) reasons.push_back(boost::json::string(each.code));
  if (reasons.empty()) return json(200, object{{"status", "ready"}});
  return json(200, object{{"status", "degraded"}, {"reasons", std::move(reasons)}});
}

Response metrics(const Request&, const Services& services) {
  Response response;
  response.content_type = "text/plain; version=0.0.4; charset=utf-8";
  response.body = services.metrics();
  return response;
}

}  // namespace

void add_health(net::Routes& routes, const Shared& services) {
  routes.add({.pattern = "/healthz",
              .needs = net::everybody(),
              .handler = answering(services, alive),
              .summary = "The process answers"});
  routes.add({.pattern = "/readyz",
              .needs = net::everybody(),
              .handler = answering(services, ready),
              .summary = "Whether submissions are taken; degraded is said, with the reasons"});
  routes.add({.pattern = "/metrics",
              .needs = services->status_page_open ? net::everybody() : net::any_role(),
              .handler = answering(services, metrics),
              .summary = "Metrics in Prometheus' text format"});
}

}  // namespace musubi::console
