#include "server_fixture.h"

#include "musubi/base/messages.h"

namespace musubi::net::testing {
namespace {

std::string or_dash(std::string_view text) { return text.empty() ? "-" : std::string(text); }

}  // namespace

base::Result<std::shared_ptr<const Identity>> NamedRoles::identify(std::string_view token,
                                                                   const Peer&) noexcept {
  if (is_broken) return base::Error(base::ErrorKind::bad_configuration, "net.tokens_damaged");
  const auto role = role_named(token);
  if (!role) return base::Error(base::ErrorKind::refused, "net.token_unknown");
  return std::make_shared<const Identity>(Identity{std::string(token), *role, "", "", {}});
}

void Notes::on_request(const RequestSeen& request) noexcept {
  const std::lock_guard lock(mutex_);
  requests_.push_back(or_dash(request.method) + " " + or_dash(request.route) + " " +
                      std::to_string(request.status) + " " + or_dash(request.token));
}

void Notes::on_decision(const DecisionSeen& decision) noexcept {
  const std::lock_guard lock(mutex_);
  decisions_.push_back(or_dash(decision.token) + " " + or_dash(decision.route) +
                       (decision.allowed ? " yes " : " no ") + std::string(decision.reason));
}

std::vector<std::string> Notes::requests() const {
  const std::lock_guard lock(mutex_);
  return requests_;
}

std::vector<std::string> Notes::decisions() const {
  const std::lock_guard lock(mutex_);
  return decisions_;
}

ServerTest::ServerTest() {
  settings.rate = {.requests_per_second = 0, .burst = 0, .failures_per_minute = 0};
  routes.add({.method = Method::get,
              .pattern = "/open",
              .needs = everybody(),
              .sink = {},
              .handler = echo,
              .summary = "open"});
  routes.add({.method = Method::get,
              .pattern = "/things/{id}",
              .needs = any_of(Role::reader, Role::operator_),
              .sink = {},
              .handler = echo,
              .summary = "a thing"});
  routes.add({.method = Method::post,
              .pattern = "/things",
              .needs = any_of(Role::sender),
              .most_body = 100'000,
              .sink = {},
              .handler = echo,
              .summary = "hands in a thing"});
}

void ServerTest::start() {
  auto started = Server::start(settings, std::move(routes), gate, notes, clock);
  ASSERT_TRUE(started.has_value()) << base::describe(base::Language::english, started.error());
  server = std::move(*started);
}

void echo(const std::shared_ptr<Request>& request, const Reply& reply) {
  std::string text(name_of(request->method));
  text += " " + request->path;
  for (const auto& [name, value] : request->captured) text += " {" + name + "=" + value + "}";
  for (const auto& [name, value] : request->query) text += " ?" + name + "=" + value;
  if (!request->body.empty()) text += " " + request->body;
  Response response;
  response.content_type = "text/plain; charset=utf-8";
  response.body = text;
  reply(std::move(response));
}

}  // namespace musubi::net::testing
