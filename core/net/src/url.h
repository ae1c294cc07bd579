// Where a call goes (RFC 3986).
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace musubi::net {

struct Url {
  bool secure = true;
  std::string authority;  ///< for Host
  std::string host,
      port;            ///< without the brackets of an IPv6 address; the port of the scheme when none is given
  std::string target;  ///< path and query as they are to be sent
};

/// nullopt: no http or https, a user name, a fragment, or characters that a URL does not have.
std::optional<Url> parse_url(std::string_view text);

}  // namespace musubi::net
