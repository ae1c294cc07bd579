#include "wire.h"

#include <openssl/x509.h>

#include <algorithm>
#include <boost/asio/post.hpp>
#include <utility>

#include "certificate.h"
#include "musubi/base/kill_point.h"

namespace musubi::net {
namespace {

constexpr std::size_t kPiece = std::size_t{64} * 1024;

}  // namespace

Wire::Wire(Socket socket, std::shared_ptr<asio::ssl::context> tls)
    : strand_(socket.get_executor()), socket_(std::move(socket)), context_(std::move(tls)) {
  SystemError ignored;
  socket_.set_option(asio::ip::tcp::no_delay(true), ignored);
  if (context_) secure_.emplace(socket_, *context_);
}

void Wire::expect_within(std::chrono::milliseconds time) noexcept {
  expect_until(std::chrono::steady_clock::now() + time);
}

Task<bool> Wire::begin() {
  if (!secure_) co_return true;
  SystemError failure;
  co_await secure_->async_handshake(asio::ssl::stream_base::server, asio::redirect_error(kAwait, failure));
  co_return !failure;
}

Task<std::size_t> Wire::receive(Inbox& inbox) {
  const auto room = inbox.room();
  const auto buffer = asio::buffer(room.bytes, room.size);
  SystemError failure;
  std::size_t bytes = 0;
  if (secure_)
    bytes = co_await secure_->async_read_some(buffer, asio::redirect_error(kAwait, failure));
  else
    bytes = co_await socket_.async_read_some(buffer, asio::redirect_error(kAwait, failure));
  inbox.received(bytes);
  if (bytes != 0) base::kill_point("net.received");
  co_return bytes;
}

Task<bool> Wire::send(std::string_view bytes, std::chrono::milliseconds time) {
  SystemError failure;
  while (!bytes.empty() && !failure) {
    const auto buffer = asio::buffer(bytes.data(), std::min(bytes.size(), kPiece));
    expect_within(time);
    for (auto rest = buffer; rest.size() != 0 && !failure;) {
      std::size_t sent = 0;
      if (secure_)
        sent = co_await secure_->async_write_some(rest, asio::redirect_error(kAwait, failure));
      else
        sent = co_await socket_.async_write_some(rest, asio::redirect_error(kAwait, failure));
      rest += sent;
    }
    bytes.remove_prefix(buffer.size());
  }
  co_return !failure;
}

Task<void> Wire::end() {
  SystemError ignored;
  if (secure_) co_await secure_->async_shutdown(asio::redirect_error(kAwait, ignored));
  socket_.shutdown(Socket::shutdown_send, ignored);
}

void Wire::close() noexcept {
  SystemError ignored;
  socket_.close(ignored);
}

void Wire::interrupt() noexcept {
  SystemError ignored;
  socket_.cancel(ignored);
}

void Wire::sweep(Tick now, std::shared_ptr<void> owner) {
  if (now.time_since_epoch().count() < deadline_.load()) return;
  asio::post(strand_, [this, now, kept = std::move(owner)] {
    if (now.time_since_epoch().count() < deadline_.load()) return;
    late_ = true;
    expect_nothing();
    interrupt();
  });
}

std::string Wire::address() const {
  SystemError failure;
  const auto address = socket_.remote_endpoint(failure).address();
  if (failure) return {};
  if (address.is_v6() && address.to_v6().is_v4_mapped())
    return asio::ip::make_address_v4(asio::ip::v4_mapped, address.to_v6()).to_string();
  return address.to_string();
}

std::string Wire::peer_name() {
  return secure_ ? verified_common_name(secure_->native_handle()) : std::string();
}

}  // namespace musubi::net
