// How a session reads a request.
#include <algorithm>
#include <utility>

#include "head_check.h"
#include "session.h"

namespace musubi::net {
namespace {

constexpr std::size_t kPiece = std::size_t{64} * 1024;      // what a sink is given at once, about
constexpr std::size_t kReserve = std::size_t{1024} * 1024;  // memory taken on a caller's word alone

Refusal too_large() { return {.status = 413, .code = "net.too_large", .after = After::closes}; }
Refusal late() { return {.status = 408, .code = "net.too_slow", .after = After::closes}; }
Refusal head_too_large() { return {.status = 431, .code = "net.head_too_large", .after = After::closes}; }
Refusal url_too_long() { return {.status = 414, .code = "net.url_too_long", .after = After::closes}; }

Refusal refusal_of(HeadFault fault) {
  switch (fault) {
    case HeadFault::too_many_fields:
      return head_too_large();
    case HeadFault::url_too_long:
      return url_too_long();
    case HeadFault::line:
      return bad_request("request line");
    default:
      return bad_request("header");
  }
}

Refusal refusal_of(HeadProblem problem) {
  if (problem == HeadProblem::version) return {.status = 505, .code = "net.version", .after = After::closes};
  return bad_request(problem == HeadProblem::framing ? "Content-Length, Transfer-Encoding" : "header");
}

/// A body so short that its sink is opened when it has come: one errand to a worker instead of three.
bool comes_at_once(const Head& head, const Request& request) {
  return !head.chunked && head.content_length.value_or(0) <= kPiece &&
         request.headers.find("Expect") == nullptr;
}

}  // namespace

Task<Session::Told> Session::read_head(Exchange& exchange) {
  wire_.expect_until(exchange.begun + limits().head_time);
  for (std::size_t known = 0;;) {
    const auto received = inbox_.view();
    const auto size = end_of_head(received, known);
    if (is_hopeless(received.substr(0, size), known)) co_return refuse(exchange, bad_request("line end"));
    if (size != received.npos) co_return parse_head(exchange, size);
    if (received.size() >= limits().head_bytes || inbox_.is_full()) co_return head_too_long(exchange);
    known = received.size();
    const auto bytes = co_await wire_.receive(inbox_);
    if (bytes == 0) co_return ended_early(exchange);
  }
}

Response Session::head_too_long(Exchange& exchange) {
  exchange.input_left = true;
  const auto line = inbox_.view().substr(0, inbox_.view().find('\r'));
  return refuse(exchange, line.size() > limits().url_bytes ? url_too_long() : head_too_large());
}

Session::Told Session::parse_head(Exchange& exchange, std::size_t size) {
  if (size > limits().head_bytes) return head_too_long(exchange);
  const auto head = inbox_.view().substr(0, size);
  exchange.bytes_in = size;
  exchange.input_left = true;
  const auto fault = check_head(head, limits().headers, limits().url_bytes);
  if (fault != HeadFault::none) return refuse(exchange, refusal_of(fault));
  const auto problem = parser_.read_head(head, exchange.head);
  if (problem != HeadProblem::none) return refuse(exchange, refusal_of(problem));
  inbox_.consume(size);
  return std::nullopt;
}

/// Nothing more came of a request that had begun.
Session::Told Session::ended_early(Exchange& exchange) {
  if (wire_.is_late() && !cut_) return refuse(exchange, late());
  exchange.gone = true;
  return std::nullopt;
}

Task<Session::Told> Session::read_body(Exchange& exchange) {
  const auto& request = *exchange.admitted.request;
  const bool has_sink = static_cast<bool>(exchange.admitted.route->sink);
  const bool at_once = has_sink && comes_at_once(exchange.head, request);
  Told told;
  if (has_sink && !at_once) told = co_await open_sink(exchange);
  if (told) co_return told;
  if (exchange.head.has_body()) {
    if (request.headers.find("Expect") != nullptr && inbox_.is_empty()) {
      const bool sent = co_await wire_.send("HTTP/1.1 100 Continue\r\n\r\n", limits().body_idle_time);
      exchange.gone = !sent;
    }
    if (!exchange.gone) told = co_await read_pieces(exchange);
    if (at_once && (told || exchange.gone)) static_cast<void>(co_await give_what_came(exchange));
    if (told || exchange.gone) co_return told;
  }
  exchange.input_left = false;
  const auto sink = request.sink;
  if (!sink) co_return std::nullopt;
  const Job finish = [sink] { return sink->finish(); };
  const auto finished = co_await on_worker(finish);
  if (finished.has_error()) co_return refuse(exchange, finished.error());
  co_return std::nullopt;
}

base::Status Session::open_for(const Route& route, Request& request) noexcept {
  try {
    MUSUBI_ASSIGN(request.sink, route.sink(request));
    if (request.sink) return {};
  } catch (...) {  // whatever a route throws is its defect; told below
  }
  return base::Error(base::ErrorKind::defect, "net.failed");
}

/// The line broke: the sink gets what came before; what it says of it nobody hears.
Task<Session::Told> Session::give_what_came(Exchange& exchange) {
  const auto request = exchange.admitted.request;
  const auto* route = exchange.admitted.route;
  if (request->body.empty()) co_return std::nullopt;
  const Job give = [request, route]() -> base::Status {
    MUSUBI_TRY(open_for(*route, *request));
    return request->sink->write(std::exchange(request->body, {}));
  };
  const auto unheard = co_await on_worker(give);
  static_cast<void>(unheard);
  co_return std::nullopt;
}

Task<Session::Told> Session::open_sink(Exchange& exchange) {
  const auto request = exchange.admitted.request;
  const auto* route = exchange.admitted.route;
  const Job open = [request, route] { return open_for(*route, *request); };
  const auto opened = co_await on_worker(open);
  if (opened.has_error()) co_return refuse(exchange, opened.error());
  co_return std::nullopt;
}

/// Into the request's body, or piece by piece to its sink.
Task<Session::Told> Session::read_pieces(Exchange& exchange) {
  auto& request = *exchange.admitted.request;
  const auto begun = std::chrono::steady_clock::now();
  const auto most = exchange.admitted.route->most_body;
  std::uint64_t received = 0;
  std::string piece;
  std::string& body = request.sink ? piece : request.body;
  body.reserve(std::min<std::uint64_t>(exchange.head.content_length.value_or(0), kReserve));
  while (!parser_.is_complete()) {
    const auto before = body.size();
    const auto step = parser_.read_body(inbox_.view(), body);
    if (step.failed) co_return refuse(exchange, bad_request("body"));
    inbox_.consume(step.consumed);
    exchange.bytes_in += step.consumed;
    received += body.size() - before;
    if (received > most) co_return refuse(exchange, too_large());
    Told told;
    if (request.sink && (piece.size() >= kPiece || parser_.is_complete()))
      told = co_await pass_on(exchange, piece);
    if (!told && !parser_.is_complete()) told = co_await more_of_body(exchange, begun, received);
    if (!told && !exchange.gone) continue;
    // The sink gets what came before the line broke; what it says of it nobody hears.
    if (request.sink && !piece.empty()) static_cast<void>(co_await pass_on(exchange, piece));
    co_return told;
  }
  co_return std::nullopt;
}

Task<Session::Told> Session::pass_on(Exchange& exchange, std::string& piece) {
  const auto taken = std::make_shared<const std::string>(std::exchange(piece, {}));
  const auto sink = exchange.admitted.request->sink;
  const Job write = [sink, taken] { return sink->write(*taken); };
  const auto written = co_await on_worker(write);
  if (written.has_error()) co_return refuse(exchange, written.error());
  co_return std::nullopt;
}

/// The other end may pause for body_idle_time, and must keep up least_body_rate.
Task<Session::Told> Session::more_of_body(Exchange& exchange, Tick begun, std::uint64_t received) {
  if (inbox_.is_full()) co_return refuse(exchange, bad_request("body"));
  auto deadline = std::chrono::steady_clock::now() + limits().body_idle_time;
  if (const auto rate = limits().least_body_rate; rate != 0)
    deadline =
        std::min(deadline, begun + limits().body_idle_time + std::chrono::seconds(received / rate + 1));
  wire_.expect_until(deadline);
  const auto bytes = co_await wire_.receive(inbox_);
  if (bytes == 0) co_return ended_early(exchange);
  co_return std::nullopt;
}

}  // namespace musubi::net
