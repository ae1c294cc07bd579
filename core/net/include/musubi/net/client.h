// An HTTP/1.1 caller for deliveries and pulls: bounded in time and size, and never without TLS beyond this
// machine.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>

#include "musubi/base/result.h"
#include "musubi/net/http.h"

namespace musubi::net {

struct ClientSettings {
  std::filesystem::path authorities;       ///< PEM file of the authorities to trust; empty: the system's
  std::filesystem::path certificate, key;  ///< PEM, to show when asked for one; both empty: none
  std::chrono::milliseconds idle_time =
      std::chrono::seconds(20);  ///< for each step: connect, send, the next bytes
  std::chrono::milliseconds whole_time = std::chrono::seconds(60);  ///< for the call from beginning to end
  std::uint32_t head_bytes = std::uint32_t{64} * 1024;              ///< of the answer
  std::uint64_t body_bytes = std::uint64_t{16} * 1024 * 1024;       ///< of the answer
};

struct Call {
  Method method = Method::get;
  std::string url;  ///< "https://host[:port]/path?query"; http only to a loopback address
  Headers headers;  ///< Host, Connection and Content-Length are added
  std::string body;
};

/// Any status is an answer, redirections too: they are not followed.
struct Answer {
  unsigned status = 0;
  Headers headers;
  std::string body;
};

/// Threads: any, also at once. A connection is made for each call and closed after it.
class Client {
 public:
  /// Errors: net.tls_files.
  static base::Result<std::unique_ptr<Client>> create(const ClientSettings& settings);
  ~Client();
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  /// Blocks. Looking up a name may go on past whole_time, as the system's resolver cannot be stopped.
  /// Errors: bad_configuration net.call_url, net.call_header, net.call_needs_tls; unavailable
  /// net.call_unreachable, net.call_late, net.call_broken; refused net.call_untrusted; limit_exceeded
  /// net.call_too_large. Unless it is one of the first three, the other end may have acted on the call.
  base::Result<Answer> send(const Call& call) const;

 private:
  struct State;
  explicit Client(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace musubi::net
