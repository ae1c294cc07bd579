#include "session.h"

#include <algorithm>
#include <boost/asio/post.hpp>
#include <utility>

#include "bearer.h"
#include "musubi/net/answers.h"

namespace musubi::net {
namespace {

constexpr std::size_t kLeastInbox = std::size_t{16} * 1024;

std::chrono::microseconds since(Tick begun) {
  return std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - begun);
}

/// Of a request line that may not have come whole: "POST /fhir?_format=xml HTTP/1.1".
std::string_view target_in(std::string_view line) {
  return line.substr(std::min(line.find(' '), line.size() - 1) + 1);
}

/// As it is written.
std::string path_in(std::string_view target) {
  return std::string(target.substr(0, target.find_first_of(" ?\r\n")));
}

}  // namespace

Session::Session(House& house, Socket socket, std::shared_ptr<asio::ssl::context> tls,
                 const std::atomic<std::size_t>& connections_of_loop)
    : house_(house),
      connections_of_loop_(connections_of_loop),
      wire_(std::move(socket), std::move(tls)),
      inbox_(std::max(kLeastInbox, house.settings.limits.head_bytes)) {
  peer_.address = wire_.address();
}

Task<void> Session::run() {
  wire_.expect_within(limits().head_time);
  bool more = co_await wire_.begin();
  if (more) peer_.certificate = wire_.peer_name();
  while (more) more = co_await serve_one();
  wire_.expect_nothing();
  wire_.close();
}

void Session::wind_down() {
  asio::post(strand(), [self = shared_from_this()] {
    if (self->idle_) self->wire_.interrupt();
  });
}

void Session::cut() {
  asio::post(strand(), [self = shared_from_this()] {
    self->cut_ = true;
    self->wire_.close();
    if (self->waiting_for_) self->waiting_for_->abandon();
  });
}

/// False: none comes.
Task<bool> Session::next_request() {
  if (house_.stopping) co_return false;
  if (!inbox_.is_empty()) co_return true;
  wire_.expect_within(std::exchange(first_, false) ? limits().head_time : limits().keep_alive_time);
  idle_ = true;
  const auto bytes = co_await wire_.receive(inbox_);
  idle_ = false;
  co_return bytes != 0;
}

/// False: the connection is at its end.
Task<bool> Session::serve_one() {
  const bool begins = co_await next_request();
  if (!begins) co_return false;
  Exchange exchange;
  exchange.begun = std::chrono::steady_clock::now();
  Told told = co_await receive(exchange);
  if (!told && !exchange.gone) told = co_await handle(exchange);
  bool sent = false;
  if (!exchange.gone) sent = co_await answer(exchange, std::move(*told));
  report(exchange);
  if (sent && !exchange.closes) co_return true;
  if (sent) co_await leave(exchange);
  co_return false;
}

Task<Session::Told> Session::receive(Exchange& exchange) {
  Told told = co_await read_head(exchange);
  if (exchange.gone || told) co_return told;
  exchange.admitted = house_.admission.admit(exchange.head, peer_, exchange.begun);
  const auto& request = *exchange.admitted.request;
  exchange.trace = request.trace;
  exchange.language = language_of(request.headers);
  exchange.closes = !exchange.head.keep_alive;
  exchange.input_left = exchange.head.has_body();
  if (exchange.admitted.refusal) co_return refuse(exchange, *exchange.admitted.refusal);
  told = co_await read_body(exchange);
  co_return told;
}

Response Session::refuse(Exchange& exchange, const Refusal& refusal) {
  if (refusal.after == After::closes) exchange.closes = true;
  if (exchange.trace.empty()) exchange.trace = new_trace_id();
  return told(exchange, refusal_answer(refusal, exchange.language, exchange.trace), error_of(refusal));
}

/// As its path has it told.
Response Session::told(const Exchange& exchange, Response answer, const base::Error& error) const noexcept {
  try {
    Request request = exchange.admitted.request ? *exchange.admitted.request : Request();
    if (request.path.empty() && !exchange.head.target.empty()) request.path = path_in(exchange.head.target);
    if (request.path.empty() && !inbox_.is_empty()) request.path = path_in(target_in(inbox_.view()));
    if (const auto* teller = house_.routes.teller_of(request.path)) {
      auto retold = (*teller)(request, answer.status, error);
      answer.content_type = std::move(retold.content_type);
      answer.body = std::move(retold.body);
    }
  } catch (...) {  // no memory: told as it is
  }
  return answer;
}

Response Session::refuse(Exchange& exchange, const base::Error& error) {
  exchange.closes = true;
  const auto& route = *exchange.admitted.route;
  const auto& request = *exchange.admitted.request;
  return route.tells ? route.tells(request, error) : error_answer(request, error);
}

Task<base::Status> Session::on_worker(const Job& job) {
  const auto slot = std::make_shared<Slot<base::Status>>();
  wire_.expect_nothing();
  waiting_for_ = slot;
  const bool taken = !cut_ && house_.workers.post([slot, job] { slot->put(job()); });
  if (!taken) co_return base::Error(base::ErrorKind::unavailable, "net.busy");
  auto status = co_await slot->take();
  waiting_for_.reset();
  if (!status) co_return base::Error(base::ErrorKind::unavailable, "net.stopping");
  co_return *status;
}

void Session::report(const Exchange& exchange) const {
  const auto* request = exchange.admitted.request.get();
  const auto* identity = request == nullptr ? nullptr : request->identity.get();
  const auto* route = exchange.admitted.route;
  house_.observer.on_request({
      .method = request == nullptr || request->path.empty() ? std::string_view() : name_of(request->method),
      .route = route == nullptr ? std::string_view() : std::string_view(route->pattern),
      .status = exchange.status,
      .duration = since(exchange.begun),
      .bytes_in = exchange.bytes_in,
      .bytes_out = exchange.bytes_out,
      .trace = exchange.trace,
      .token = identity == nullptr ? std::string_view() : std::string_view(identity->token),
  });
}

}  // namespace musubi::net
