// The hub at the other end: takes submissions over HTTPS and says when their bytes are durable.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "musubi/base/result.h"

namespace Poco::Net {
class HTTPClientSession;
}

namespace musubi::hub_sink {

struct CentralHubSettings {
  std::string url;                    ///< "https://central.example:8443"; http only to a loopback address
  std::filesystem::path token_file;   ///< one line: the token that hub gave us
  std::filesystem::path authorities;  ///< PEM; empty: those of the machine
  std::filesystem::path certificate, private_key;  ///< PEM, for mutual TLS; both empty: none
  std::chrono::milliseconds timeout{30'000};       ///< to connect, and for each answer
};

/// The other hub's word that it keeps the bytes.
struct Acknowledgement {
  std::int64_t submission = 0;    ///< its number there
  bool already_received = false;  ///< the same bytes came before
};

/// Threads: one at a time. Blocking. The connection stays open from call to call.
class CentralHub {
 public:
  /// Errors: hub_sink.url, hub_sink.needs_tls, hub_sink.tls_files, those of base::read_file() for the token,
  /// hub_sink.token_unusable. Nothing is connected yet.
  static base::Result<std::unique_ptr<CentralHub>> open(const CentralHubSettings& settings);
  ~CentralHub();

  /// Errors: unavailable (worth trying again) hub_sink.not_reached, hub_sink.not_trusted, hub_sink.busy,
  /// hub_sink.not_admitted, hub_sink.answer_not_understood; limit_exceeded hub_sink.too_large; refused
  /// hub_sink.refused. After not_reached the bytes may have arrived: handing them in again is recognised.
  base::Result<Acknowledgement> hand_in(const std::string& name, std::string_view bytes);

 private:
  explicit CentralHub(CentralHubSettings settings, std::string token);
  base::Result<Acknowledgement> ask(const std::string& name, std::string_view bytes);
  base::Error not_reached(std::string_view code) const;

  CentralHubSettings settings_;
  std::string token_, host_;
  std::unique_ptr<Poco::Net::HTTPClientSession> session_;
};

}  // namespace musubi::hub_sink
