// The description of the API, made from the routes themselves, so that it cannot forget one.
#include <boost/json.hpp>

#include "api.h"

namespace musubi::console {
namespace {

using boost::json::array;
using boost::json::object;

object problem() {
  return {{"description", "What is wrong, and what to do"},
          {"content",
           object{{"application/json", object{{"schema", object{{"$ref", "#/components/schemas/Error"}}}}}}}};
}

array parameters_of(std::string_view pattern) {
  array parameters;
  for (auto open = pattern.find('{'); open != pattern.npos; open = pattern.find('{', open + 1)) {
    const auto name = pattern.substr(open + 1, pattern.find('}', open) - open - 1);
    parameters.push_back(
        object{{"name", name},
               {"in", "path"},
               {"required", true},
               {"schema", object{{"type", "integer"}, {"format", "int64"}, {"minimum", 1}}}});
  }
  return parameters;
}

struct QueryParameter {
  std::string_view pattern, name, type, description;
};
constexpr QueryParameter kQueries[] = {
    {"/api/v1/submissions", "source", "string", "Name of the source; a sender's own when left out"},
    {"/api/v1/submissions", "name", "string", "POST: file name as the sender knows it"},
    {"/api/v1/submissions", "as_of", "string", "POST: the day the submission speaks of"},
    {"/api/v1/submissions", "before", "integer", "GET: older than this submission"},
    {"/api/v1/submissions", "limit", "integer", "GET: at most so many"},
    {"/api/v1/ledger", "source", "string", "Only this source"},
    {"/api/v1/ledger", "day", "string", "Only this day of receipt, e.g. 2020-04-20"},
    {"/api/v1/dead-letters", "source", "string", "Only of this source"},
    {"/api/v1/dead-letters", "recipient", "string", "Only for this recipient"},
    {"/api/v1/dead-letters", "cause", "string", "Only with this cause"},
    {"/api/v1/quarantine", "source", "string", "Only of this source"},
    {"/api/v1/quarantine", "reason", "string", "Only with this reason"},
    {"/api/v1/quarantine", "mapping", "string", "Only read with this mapping"},
    {"/api/v1/quarantine", "submission", "integer", "Only of this submission"},
};

bool applies(const QueryParameter& query, const net::Route& route) {
  const bool post = route.method == net::Method::post;
  return query.pattern == route.pattern && !query.description.starts_with(post ? "GET:" : "POST:");
}

object responses_of(const net::Route& route) {
  object responses;
  const bool open = route.needs.open_to_everybody();
  const bool page = route.pattern == "/" || route.pattern.ends_with("/receipt");
  const auto* const type = page                          ? "text/html"
                           : route.pattern == "/metrics" ? "text/plain"
                                                         : "application/json";
  const object good{{"description", "Done"}, {"content", object{{type, object{}}}}};
  responses["200"] = good;
  if (route.method == net::Method::post) responses["202"] = good;
  if (route.most_body != 0) {
    responses["400"] = problem();
    responses["413"] = problem();
  }
  if (!open) {
    responses["401"] = problem();
    responses["404"] = problem();
  }
  if (route.pattern.ends_with("/reload")) responses["422"] = problem();
  responses["429"] = problem();
  responses["503"] = problem();
  return responses;
}

object operation_of(const net::Route& route) {
  auto parameters = parameters_of(route.pattern);
  for (const auto& each : kQueries) {
    if (applies(each, route))
      parameters.push_back(object{{"name", each.name},
                                  {"in", "query"},
                                  {"description", each.description},
                                  {"schema", object{{"type", each.type}}}});
  }
  object operation{{"summary", route.summary}, {"responses", responses_of(route)}};
  if (!parameters.empty()) operation["parameters"] = std::move(parameters);
  if (route.most_body != 0) {
    const auto* const type = route.sink ? "application/octet-stream" : "application/json";
    const object schema =
        route.sink ? object{{"type", "string"}, {"format", "binary"}} : object{{"type", "object"}};
    operation["requestBody"] = object{{"content", object{{type, object{{"schema", schema}}}}}};
  }
  operation["security"] = route.needs.open_to_everybody() ? array{} : array{object{{"token", array{}}}};
  array roles;
  for (const auto role : net::kRoles) {
    if (!route.needs.open_to_everybody() && route.needs.permits(role))
      roles.push_back(boost::json::string(net::name_of(role)));
  }
  if (!roles.empty()) operation["x-roles"] = std::move(roles);
  return operation;
}

object schemas() {
  const object text{{"type", "string"}};
  const object error{
      {"type", "object"},
      {"required", array{"code", "message"}},
      {"properties", object{{"code", text}, {"message", text}, {"remedy", text}, {"trace", text}}}};
  return {
      {"Error",
       object{{"type", "object"}, {"required", array{"error"}}, {"properties", object{{"error", error}}}}}};
}

std::string lower(std::string_view text) {
  std::string result(text);
  for (auto& each : result) each = static_cast<char>(each >= 'A' && each <= 'Z' ? each + 32 : each);
  return result;
}

object description_of(const std::vector<net::Route>& routes) {
  object paths;
  for (const auto& route : routes) {
    auto& path = paths[route.pattern];
    if (!path.is_object()) path = object{};
    path.get_object()[lower(net::name_of(route.method))] = operation_of(route);
  }
  return {{"openapi", "3.0.3"},
          {"info", object{{"title", "Musubi"},
                          {"version", "1"},
                          {"description", "Interoperability hub for infectious-disease reporting"}}},
          {"paths", std::move(paths)},
          {"components",
           object{{"schemas", schemas()},
                  {"securitySchemes", object{{"token", object{{"type", "http"}, {"scheme", "bearer"}}}}}}}};
}

}  // namespace

void add_description(net::Routes& routes, const Shared& services) {
  routes.add({.pattern = "/api/v1/openapi.json",
              .needs = net::everybody(),
              .handler = {},
              .summary = "This description (OpenAPI 3)"});
  auto all = routes.all();
  const auto text = std::make_shared<const std::string>(boost::json::serialize(description_of(all)));
  net::Routes with_description;
  for (auto& route : all) {
    if (!route.handler)
      route.handler = answering(
          services, [text](const net::Request&, const Services&) { return net::json_answer(200, *text); });
    with_description.add(std::move(route));
  }
  routes = std::move(with_description);
}

}  // namespace musubi::console
