// The HTTP/1.1 server: reads bounded requests, lets in who may, hands them to handlers, answers in order.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "musubi/base/clock.h"
#include "musubi/base/result.h"
#include "musubi/net/gate.h"
#include "musubi/net/observer.h"
#include "musubi/net/routes.h"

namespace musubi::net {

/// PEM files. TLS 1.2 and 1.3.
struct Tls {
  std::filesystem::path certificate;  ///< with its chain
  std::filesystem::path key;
  std::filesystem::path client_ca;  ///< callers' certificates are checked against it; empty: not asked for
  bool client_required = false;     ///< without a good certificate there is no connection
};

struct Limits {
  std::size_t head_bytes = std::size_t{16} * 1024;                      ///< request line and headers: 431
  std::size_t headers = 100;                                            ///< 431
  std::size_t url_bytes = std::size_t{8} * 1024;                        ///< 414
  std::chrono::milliseconds head_time = std::chrono::seconds(10);       ///< from the first byte on: 408
  std::chrono::milliseconds body_idle_time = std::chrono::seconds(20);  ///< between pieces, both ways: 408
  std::uint64_t least_body_rate =
      1024;  ///< bytes a second, after the first body_idle_time, both ways; 0: any
  std::chrono::milliseconds keep_alive_time = std::chrono::seconds(60);  ///< until the next request
  std::size_t connections = 1024;
  std::size_t connections_per_address = 64;
  std::size_t waiting = 1024;  ///< requests that wait for a worker: 503
};

/// 0: no limit.
struct Rate {
  double requests_per_second = 200;  ///< per token, or per address of callers without one: 429
  double burst = 400;
  double failures_per_minute = 30;  ///< wrong tokens per address: 429
};

struct ServerSettings {
  std::string address = "127.0.0.1";  ///< an IP address; others than loopback need tls and a token
  std::uint16_t port = 0;             ///< 0: any free one
  std::optional<Tls> tls;
  Limits limits;
  Rate rate;
  std::size_t loops = 0;    ///< threads that read, answer and run short handlers; 0: one a core, at most 8
  std::size_t workers = 4;  ///< threads that run handlers
};

/// Threads: any. The gate, the observer and the clock must outlive the server; Replies may outlive it.
class Server {
 public:
  /// Listens when it returns. Errors: net.bad_address, net.cannot_listen, net.needs_tls, net.needs_tokens,
  /// net.tls_files, those of Routes::check().
  static base::Result<std::unique_ptr<Server>> start(const ServerSettings& settings, Routes routes,
                                                     Gate& gate, Observer& observer,
                                                     const base::Clock& clock);
  /// stop() without grace.
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  std::uint16_t port() const noexcept;
  /// Reads the certificate files again; connections made from now on use them. After an error those in use
  /// stay. Errors: net.tls_files.
  base::Status reload();
  /// Takes no more connections, closes idle ones, lets requests that have begun end, and cuts off at the end
  /// of `grace` those that have not. Returns when every connection is closed and every worker has come back:
  /// a handler that blocks keeps it waiting.
  void stop(std::chrono::milliseconds grace);

 private:
  class Running;
  explicit Server(std::unique_ptr<Running> running);
  std::unique_ptr<Running> running_;
};

}  // namespace musubi::net
