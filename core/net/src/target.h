// What a request asks for, decoded once (RFC 9112, section 3.2; RFC 3986).
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace musubi::net {

struct Target {
  std::string path;  ///< decoded; begins with "/"
  std::multimap<std::string, std::string, std::less<>> query;
  std::string_view authority;  ///< of the absolute form: points into the target; empty otherwise
};

/// Of the origin form "/path?query" and the absolute form "http://host/path?query". nullopt: another form, a
/// "%" without two digits, %00, other control characters, %2F or a backslash in the path, a dot segment, or
/// what is no UTF-8 when decoded. "+" in the query is a space.
std::optional<Target> parse_target(std::string_view target);

/// "host", "host:port", "192.0.2.1", "[2001:db8::1]:8080": what Host may hold.
bool is_authority(std::string_view text) noexcept;
/// Equal but for capital letters and a port that says no more than the scheme does.
bool same_authority(std::string_view left, std::string_view right) noexcept;

}  // namespace musubi::net
