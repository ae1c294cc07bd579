// What the server tells about its work: for logs, metrics and the audit. Patterns of routes, never URLs.
#pragma once

#include <chrono>
#include <cstdint>
#include <string_view>

#include "musubi/net/http.h"

namespace musubi::net {

// Views are valid during the call.
struct RequestSeen {
  std::string_view method;  ///< "GET"; empty: the request could not be read
  std::string_view route;   ///< the pattern; empty: none fitted
  unsigned status = 0;
  std::chrono::microseconds duration{};  ///< from the first byte of the request to the last of the answer
  std::uint64_t bytes_in = 0, bytes_out = 0;
  std::string_view trace;
  std::string_view token;  ///< id; empty: nobody
};

struct DecisionSeen {
  std::string_view token;  ///< id; empty: nobody
  std::string_view route;  ///< the pattern; empty: none fitted
  bool allowed = false;
  std::string_view reason;  ///< a code: net.role_permitted, net.open_to_everybody, net.token_expired …
  std::string_view trace;
  std::string_view address;  ///< of the caller
};

/// Threads: called from any, also at once; must not block.
class Observer {
 public:
  virtual ~Observer();
  /// After every answer, also those to requests that could not be read.
  virtual void on_request(const RequestSeen& request) noexcept = 0;
  /// Every decision whether a caller may, also those that let it (ASVS 5.0, 16.3.2).
  virtual void on_decision(const DecisionSeen& decision) noexcept = 0;
};

}  // namespace musubi::net
