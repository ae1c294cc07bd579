// Whether a request may go on, decided from its head alone: before a byte of its body is read.
#pragma once

#include <atomic>
#include <memory>
#include <optional>

#include "buckets.h"
#include "message_parser.h"
#include "musubi/net/gate.h"
#include "musubi/net/observer.h"
#include "musubi/net/routes.h"
#include "musubi/net/server.h"
#include "refusal.h"

namespace musubi::net {

struct Admitted {
  std::shared_ptr<Request> request;  ///< never null; without method and path where these could not be read
  const Route* route = nullptr;      ///< the best known; also of a refused request
  std::optional<Refusal> refusal;
};

/// Threads: any.
class Admission {
 public:
  Admission(const Rate& rate, const Routes& routes, Gate& gate, Observer& observer);

  /// `head` is emptied of its headers.
  Admitted admit(Head& head, const Peer& peer, Tick now);

 private:
  struct Path {
    Routes::Found found;
    const Route* route = nullptr;
  };
  std::optional<Refusal> identify(Request& request, const Path& path, Tick now);
  std::optional<Refusal> permit(const Request& request, const Path& path);
  void decided(const Request& request, const Route* route, bool allowed, std::string_view reason);

  const Routes& routes_;
  Gate& gate_;
  Observer& observer_;
  Buckets requests_, failures_;
};

}  // namespace musubi::net
