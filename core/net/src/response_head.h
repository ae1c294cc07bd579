// Answers as they go over the wire.
#pragma once

#include <cstdint>
#include <string>

#include "musubi/base/clock.h"
#include "musubi/net/http.h"

namespace musubi::net {

struct ResponseFrame {
  std::uint64_t body_bytes = 0;
  bool keeps_alive = false;
  bool secure = false;  ///< under TLS
  std::string_view trace;
  base::Instant now{};
};

/// Whether an answer of this status has a body at all.
bool may_have_body(unsigned status) noexcept;

/// Status line and headers with the empty line. Fields of the handler that are no valid header are left out.
std::string response_head(const Response& response, const ResponseFrame& frame);

}  // namespace musubi::net
