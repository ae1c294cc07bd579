// Heads and bodies of requests, parsed by Boost.Beast.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "musubi/net/http.h"

namespace musubi::net {

struct Head {
  std::string method, target;
  unsigned version = 11;  ///< 10 or 11
  Headers headers;
  std::optional<std::uint64_t> content_length;
  bool chunked = false;
  bool keep_alive = false;
  bool has_body() const noexcept { return chunked || content_length.value_or(0) != 0; }
};

enum class HeadProblem : std::uint8_t { none, version, syntax, framing };

class MessageParser {
 public:
  MessageParser();
  ~MessageParser();

  /// Begins a message. `head` is whole and has passed check_head().
  HeadProblem read_head(std::string_view head, Head& into);

  /// Reads on in the body, whose transfer coding is taken off, and appends to `into`.
  struct Step {
    std::size_t consumed = 0;  ///< 0 without failed: more is needed
    bool failed = false;
  };
  Step read_body(std::string_view received, std::string& into);
  /// The message has been read to its end.
  bool is_complete() const noexcept;

 private:
  class Machine;
  std::unique_ptr<Machine> machine_;
};

}  // namespace musubi::net
