// A caller that sends whatever bytes a test wants, well formed or not.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace musubi::net::testing {

struct RawAnswer {
  unsigned status = 0;                         ///< 0: the connection ended without one
  std::map<std::string, std::string> headers;  ///< names in small letters
  std::string body;
};

/// One connection to 127.0.0.1. Blocks at most some seconds for anything.
class RawClient {
 public:
  /// `from`: the address of the caller, one of this machine.
  explicit RawClient(std::uint16_t port, const std::string& from = "127.0.0.1");
  ~RawClient();
  RawClient(const RawClient&) = delete;
  RawClient& operator=(const RawClient&) = delete;

  /// False: the other end has closed.
  bool send(std::string_view bytes) const;
  /// The next answer; `to_head` when it answers a HEAD request.
  RawAnswer receive(bool to_head = false);
  RawAnswer ask(std::string_view bytes) {
    send(bytes);
    return receive();
  }
  /// Whether the other end closes, without a further byte, before the patience of this client is over.
  bool is_closed();
  void stop_sending() const;

 private:
  bool read_more();
  int socket_;
  std::string received_;
};

/// A request without a body; `headers` are whole lines with CRLF.
std::string get(std::string_view target, std::string_view headers = {});
std::string post(std::string_view target, std::string_view body, std::string_view headers = {});
std::string bearer(std::string_view token);

}  // namespace musubi::net::testing
