// Which handler serves which path.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "musubi/base/result.h"
#include "musubi/net/http.h"
#include "musubi/net/identity.h"

namespace musubi::net {

struct Route {
  Method method = Method::get;  ///< a route for GET serves HEAD as well
  /// "/api/v1/submissions/{id}"; a last part {rest...} takes what remains, also nothing.
  std::string pattern;
  Needs needs;
  std::uint64_t most_body = 0;  ///< bytes; a longer body is refused with 413. 0: no body at all
  /// Opens what the body is streamed to; empty: the body goes to Request::body. Runs on a worker thread after
  /// authentication and limits; Request has everything but the body. Errors are told as those of BodySink.
  std::function<base::Result<std::shared_ptr<BodySink>>(Request&)> sink{};
  Handler handler{};
  /// Whether sink and handler of a request whose body came whole may run at once on the thread that read it:
  /// two changes of thread fewer. They must then neither wait (but see Request::may_wait) nor work for long:
  /// the other connections of that thread wait for them. Must let no exception out. Empty: on a worker
  /// thread.
  std::function<bool(const Request&)> in_place{};
  std::string summary{};  ///< one line, for the API's description
  /// Values of Content-Encoding the handler can read ("gzip"). Others are refused with 415.
  std::vector<std::string> encodings{};
  /// How an error of the sink, or of opening it, is told; empty: by error_answer(). The connection is closed
  /// after it. Must let no exception out.
  std::function<Response(const Request&, const base::Error&)> tells{};
};

/// How something that the server refuses, or that went wrong in a handler, is told. The server keeps its own
/// status and headers (Allow, Retry-After, WWW-Authenticate) and takes the body and its type. Of a request
/// that could not be read there may be no more than the path. Lets no exception out; threads: any.
using Teller = std::function<Response(const Request&, unsigned status, const base::Error&)>;

/// Fill it, then give it to the server. Threads: one while it is filled; find() any afterwards.
class Routes {
 public:
  Routes();
  ~Routes();
  Routes(Routes&&) noexcept;
  Routes& operator=(Routes&&) noexcept;

  void add(Route route);
  /// Of everything at this path and below it.
  void tell_below(std::string path, Teller teller) {
    tellers_.emplace_back(std::move(path), std::move(teller));
  }
  /// nullptr: told as JSON, like error_answer().
  const Teller* teller_of(std::string_view path) const noexcept;
  /// In the order they were added.
  const std::vector<Route>& all() const noexcept { return routes_; }
  /// What is wrong with the patterns. Errors: net.route_pattern, net.route_twice.
  base::Status check() const;

  /// The routes of the pattern that fits a decoded path best: a literal part before {name} before {rest...}.
  struct Found {
    std::vector<const Route*> routes;  ///< one per method; empty: no pattern fits
    std::vector<std::string> values;   ///< of the named parts, in order
    const Route* serving(Method method) const noexcept;
  };
  Found find(std::string_view path) const;
  /// The named parts of a pattern, with the values found.
  static std::map<std::string, std::string, std::less<>> named(const Route& route,
                                                               const std::vector<std::string>& values);

 private:
  struct Node;
  std::vector<Route> routes_;
  std::vector<std::pair<std::string, Teller>> tellers_;
  std::unique_ptr<Node> root_;
};

}  // namespace musubi::net
