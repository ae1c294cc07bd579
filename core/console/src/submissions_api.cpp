// What senders hand in, and what becomes of it.
#include <boost/json.hpp>
#include <mutex>

#include "form_body.h"
#include "handing_in.h"
#include "receipt_page.h"

namespace musubi::console {
namespace {

using boost::json::object;
using net::Request;
using net::Response;
using net::Role;

constexpr std::size_t kPage = 50, kMostPage = 500;
const std::string* content_type(const Request& request) { return request.headers.find("Content-Type"); }
bool sends_form(const Request& request) {
  return content_type(request) != nullptr && net::is_form(*content_type(request));
}

Response nothing_in(const Request& request) {
  return net::error_answer(request, base::Error(base::ErrorKind::bad_input, "api.empty_body"));
}

/// Hands in several, and answers when the last is durable. Threads: any.
class HandingIn : public std::enable_shared_from_this<HandingIn> {
 public:
  HandingIn(Shared services, std::shared_ptr<Request> request, net::Reply reply)
      : services_(std::move(services)), request_(std::move(request)), reply_(std::move(reply)) {}

  void start(std::vector<pipeline::Incoming> all) {
    left_ = all.size();
    infos_.resize(all.size());
    for (std::size_t index = 0; index < all.size(); ++index)
      services_->hub->receive(std::move(all[index]), [self = shared_from_this(), index](auto info) {
        self->done(index, std::move(info));
      });
  }

 private:
  void done(std::size_t index, base::Result<ledger::SubmissionInfo> info) {
    const std::lock_guard lock(mutex_);
    if (info.has_error())
      failure_ = info.error();
    else
      infos_[index] = std::move(*info);
    if (--left_ == 0) reply_(answer());
  }

  /// What was handed in beside something that failed is recognised when it is sent again.
  Response answer() const {
    if (failure_) return refused(*request_, *failure_);
    if (infos_.size() == 1) return received_answer(*request_, infos_.front(), *services_);
    boost::json::array all;
    const auto language = net::language_of(request_->headers);
    for (const auto& each : infos_) all.push_back(received(each, *services_, language));
    return json(202, object{{"submissions", std::move(all)}});
  }

  const Shared services_;
  const std::shared_ptr<Request> request_;
  const net::Reply reply_;
  std::mutex mutex_;
  std::vector<ledger::SubmissionInfo> infos_;
  std::optional<base::Error> failure_;
  std::size_t left_ = 0;
};

std::vector<pipeline::Incoming> sent_as_form(const Request& request) {
  std::vector<pipeline::Incoming> all;
  for (auto& file : static_cast<FormBody&>(*request.sink).take()) {
    all.push_back(file.body->take());
    all.back().name = name_of_submission(file.name, request);
  }
  return all;
}

std::vector<pipeline::Incoming> sent_as_bytes(const Request& request) {
  auto& body = static_cast<SubmissionBody&>(*request.sink);
  if (body.empty()) return {};
  std::vector<pipeline::Incoming> all;
  all.push_back(body.take());
  all.back().name = name_of_submission(query(request, "name").value_or(""), request);
  return all;
}

void take(const Shared& services, const std::shared_ptr<Request>& request, const net::Reply& reply) {
  const auto stated = as_of(*request);
  if (stated.has_error()) return reply(net::error_answer(*request, stated.error()));
  auto all = sends_form(*request) ? sent_as_form(*request) : sent_as_bytes(*request);
  if (all.empty()) return reply(nothing_in(*request));
  for (auto& each : all) {
    each.source = source_of(*request);
    each.stated_as_of = *stated;
  }
  std::make_shared<HandingIn>(services, request, reply)->start(std::move(all));
}

base::Result<std::shared_ptr<net::BodySink>> open_body(const Shared& services, const Request& request) {
  MUSUBI_TRY(may_send(request, *services));
  if (!sends_form(request))
    return std::shared_ptr<net::BodySink>(std::make_shared<SubmissionBody>(*services->hub));
  MUSUBI_ASSIGN(auto form, FormBody::open(*content_type(request), *services->hub));
  return std::shared_ptr<net::BodySink>(std::move(form));
}

std::optional<ledger::SubmissionInfo> asked_for(const Request& request, const Services& services) {
  const auto id = number_in(request.captured.at("id"));
  if (!id) return {};
  auto info = services.hub->books().submission(*id);
  if (info && !may_see(request, services, info->source)) return {};
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
  auto source = only_source(request);
  if (source.empty()) source = query(request, "source").value_or("");
  const auto before = number_asked(request, "before");
  if (before.has_error()) return net::error_answer(request, before.error());
  const auto limit = number_asked(request, "limit");
  if (limit.has_error()) return net::error_answer(request, limit.error());
  const auto most = std::min<std::size_t>(static_cast<std::size_t>(limit->value_or(kPage)), kMostPage);
  const auto language = net::language_of(request.headers);
  boost::json::array submissions;
  const auto page = services.hub->books().newest_submissions(source, before->value_or(0), most);
  for (const auto& each : page)
    if (may_see(request, services, each.source)) submissions.push_back(to_json(each, services, language));
  object answer{{"submissions", std::move(submissions)}};
  if (!page.empty()) answer["before"] = page.back().id;
  return json(200, answer);
}

}  // namespace

void add_submissions(net::Routes& routes, const Shared& services) {
  const auto whoever_asks = net::any_of(Role::sender, Role::hub, Role::reviewer, Role::operator_);
  net::Route post{
      .method = net::Method::post,
      .pattern = "/api/v1/submissions",
      .needs = kWhoHandsIn,
      .most_body = services->most_body,
      .summary = "Hand in: the body is a file, or a form with files; 202 means that it is durable",
      .tells = refused};
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
