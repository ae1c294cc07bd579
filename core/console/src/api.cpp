#include "api.h"

#include <boost/json.hpp>
#include <charconv>

namespace musubi::console {

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

bool may_see(const net::Request& request, std::string_view source) {
  if (!request.identity) return false;
  const auto role = request.identity->role;
  const bool speaks_for_one = role == net::Role::sender || role == net::Role::hub;
  return !speaks_for_one || request.identity->source == source;
}

std::string caller(const net::Request& request) {
  if (!request.identity) return "nobody";
  return std::string(net::name_of(request.identity->role)) + ":" + request.identity->token;
}

void add_routes(net::Routes& routes, const Shared& services) {
  add_submissions(routes, services);
  add_books(routes, services);
  add_review(routes, services);
  add_health(routes, services);
  add_status_page(routes, services);
  add_description(routes, services);
}

}  // namespace musubi::console
