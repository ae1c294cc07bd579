#include "admission.h"

#include <algorithm>
#include <utility>

#include "bearer.h"
#include "characters.h"
#include "framing.h"
#include "target.h"

namespace musubi::net {
namespace {

Refusal unauthenticated() { return {.status = 401, .code = "net.unauthenticated"}; }
Refusal not_found() { return {.status = 404, .code = "net.not_found"}; }

Refusal too_many(const Buckets& buckets) {
  return {.status = 429, .code = "net.too_many_requests", .retry_after = buckets.wait()};
}

std::string trace_of(const Headers& headers) {
  const auto* sent = headers.find("traceparent");
  const auto trace = sent == nullptr ? std::nullopt : trace_id(*sent);
  return trace ? std::string(*trace) : new_trace_id();
}

bool may(const Identity* identity, const Needs& needs) {
  return needs.open_to_everybody() || (identity != nullptr && needs.permits(identity->role));
}

/// What the head says beside its headers.
std::optional<Refusal> read_request(const Head& head, Request& request) {
  if (auto refusal = check_framing(head)) return refusal;
  auto target = parse_target(head.target);
  if (auto refusal = check_host(head, target ? target->authority : std::string_view())) return refusal;
  const auto method = method_named(head.method);
  if (!method) return Refusal{.status = 501, .code = "net.method_unknown", .after = After::closes};
  if (!target) return bad_request("URL");
  request.method = *method;
  request.path = std::move(target->path);
  request.query = std::move(target->query);
  return std::nullopt;
}

std::string allowed_methods(const Routes::Found& found, const Identity* identity) {
  std::string names;
  for (const auto* route : found.routes) {
    if (!may(identity, route->needs)) continue;
    names.append(names.empty() ? "" : ", ").append(name_of(route->method));
    if (route->method == Method::get && found.serving(Method::head) == route) names += ", HEAD";
  }
  return names;
}

bool has_encoding(const Request& request, const Route& route) {
  const auto* encoding = request.headers.find("Content-Encoding");
  if (encoding == nullptr || same_letters(*encoding, "identity")) return true;
  return std::ranges::any_of(route.encodings,
                             [&](std::string_view known) { return same_letters(known, *encoding); });
}

std::optional<Refusal> check_body(const Head& head, const Request& request, const Route& route) {
  const auto after = head.has_body() ? After::closes : After::goes_on;
  if (!has_encoding(request, route))
    return Refusal{.status = 415, .code = "net.encoding_unknown", .after = after};
  const bool too_large =
      head.content_length.value_or(0) > route.most_body || (head.chunked && route.most_body == 0);
  if (too_large) return Refusal{.status = 413, .code = "net.too_large", .after = after};
  const auto* expected = request.headers.find("Expect");
  if (expected != nullptr && !same_letters(*expected, "100-continue"))
    return Refusal{.status = 417, .code = "net.expectation", .after = after};
  return std::nullopt;
}

}  // namespace

Admission::Admission(const Rate& rate, const Routes& routes, Gate& gate, Observer& observer)
    : routes_(routes),
      gate_(gate),
      observer_(observer),
      requests_(rate.requests_per_second, std::max(1.0, rate.burst)),
      failures_(rate.failures_per_minute / 60, std::max(1.0, rate.failures_per_minute)) {}

Admitted Admission::admit(Head& head, const Peer& peer, Tick now) {
  Admitted admitted;
  auto request = std::make_shared<Request>();
  admitted.request = request;
  admitted.refusal = read_request(head, *request);
  request->headers = std::move(head.headers);
  request->peer = peer;
  request->trace = trace_of(request->headers);
  if (admitted.refusal) return admitted;
  Path path{routes_.find(request->path)};
  admitted.route = path.route = path.found.serving(request->method);
  admitted.refusal = identify(*request, path, now);
  if (!admitted.refusal) admitted.refusal = permit(*request, path);
  if (!admitted.refusal) {
    request->captured = Routes::named(*path.route, path.found.values);
    admitted.refusal = check_body(head, *request, *path.route);
  } else if (head.has_body()) {
    admitted.refusal->after = After::closes;
  }
  return admitted;
}

std::optional<Refusal> Admission::identify(Request& request, const Path& path, Tick now) {
  const auto* sent = request.headers.find("Authorization");
  if (sent != nullptr) {
    const auto refuse = [&](std::string_view reason) {
      decided(request, path.route, false, reason);
      failures_.take(request.peer.address, now);
      return unauthenticated();
    };
    if (!failures_.has(request.peer.address, now)) {
      decided(request, path.route, false, "net.too_many_failures");
      return too_many(failures_);
    }
    const auto token = bearer_token(*sent);
    if (!token || request.headers.count("Authorization") > 1) return refuse("net.token_malformed");
    auto identity = gate_.identify(*token, request.peer);
    if (identity.has_error() && identity.error().kind() == base::ErrorKind::refused)
      return refuse(identity.error().code());
    if (identity.has_error()) {
      decided(request, path.route, false, identity.error().code());
      return Refusal{.status = 503, .code = "net.unavailable", .retry_after = std::chrono::seconds(10)};
    }
    request.identity = std::move(*identity);
  }
  const auto& caller = request.identity ? request.identity->token : request.peer.address;
  if (!requests_.take(caller, now)) return too_many(requests_);
  return std::nullopt;
}

std::optional<Refusal> Admission::permit(const Request& request, const Path& path) {
  const auto* identity = request.identity.get();
  if (path.route != nullptr && may(identity, path.route->needs)) {
    decided(request, path.route, true,
            path.route->needs.open_to_everybody() ? "net.open_to_everybody" : "net.role_permitted");
    return std::nullopt;
  }
  const auto allowed = path.route == nullptr ? allowed_methods(path.found, identity) : std::string();
  if (!allowed.empty()) return Refusal{.status = 405, .code = "net.method_not_allowed", .allow = allowed};
  const auto reason = path.route == nullptr ? "net.path_unknown" : "net.role_not_permitted";
  decided(request, path.route, false, identity == nullptr ? "net.token_missing" : reason);
  return identity == nullptr ? unauthenticated() : not_found();
}

void Admission::decided(const Request& request, const Route* route, bool allowed, std::string_view reason) {
  observer_.on_decision({
      .token = request.identity ? std::string_view(request.identity->token) : std::string_view(),
      .route = route == nullptr ? std::string_view() : std::string_view(route->pattern),
      .allowed = allowed,
      .reason = reason,
      .trace = request.trace,
      .address = request.peer.address,
  });
}

}  // namespace musubi::net
