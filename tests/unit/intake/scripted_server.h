// A server on this machine that does with each connection what the test says.
#pragma once

#include <Poco/Net/SecureServerSocket.h>
#include <Poco/Net/ServerSocket.h>
#include <Poco/Net/StreamSocket.h>

#include <atomic>
#include <functional>
#include <string>
#include <thread>

namespace musubi::testing {

class ScriptedServer {
 public:
  using Talk = std::function<void(Poco::Net::StreamSocket&)>;

  /// One connection after the other. What `talk` throws ends the connection.
  explicit ScriptedServer(Talk talk)
      : ScriptedServer(Poco::Net::ServerSocket(Poco::Net::SocketAddress("127.0.0.1", 0)), std::move(talk)) {}
  ScriptedServer(const Poco::Net::ServerSocket& socket, Talk talk)
      : socket_(socket),
        talk_(std::move(talk)),
        thread_([this](const std::stop_token& stop) { serve(stop); }) {}

  std::uint16_t port() const { return socket_.address().port(); }
  int connections() const { return connections_; }

 private:
  void serve(const std::stop_token& stop) {
    while (!stop.stop_requested()) {
      if (!socket_.poll(Poco::Timespan(0, 5'000), Poco::Net::Socket::SELECT_READ)) continue;
      try {
        auto connection = socket_.acceptConnection();
        connection.setReceiveTimeout(Poco::Timespan(5, 0));
        ++connections_;
        talk_(connection);
        connection.shutdownSend();
      } catch (const Poco::Exception&) {  // the client went away
      }
    }
  }

  Poco::Net::ServerSocket socket_;
  Talk talk_;
  std::atomic<int> connections_ = 0;
  std::jthread thread_;
};

/// One line from the client without its end; empty when it went away.
inline std::string receive_line(Poco::Net::StreamSocket& socket) {
  std::string line;
  for (char each = 0; socket.receiveBytes(&each, 1) == 1;) {
    if (each == '\n') return line;
    if (each != '\r') line += each;
  }
  return line;
}

inline void send(Poco::Net::StreamSocket& socket, std::string_view text) {
  while (!text.empty()) {
    const int sent = socket.sendBytes(text.data(), static_cast<int>(text.size()));
    text.remove_prefix(static_cast<std::size_t>(sent));
  }
}

}  // namespace musubi::testing
