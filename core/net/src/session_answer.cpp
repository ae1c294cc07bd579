// How a session has a request handled, and sends the answer.
#include <atomic>
#include <utility>

#include "file_body.h"
#include "musubi/base/kill_point.h"
#include "musubi/net/answers.h"
#include "response_head.h"
#include "session.h"

namespace musubi::net {
namespace {

constexpr std::size_t kSentTogether = std::size_t{16} * 1024;  // a body up to this goes with its head
constexpr std::chrono::seconds kLingers{2};
constexpr std::uint64_t kDropped = std::uint64_t{1024} * 1024;
Refusal busy() { return {.status = 503, .code = "net.busy", .retry_after = std::chrono::seconds(1)}; }
Refusal file_missing() { return {.status = 404, .code = "net.not_found"}; }

/// What a route made of a request; an error is one of its sink.
using Outcome = base::Result<Response>;

/// What a handler threw is its defect.
Response failed(const Routes& routes, const Request& request) {
  const base::Error error(base::ErrorKind::defect, "net.failed");
  const auto* teller = routes.teller_of(request.path);
  return teller == nullptr ? error_answer(request, error) : (*teller)(request, status_of(error), error);
}

/// Puts the answer of a handler into the slot, or 500 where it goes without one.
class Answering {
 public:
  Answering(const Routes& routes, std::shared_ptr<Slot<Outcome>> slot, std::shared_ptr<const Request> request)
      : routes_(routes), slot_(std::move(slot)), request_(std::move(request)) {}
  Answering(const Answering&) = delete;
  Answering& operator=(const Answering&) = delete;
  ~Answering() { fail(); }
  void put(Outcome outcome) {
    if (!answered_.exchange(true)) slot_->put(std::move(outcome));
  }
  void fail() noexcept {
    if (answered_.exchange(true)) return;
    try {
      slot_->put(failed(routes_, *request_));
    } catch (...) {  // no memory: the connection is closed with its session
      slot_->abandon();
    }
  }

 private:
  std::atomic<bool> answered_ = false;
  const Routes& routes_;
  std::shared_ptr<Slot<Outcome>> slot_;
  std::shared_ptr<const Request> request_;
};

void run_handler(const Handler& handler, std::shared_ptr<Request> request,
                 const std::shared_ptr<Answering>& answering) noexcept {
  try {
    handler(std::move(request), [answering](Response response) { answering->put(std::move(response)); });
  } catch (...) {  // whatever a handler throws is its defect
    answering->fail();
  }
}

bool is_missing(const base::Error& error) { return error.code() == "file.not_found"; }

}  // namespace

/// Of a body that came whole before its sink was opened.
base::Status Session::open_and_fill(const Route& route, Request& request) noexcept {
  if (!route.sink || request.sink) return {};
  MUSUBI_TRY(open_for(route, request));
  const auto body = std::exchange(request.body, {});
  if (!body.empty()) MUSUBI_TRY(request.sink->write(body));
  return request.sink->finish();
}

Task<Response> Session::handle(Exchange& exchange) {
  const auto slot = std::make_shared<Slot<Outcome>>();
  const auto request = exchange.admitted.request;
  const auto& route = *exchange.admitted.route;
  wire_.expect_nothing();
  waiting_for_ = slot;
  // The last copy of the answering goes with the handler's last copy of Reply.
  std::function<void()> job = [&route, request,
                               answering = std::make_shared<Answering>(house_.routes, slot, request)] {
    const auto filled = open_and_fill(route, *request);
    if (filled.has_error()) return answering->put(filled.error());
    run_handler(route.handler, request, answering);
  };
  const bool in_place =
      route.in_place && !request->sink && !exchange.head.chunked && route.in_place(*request);
  request->may_wait = in_place && connections_of_loop_ == 1;
  if (in_place && !cut_) job();
  const bool taken = in_place || (!cut_ && house_.workers.post(job));
  job = nullptr;
  if (!taken) co_return refuse(exchange, busy());
  auto outcome = co_await slot->take();
  waiting_for_.reset();
  exchange.gone = !outcome;
  if (!outcome) co_return Response{};
  if (outcome->has_error()) co_return refuse(exchange, outcome->error());
  auto response = std::move(**outcome);
  if (!response.made_by) co_return std::move(response);
  if (in_place) co_return make(response.made_by, *request);
  const auto made = std::make_shared<Response>();
  const Job making = [this, made, request, maker = std::move(response.made_by)]() -> base::Status {
    *made = make(maker, *request);
    return {};
  };
  const auto status = co_await on_worker(making);
  if (status.has_error()) co_return refuse(exchange, status.error());
  co_return std::move(*made);
}

Response Session::make(const std::function<Response()>& maker, const Request& request) const noexcept {
  try {
    return maker();
  } catch (...) {  // whatever a handler throws is its defect
    return failed(house_.routes, request);
  }
}

/// False: it could not be sent.
Task<bool> Session::answer(Exchange& exchange, Response response) {
  exchange.closes = exchange.closes || house_.stopping || wire_.is_late();
  exchange.status = response.status;
  bool sent = false;
  if (!response.file.empty()) {
    sent = co_await answer_file(exchange, std::move(response));
  } else {
    sent = co_await send_head(exchange, response, response.body.size());
  }
  if (!sent) exchange.closes = true;
  co_return sent;
}

/// And the body, unless there is none to send.
Task<bool> Session::send_head(Exchange& exchange, const Response& response, std::uint64_t body_bytes) {
  const ResponseFrame frame{.body_bytes = body_bytes,
                            .keeps_alive = !exchange.closes,
                            .secure = wire_.is_secure(),
                            .trace = exchange.trace,
                            .now = house_.clock.now()};
  auto head = response_head(response, frame);
  const std::string_view body =
      has_body(exchange, response) ? std::string_view(response.body) : std::string_view();
  const bool together = body.size() <= kSentTogether;
  if (together) head.append(body);
  exchange.bytes_out += head.size() + (together ? 0 : body.size());
  base::kill_point("net.before_answer");
  bool sent = co_await wire_.send(head, limits().body_idle_time);
  if (sent && !together) sent = co_await wire_.send(body, limits().body_idle_time);
  co_return sent;
}

bool Session::has_body(const Exchange& exchange, const Response& response) {
  const auto* request = exchange.admitted.request.get();
  return may_have_body(response.status) && (request == nullptr || request->method != Method::head);
}

Task<bool> Session::answer_file(Exchange& exchange, Response response) {
  const auto file = std::make_shared<std::optional<FileBody>>();
  const Job open = [file, path = response.file]() -> base::Status {
    MUSUBI_ASSIGN(*file, FileBody::open(path));
    return {};
  };
  const auto opened = co_await on_worker(open);
  if (opened.has_error()) {
    const auto refused =
        is_missing(opened.error()) ? refuse(exchange, file_missing()) : refuse(exchange, opened.error());
    exchange.status = refused.status;
    co_return co_await send_head(exchange, refused, refused.body.size());
  }
  response.body.clear();
  bool sent = co_await send_head(exchange, response, (*file)->size());
  if (sent && has_body(exchange, response)) sent = co_await send_file(exchange, file);
  co_return sent;
}

Task<bool> Session::send_file(Exchange& exchange, std::shared_ptr<std::optional<FileBody>> file) {
  const auto piece = std::make_shared<std::string>();
  const Job read_piece = [file, piece]() -> base::Status {
    MUSUBI_ASSIGN(*piece, (*file)->read());
    return {};
  };
  for (auto left = (*file)->size(); left != 0; left -= piece->size()) {
    const auto read = co_await on_worker(read_piece);
    if (read.has_error() || piece->empty()) co_return false;
    const bool sent = co_await wire_.send(*piece, limits().body_idle_time);
    if (!sent) co_return false;
    exchange.bytes_out += piece->size();
  }
  co_return true;
}

/// Where the other end still sends, closing at once would take the answer from it (RFC 9112, section 9.6).
Task<void> Session::leave(const Exchange& exchange) {
  wire_.expect_within(kLingers);
  co_await wire_.end();
  if (!exchange.input_left || wire_.is_secure()) co_return;
  for (std::uint64_t dropped = 0; dropped < kDropped;) {
    inbox_.consume(inbox_.view().size());
    const auto bytes = co_await wire_.receive(inbox_);
    if (bytes == 0) co_return;
    dropped += bytes;
  }
}

}  // namespace musubi::net
