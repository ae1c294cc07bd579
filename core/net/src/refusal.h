// Why a request is not handed to a handler, and how the caller is told.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "musubi/base/messages.h"
#include "musubi/net/http.h"

namespace musubi::net {

enum class After : bool {
  goes_on,  ///< the connection can be used for the next request
  closes    ///< where the next request begins is not certain, or not worth waiting for
};

struct Refusal {
  unsigned status = 0;
  std::string_view code{};  ///< a message; a constant
  std::string_view part{};  ///< a constant as well: which header or part of the request is wrong
  After after = After::goes_on;
  std::chrono::seconds retry_after{};  ///< 0: not told
  std::string allow{};                 ///< of 405
};

inline Refusal bad_request(std::string_view part) {
  return {.status = 400, .code = "net.bad_request", .part = part, .after = After::closes};
}

/// What is told of it.
base::Error error_of(const Refusal& refusal);
Response refusal_answer(const Refusal& refusal, base::Language language, std::string_view trace);

}  // namespace musubi::net
