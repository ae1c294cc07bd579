// Gets one answer of a web server into a file. Redirects are not followed: an answer comes from where it was
// asked, or not at all.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "musubi/base/result.h"
#include "musubi/intake/transport_security.h"

namespace musubi::intake {

struct WebRequest {
  std::string url{};
  std::vector<std::pair<std::string, std::string>> headers{};
  std::filesystem::path into{};  ///< the body; replaced
  std::uint64_t most_bytes = 0;
  std::chrono::seconds timeout{30};  ///< without a byte
  std::function<bool()> give_up{};   ///< asked while the body is read
};

struct WebAnswer {
  int status = 0;
  std::uint64_t bytes = 0;
  std::string content_type{}, link{};                 ///< headers, as they are
  std::optional<std::chrono::seconds> retry_after{};  ///< asked for, at most a week
};

/// Errors: those of transport_error(), intake.pull_too_large, intake.pull_cut_short,
/// intake.pull_took_too_long; those of file_error(). A status other than 200 is an answer, without its body.
base::Result<WebAnswer> get(const WebRequest& request, const TransportSecurity& security) noexcept;

/// "Tokyo 23" to "Tokyo%2023": for a value in a query.
std::string percent_encoded(const std::string& value);

/// `link`, which may be relative to `base`; nullopt: it is no address, or one of another scheme, host or
/// port.
std::optional<std::string> same_origin(const std::string& base, const std::string& link);

/// Of a header Link (RFC 8288) the address of rel="next"; empty: there is none.
std::string next_link(std::string_view header);

}  // namespace musubi::intake
