#include "net_echo.h"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>
#include <thread>

namespace musubi::bench {
namespace {

namespace asio = boost::asio;
namespace http = boost::beast::http;
using asio::ip::tcp;
using Failure = boost::system::error_code;

class Connection : public std::enable_shared_from_this<Connection> {
 public:
  explicit Connection(tcp::socket socket) : socket_(std::move(socket)) {
    socket_.set_option(tcp::no_delay(true));
    buffer_.reserve(16 * 1024);
  }
  void read() {
    request_ = {};
    http::async_read(socket_, buffer_, request_, [self = shared_from_this()](Failure failure, std::size_t) {
      if (!failure) self->answer();
    });
  }

 private:
  void answer() {
    response_ = {http::status::ok, request_.version()};
    response_.set(http::field::content_type, "application/json");
    response_.body() = "{\"bytes\":" + std::to_string(request_.body().size()) + "}";
    response_.prepare_payload();
    http::async_write(socket_, response_, [self = shared_from_this()](Failure failure, std::size_t) {
      if (!failure) self->read();
    });
  }
  tcp::socket socket_;
  boost::beast::flat_buffer buffer_;
  http::request<http::string_body> request_;
  http::response<http::string_body> response_;
};

}  // namespace

class BareBeast::Running {
 public:
  Running() {
    accept();
    thread_ = std::jthread([this] { io_.run(); });
  }
  ~Running() { io_.stop(); }
  Running(const Running&) = delete;
  Running& operator=(const Running&) = delete;
  std::uint16_t port() const { return acceptor_.local_endpoint().port(); }

 private:
  void accept() {
    acceptor_.async_accept([this](Failure failure, tcp::socket socket) {
      if (failure) return;
      std::make_shared<Connection>(std::move(socket))->read();
      accept();
    });
  }
  asio::io_context io_{1};
  tcp::acceptor acceptor_{io_, tcp::endpoint(asio::ip::address_v4::loopback(), 0)};
  std::jthread thread_;
};

BareBeast::BareBeast() : running_(std::make_unique<Running>()) {}
BareBeast::~BareBeast() = default;
std::uint16_t BareBeast::port() const { return running_->port(); }

}  // namespace musubi::bench
