// Requests and answers as handlers see them: decoded once, checked and authenticated already.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "musubi/base/result.h"
#include "musubi/net/identity.h"

namespace musubi::net {

enum class Method : std::uint8_t { get, head, post, put, patch, del, options };
/// "GET", …, "DELETE", "OPTIONS".
std::string_view name_of(Method method) noexcept;
/// Case counts (RFC 9110, section 9.1).
std::optional<Method> method_named(std::string_view name) noexcept;

/// Header fields in the order they came. Names compare without regard to case.
class Headers {
 public:
  using Field = std::pair<std::string, std::string>;

  void add(std::string name, std::string value);
  /// Replaces every field of that name.
  void set(std::string name, std::string value);
  /// The value of the first field of that name; nullptr when there is none. Valid until the next change.
  const std::string* find(std::string_view name) const noexcept;
  std::size_t count(std::string_view name) const noexcept;
  std::span<const Field> all() const noexcept { return fields_; }

 private:
  std::vector<Field> fields_;
};

/// Who is at the other end of the connection.
struct Peer {
  std::string address;      ///< "127.0.0.1", "::1"
  std::string certificate;  ///< subject common name of a verified client certificate; empty: none
};

/// Takes a body that is too large for memory, piece by piece.
/// Threads: called in order, on a worker thread, never two calls at once. It may block: no further bytes are
/// read from the connection meanwhile. Without finish() the body did not arrive whole, though what came of it
/// was written: destruction discards it, unless the sink is made for such bodies.
class BodySink {
 public:
  virtual ~BodySink();
  /// An error ends the request: limit_exceeded is told as 413, bad_input as 400, everything else as 503.
  virtual base::Status write(std::string_view piece) noexcept = 0;
  /// The body is complete.
  virtual base::Status finish() noexcept = 0;
};

struct Request {
  Method method = Method::get;
  std::string path;  ///< decoded, without the query
  /// The parts of the path that the pattern names: {id}, {rest...}.
  std::map<std::string, std::string, std::less<>> captured;
  /// Decoded. A name may come more than once, in the order of the URL.
  std::multimap<std::string, std::string, std::less<>> query;
  Headers headers;
  Peer peer;
  /// Names the request in logs and in X-Request-Id: the trace id of a valid traceparent header (W3C Trace
  /// Context), else made here. 32 hexadecimal digits.
  std::string trace;
  /// Null: nobody; only on routes for everybody().
  std::shared_ptr<const Identity> identity;
  std::string body;                ///< empty when there is a sink
  std::shared_ptr<BodySink> sink;  ///< what the route opened; finish() has succeeded
  /// The handler may wait for the disk, briefly, although it runs in place (Route::in_place): its thread has
  /// no other connection to serve at this moment.
  bool may_wait = false;
};

struct Response {
  unsigned status = 200;
  std::string content_type;
  std::string body;
  Headers headers;             ///< further ones; they go before those the server adds
  std::filesystem::path file;  ///< the body is this file, when not empty
  /// When set, the answer is what this returns, called once on a thread of the server: for those who answer
  /// from a thread that others wait for.
  std::function<Response()> made_by{};
};

/// Answers the request: exactly once, from any thread, also after the handler has returned. Further calls are
/// ignored. When the last copy goes without a call, the caller is told 500.
using Reply = std::function<void(Response)>;
/// Runs on a worker thread and may block a little.
using Handler = std::function<void(std::shared_ptr<Request>, Reply)>;

}  // namespace musubi::net
