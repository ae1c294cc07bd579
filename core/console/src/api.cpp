#include "api.h"

#include <algorithm>
#include <boost/json.hpp>
#include <charconv>

namespace musubi::console {
namespace {

bool speaks_for_one(const net::Identity& identity) {
  return identity.role == net::Role::sender || identity.role == net::Role::hub;
}

/// By the codes of local governments: 130001 is Tokyo, 131016 a ward of it.
bool lies_in(std::string_view body, std::string_view other) {
  const bool prefecture = other.size() == 6 && other.substr(2, 3) == "000";
  return body == other || (prefecture && body.substr(0, 2) == other.substr(0, 2));
}

}  // namespace

net::Handler answering(const Shared& services, Answer answer) {
  return
      [services, answer = std::move(answer)](const std::shared_ptr<net::Request>& request,
                                             const net::Reply& reply) { reply(answer(*request, *services)); };
}

net::Response json(unsigned status, const boost::json::value& value) {
  return net::json_answer(status, boost::json::serialize(value));
}

net::Response absent(const net::Request& request) {
  return net::error_answer(request, base::Error(base::ErrorKind::not_found, "net.not_found"));
}

std::optional<std::int64_t> number_in(std::string_view text) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size() || number < 0) return {};
  return number;
}

std::optional<std::string> query(const net::Request& request, std::string_view name) {
  const auto found = request.query.find(name);
  if (found == request.query.end()) return {};
  return found->second;
}

base::Result<std::optional<std::int64_t>> number_asked(const net::Request& request, std::string_view name) {
  const auto text = query(request, name);
  if (!text) return std::optional<std::int64_t>{};
  if (const auto number = number_in(*text)) return number;
  return base::Error(base::ErrorKind::bad_input, "api.number_expected", {{"parameter", std::string(name)}});
}

bool may_see(const net::Request& request, const Services& services, std::string_view source) {
  if (!request.identity) return false;
  if (speaks_for_one(*request.identity)) return request.identity->source == source;
  const auto& body = request.identity->jurisdiction;
  if (body.empty()) return true;
  return std::ranges::any_of(services.hub->jurisdictions_of(source),
                             [&](const std::string& other) { return lies_in(other, body); });
}

std::string only_source(const net::Request& request) {
  return request.identity && speaks_for_one(*request.identity) ? request.identity->source : std::string();
}

net::Handler answering_for_all(const Shared& services, Answer answer) {
  return answering(services, [answer = std::move(answer)](const net::Request& request, const Services& its) {
    const bool of_one_body = request.identity && !request.identity->jurisdiction.empty();
    return of_one_body ? absent(request) : answer(request, its);
  });
}

std::string caller(const net::Request& request) {
  if (!request.identity) return "nobody";
  return std::string(net::name_of(request.identity->role)) + ":" + request.identity->token;
}

void add_routes(net::Routes& routes, const Shared& services) {
  add_submissions(routes, services);
  add_uploads(routes, services);
  add_books(routes, services);
  add_review(routes, services);
  add_set_aside(routes, services);
  add_fhir(routes, services);
  add_health(routes, services);
  add_status_page(routes, services);
  add_description(routes, services);
}

}  // namespace musubi::console
