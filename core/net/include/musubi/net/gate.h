// What the server asks about a token. TokenBook is the one that ships.
#pragma once

#include <memory>
#include <string_view>

#include "musubi/base/result.h"
#include "musubi/net/http.h"
#include "musubi/net/identity.h"

namespace musubi::net {

/// Threads: called from any, also at once; should not block.
class Gate {
 public:
  virtual ~Gate();
  /// Whom the token stands for. `token` is what came after "Bearer ", unchecked.
  /// An error of kind refused (its code is the reason: net.token_unknown, net.token_expired …) is told as
  /// 401, in the same words for all; any other kind means that nobody can be let in now, and is told as 503.
  virtual base::Result<std::shared_ptr<const Identity>> identify(std::string_view token,
                                                                 const Peer& peer) noexcept = 0;
  /// Whether there is any token at all. Without one the server listens on loopback addresses only.
  virtual bool has_tokens() noexcept = 0;
};

}  // namespace musubi::net
