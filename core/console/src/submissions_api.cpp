// What senders hand in, and what becomes of it.
#include <boost/json.hpp>

#include "api.h"
#include "musubi/base/japanese_date.h"
#include "musubi/base/shown_text.h"
#include "receipt_page.h"
#include "submission_body.h"

namespace musubi::console {
namespace {

using boost::json::object;
using net::Request;
using net::Response;
using net::Role;

constexpr std::size_t kPage = 50, kMostPage = 500;
constexpr std::size_t kMostName = 255;

/// The source the caller speaks for: its own, or the one it names.
std::string source_of(const Request& request) {
  const auto named = query(request, "source");
  if (named) return *named;
  return request.identity ? request.identity->source : std::string();
}

/// A file name without folders and control characters; the trace where there is none.
std::string name_of_submission(const Request& request) {
  auto name = query(request, "name").value_or("");
  if (const auto slash = name.find_last_of("/\\"); slash != name.npos) name.erase(0, slash + 1);
  std::erase_if(name, [](char each) { return static_cast<unsigned char>(each) < 0x20 || each == 0x7F; });
  if (name.empty() || name == "." || name == ".." || name.size() > kMostName) return request.trace;
  return name;
}

base::Result<std::optional<std::chrono::sys_days>> as_of(const Request& request) {
  const auto text = query(request, "as_of");
  if (!text) return std::optional<std::chrono::sys_days>{};
  const auto date = base::parse_date(*text);
  if (const auto day = date ? base::day_of(*date) : std::nullopt) return day;
  return base::Error(base::ErrorKind::bad_input, "api.as_of", {{"parameter", "as_of"}});
}

base::Status may_send(const Request& request, const Services& services) {
  const auto source = source_of(request);
  if (source.empty() || !may_see(request, source))
    return base::Error(base::ErrorKind::not_found, "net.not_found");
  auto may = services.hub->may_receive(source);
  if (may.has_error() && may.error().code() == "pipeline.source_unknown")
    return base::Error(base::ErrorKind::not_found, "net.not_found");
  return may;
}

Response refused(const Request& request, const base::Error& error) {
  auto response = net::error_answer(request, error);
  if (response.status == 503) response.headers.set("Retry-After", "30");
  return response;
}

Response received(const Request& request, const ledger::SubmissionInfo& info, const Services& services) {
  const auto language = net::language_of(request.headers);
  auto answer = to_json(info, services, language);
  answer["already_received"] = info.repeated;
  answer["message"] = base::say(language, info.repeated ? "api.already_received" : "api.received");
  auto response = json(info.repeated ? 200 : 202, answer);
  response.headers.set("Location", status_url(info.id));
  return response;
}

void take(const Shared& services, const std::shared_ptr<Request>& request, const net::Reply& reply) {
  auto& body = static_cast<SubmissionBody&>(*request->sink);
  const auto stated = as_of(*request);
  if (stated.has_error()) return reply(net::error_answer(*request, stated.error()));
  if (body.empty())
    return reply(net::error_answer(*request, base::Error(base::ErrorKind::bad_input, "api.empty_body")));
  auto incoming = body.take();
  incoming.source = source_of(*request);
  incoming.name = name_of_submission(*request);
  incoming.stated_as_of = *stated;
  services->hub->receive(std::move(incoming), [services, request, reply](const auto& info) {
    reply(info.has_error() ? refused(*request, info.error()) : received(*request, *info, *services));
  });
}

base::Result<std::shared_ptr<net::BodySink>> open_body(const Shared& services, const Request& request) {
  MUSUBI_TRY(may_send(request, *services));
  return std::shared_ptr<net::BodySink>(std::make_shared<SubmissionBody>(*services->hub));
}

std::optional<ledger::SubmissionInfo> asked_for(const Request& request, const Services& services) {
  const auto id = number_in(request.captured.at("id"));
  if (!id) return {};
  auto info = services.hub->books().submission(*id);
  if (info && !may_see(request, info->source)) return {};
  return info;
}

Response show(const Request& request, const Services& services) {
  const auto info = asked_for(request, services);
  if (!info) return absent(request);
  return json(200, receipt_of(*info, services, net::language_of(request.headers)));
}

Response show_receipt(const Request& request, const Services& services) {
  const auto info = asked_for(request, services);
  if (!info) return absent(request);
  return receipt_page(*info, services, net::language_of(request.headers));
}

Response list(const Request& request, const Services& services) {
  const bool one_source = !may_see(request, "");
  const auto source = one_source ? request.identity->source : query(request, "source").value_or("");
  const auto before = number_asked(request, "before");
  if (before.has_error()) return net::error_answer(request, before.error());
  const auto limit = number_asked(request, "limit");
  if (limit.has_error()) return net::error_answer(request, limit.error());
  const auto most = std::min<std::size_t>(static_cast<std::size_t>(limit->value_or(kPage)), kMostPage);
  const auto language = net::language_of(request.headers);
  boost::json::array submissions;
  const auto page = services.hub->books().newest_submissions(source, before->value_or(0), most);
  for (const auto& each : page) submissions.push_back(to_json(each, services, language));
  object answer{{"submissions", std::move(submissions)}};
  if (!page.empty()) answer["before"] = page.back().id;
  return json(200, answer);
}

}  // namespace

void add_submissions(net::Routes& routes, const Shared& services) {
  const auto whoever_asks = net::any_of(Role::sender, Role::hub, Role::reviewer, Role::operator_);
  net::Route post{.method = net::Method::post,
                  .pattern = "/api/v1/submissions",
                  .needs = net::any_of(Role::sender, Role::hub, Role::operator_),
                  .most_body = services->most_body,
                  .summary = "Hand in a submission: its bytes are the body; 202 means that they are durable"};
  post.sink = [services](Request& request) { return open_body(services, request); };
  post.handler = [services](const std::shared_ptr<Request>& request, const net::Reply& reply) {
    take(services, request, reply);
  };
  routes.add(std::move(post));
  routes.add({.pattern = "/api/v1/submissions",
              .needs = whoever_asks,
              .handler = answering(services, list),
              .summary = "The newest submissions, page by page"});
  routes.add({.pattern = "/api/v1/submissions/{id}",
              .needs = whoever_asks,
              .handler = answering(services, show),
              .summary = "The staged receipt of a submission: kept, read, checked, delivered to whom"});
  routes.add({.pattern = "/api/v1/submissions/{id}/receipt",
              .needs = whoever_asks,
              .handler = answering(services, show_receipt),
              .summary = "The receipt as a page to print"});
}

}  // namespace musubi::console
