// The description of the API. What there is and who may is told by the routes themselves, so that it cannot
// forget one; parameters, bodies and answers stand in api/description.json.
#include <algorithm>
#include <boost/json.hpp>

#include "api.h"

namespace musubi::console {
namespace {

using boost::json::array;
using boost::json::object;

constexpr const char* kWritten =
#include "description.inc"
    ;

/// What the server may answer to any request before a handler sees it.
constexpr std::pair<const char*, const char*> kRefusals[] = {
    {"400", "BadRequest"},      {"401", "Unauthenticated"},   {"404", "NotFound"},
    {"408", "TooSlow"},         {"413", "TooLarge"},          {"414", "UrlTooLong"},
    {"415", "EncodingUnknown"}, {"417", "ExpectationFailed"}, {"429", "TooManyRequests"},
    {"431", "HeadTooLarge"},    {"503", "Unavailable"}};

bool has_parameter(const array& parameters, std::string_view name) {
  return std::ranges::any_of(parameters,
                             [&](const auto& each) { return each.at("name").as_string() == name; });
}

/// Numbers, where nothing else is written of them.
void add_path_parameters(std::string_view pattern, array& parameters) {
  for (auto open = pattern.find('{'); open != pattern.npos; open = pattern.find('{', open + 1)) {
    const auto name = pattern.substr(open + 1, pattern.find('}', open) - open - 1);
    if (has_parameter(parameters, name)) continue;
    parameters.push_back(object{{"name", name},
                                {"in", "path"},
                                {"required", true},
                                {"schema", object{{"type", "integer"}, {"format", "int64"}, {"minimum", 1}}},
                                {"example", 1}});
  }
}

void add_refusals(object& responses) {
  for (const auto& [status, name] : kRefusals)
    if (!responses.contains(status))
      responses[status] = object{{"$ref", std::string("#/components/responses/") + name}};
}

array roles_of(const net::Needs& needs) {
  array roles;
  for (const auto role : net::kRoles)
    if (needs.permits(role)) roles.push_back(boost::json::string(net::name_of(role)));
  return roles;
}

object operation_of(const net::Route& route, const object& written) {
  const auto* const said = written.if_contains(std::string(net::name_of(route.method)) + " " + route.pattern);
  object operation = said == nullptr ? object{} : said->as_object();
  operation["summary"] = route.summary;
  auto parameters = operation.contains("parameters") ? operation["parameters"].as_array() : array{};
  add_path_parameters(route.pattern, parameters);
  if (!parameters.empty()) operation["parameters"] = std::move(parameters);
  if (!operation.contains("responses")) operation["responses"] = object{};
  add_refusals(operation["responses"].as_object());
  const bool open = route.needs.open_to_everybody();
  operation["security"] = open ? array{} : array{object{{"token", array{}}}};
  if (!open) operation["x-roles"] = roles_of(route.needs);
  return operation;
}

std::string in_small_letters(std::string_view text) {
  std::string result(text);
  for (auto& each : result) each = static_cast<char>(each >= 'A' && each <= 'Z' ? each + 32 : each);
  return result;
}

object description_of(const std::vector<net::Route>& routes) {
  auto written = boost::json::parse(kWritten).as_object();
  object paths;
  for (const auto& route : routes) {
    if (route.pattern.starts_with("/fhir")) continue;  // its CapabilityStatement describes it
    auto& path = paths[route.pattern];
    if (!path.is_object()) path = object{};
    path.get_object()[in_small_letters(net::name_of(route.method))] =
        operation_of(route, written.at("operations").as_object());
  }
  return {{"openapi", "3.0.3"},
          {"info", object{{"title", "Musubi"},
                          {"version", "1"},
                          {"description", "Interoperability hub for infectious-disease reporting"}}},
          {"servers", array{object{{"url", "/"}}}},
          {"paths", std::move(paths)},
          {"components", std::move(written.at("components"))}};
}

}  // namespace

void add_description(net::Routes& routes, const Shared& services) {
  const auto text = std::make_shared<std::string>();
  routes.add(
      {.pattern = "/api/v1/openapi.json",
       .needs = net::everybody(),
       .handler = answering(
           services, [text](const net::Request&, const Services&) { return net::json_answer(200, *text); }),
       .summary = "This description (OpenAPI 3)"});
  *text = boost::json::serialize(description_of(routes.all()));
}

}  // namespace musubi::console
