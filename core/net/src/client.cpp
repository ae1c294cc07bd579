#include "musubi/net/client.h"

#include <algorithm>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/ssl/error.hpp>
#include <boost/asio/ssl/host_name_verification.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/http/write.hpp>
#include <optional>
#include <utility>

#include "asio.h"
#include "certificate.h"
#include "characters.h"
#include "url.h"

namespace musubi::net {
namespace {

namespace beast = boost::beast;
namespace http = beast::http;
using asio::ip::tcp;
using Stream = beast::basic_stream<tcp, Strand>;
using SecureStream = asio::ssl::stream<Stream>;
using WireRequest = http::request<http::string_body>;
using Parser = http::response_parser<http::string_body>;

base::Error misconfigured(std::string_view code) { return {base::ErrorKind::bad_configuration, code}; }
base::Error unavailable(std::string_view code) { return {base::ErrorKind::unavailable, code}; }

bool is_sendable(const Headers::Field& field) {
  return is_token(field.first) && std::ranges::none_of(field.second, is_control);
}

http::verb verb_of(Method method) { return http::string_to_verb(name_of(method)); }

WireRequest wire_request(const Call& call, const Url& url) {
  WireRequest request(verb_of(call.method), url.target, 11);
  for (const auto& [name, value] : call.headers.all()) request.insert(name, value);
  request.set(http::field::host, url.authority);
  request.set(http::field::connection, "close");
  request.body() = call.body;
  if (!call.body.empty() || call.method == Method::post || call.method == Method::put ||
      call.method == Method::patch)
    request.prepare_payload();
  return request;
}

Answer answer_of(const http::response<http::string_body>& response) {
  Answer answer;
  answer.status = response.result_int();
  for (const auto& field : response)
    answer.headers.add(std::string(field.name_string().data(), field.name_string().size()),
                       std::string(field.value().data(), field.value().size()));
  answer.body = response.body();
  return answer;
}

/// So that the other end can choose its certificate (RFC 6066, section 3).
void send_name(SSL* connection, std::string host) {
  SSL_ctrl(connection, SSL_CTRL_SET_TLSEXT_HOSTNAME, TLSEXT_NAMETYPE_host_name, host.data());
}

base::Error error_of(const SystemError& failure) {
  if (failure == beast::error::timeout) return unavailable("net.call_late");
  if (failure == http::error::body_limit || failure == http::error::header_limit ||
      failure == http::error::buffer_overflow)
    return {base::ErrorKind::limit_exceeded, "net.call_too_large"};
  return unavailable("net.call_broken");
}

/// One call on an event loop of its own.
class Calling {
 public:
  Calling(const ClientSettings& settings, asio::ssl::context& tls, const Call& call, const Url& url)
      : settings_(settings), tls_(tls), url_(url), request_(wire_request(call, url)), method_(call.method) {}

  base::Result<Answer> run() {
    asio::co_spawn(strand_, call(), [this](const std::exception_ptr& thrown, base::Result<Answer> result) {
      result_ = thrown ? unavailable("net.call_broken") : std::move(result);
    });
    io_.run_for(settings_.whole_time);
    if (result_) return std::move(*result_);
    return unavailable("net.call_late");
  }

 private:
  Task<base::Result<Answer>> call();
  Task<SystemError> connect(Stream& stream);
  Task<base::Result<Answer>> call_securely(Stream stream);
  template <class Any>
  Task<base::Result<Answer>> exchange(Any& stream);
  template <class Any>
  Task<SystemError> read(Any& stream, beast::flat_buffer& buffer, Parser& parser);
  void set_limits(Parser& parser) const;
  static Stream& lowest(Stream& stream) { return stream; }
  static Stream& lowest(SecureStream& stream) { return stream.next_layer(); }

  const ClientSettings& settings_;
  asio::ssl::context& tls_;
  const Url& url_;
  WireRequest request_;
  Method method_;
  bool goes_outside_ = false;
  asio::io_context io_{1};
  Strand strand_{io_.get_executor()};
  std::optional<base::Result<Answer>> result_;
};

Task<SystemError> Calling::connect(Stream& stream) {
  SystemError failure;
  asio::ip::basic_resolver<tcp, Strand> resolver(strand_);
  const auto places =
      co_await resolver.async_resolve(url_.host, url_.port, asio::redirect_error(kAwait, failure));
  if (failure) co_return failure;
  goes_outside_ = std::ranges::any_of(
      places, [](const auto& place) { return !place.endpoint().address().is_loopback(); });
  if (goes_outside_ && !url_.secure) co_return failure;
  stream.expires_after(settings_.idle_time);
  co_await stream.async_connect(places, asio::redirect_error(kAwait, failure));
  co_return failure;
}

Task<base::Result<Answer>> Calling::call() {
  Stream stream(strand_);
  const auto failure = co_await connect(stream);
  if (goes_outside_ && !url_.secure) co_return misconfigured("net.call_needs_tls");
  if (failure == beast::error::timeout) co_return unavailable("net.call_late");
  if (failure) co_return unavailable("net.call_unreachable");
  if (url_.secure) {
    auto answer = co_await call_securely(std::move(stream));
    co_return answer;
  }
  auto answer = co_await exchange(stream);
  co_return answer;
}

Task<base::Result<Answer>> Calling::call_securely(Stream stream) {
  SecureStream secure(std::move(stream), tls_);
  SystemError failure;
  const bool is_named = std::ranges::any_of(url_.host, is_letter) && url_.host.find(':') == std::string::npos;
  if (is_named) send_name(secure.native_handle(), url_.host);
  secure.set_verify_callback(asio::ssl::host_name_verification(url_.host), failure);
  lowest(secure).expires_after(settings_.idle_time);
  if (!failure) co_await secure.async_handshake(SecureStream::client, asio::redirect_error(kAwait, failure));
  if (failure == beast::error::timeout) co_return unavailable("net.call_late");
  if (failure && SSL_get_verify_result(secure.native_handle()) != X509_V_OK)
    co_return base::Error(base::ErrorKind::refused, "net.call_untrusted");
  if (failure) co_return unavailable("net.call_broken");
  auto answer = co_await exchange(secure);
  co_return answer;
}

void Calling::set_limits(Parser& parser) const {
  parser.header_limit(settings_.head_bytes);
  parser.body_limit(settings_.body_bytes);
  parser.skip(method_ == Method::head);
}

template <class Any>
Task<base::Result<Answer>> Calling::exchange(Any& stream) {
  SystemError failure;
  lowest(stream).expires_after(settings_.idle_time);
  co_await http::async_write(stream, request_, asio::redirect_error(kAwait, failure));
  // Whoever refuses a call early answers before it has read everything: the answer counts.
  beast::flat_buffer buffer(settings_.head_bytes);
  std::optional<Parser> parser;
  do {  // answers 1xx come before the one that counts
    parser.emplace();
    set_limits(*parser);
    const auto unread = co_await read(stream, buffer, *parser);
    if (unread) co_return error_of(failure == beast::error::timeout ? failure : unread);
  } while (parser->get().result_int() < 200);
  co_return answer_of(parser->get());
}

/// One message. Each piece may take idle_time.
template <class Any>
Task<SystemError> Calling::read(Any& stream, beast::flat_buffer& buffer, Parser& parser) {
  SystemError failure;
  while (!parser.is_done() && !failure) {
    lowest(stream).expires_after(settings_.idle_time);
    co_await http::async_read_some(stream, buffer, parser, asio::redirect_error(kAwait, failure));
  }
  co_return failure;
}

}  // namespace

struct Client::State {
  ClientSettings settings;
  std::shared_ptr<asio::ssl::context> tls;
};

base::Result<std::unique_ptr<Client>> Client::create(const ClientSettings& settings) {
  MUSUBI_ASSIGN(auto tls, make_tls_context(settings));
  return std::unique_ptr<Client>(new Client(std::make_unique<State>(State{settings, std::move(tls)})));
}

Client::Client(std::unique_ptr<State> state) : state_(std::move(state)) {}
Client::~Client() = default;

base::Result<Answer> Client::send(const Call& call) const {
  const auto url = parse_url(call.url);
  if (!url) return misconfigured("net.call_url");
  if (!std::ranges::all_of(call.headers.all(), is_sendable)) return misconfigured("net.call_header");
  try {
    return Calling(state_->settings, *state_->tls, call, *url).run();
  } catch (const std::exception&) {  // out of descriptors or memory
    return unavailable("net.call_unreachable");
  }
}

}  // namespace musubi::net
