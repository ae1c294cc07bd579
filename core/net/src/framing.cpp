#include "framing.h"

#include <algorithm>

#include "characters.h"
#include "target.h"

namespace musubi::net {
namespace {

constexpr std::string_view kLength = "Content-Length", kCoding = "Transfer-Encoding", kHost = "Host";

bool is_plain_number(std::string_view text) {
  return !text.empty() && text.size() <= 19 && std::ranges::all_of(text, is_digit);
}

}  // namespace

std::optional<Refusal> check_framing(const Head& head) {
  const auto lengths = head.headers.count(kLength), codings = head.headers.count(kCoding);
  if (lengths > 1 || (lengths == 1 && !is_plain_number(*head.headers.find(kLength))))
    return bad_request(kLength);
  if (codings == 0) return std::nullopt;
  const bool chunked_alone = codings == 1 && same_letters(*head.headers.find(kCoding), "chunked");
  if (!chunked_alone || lengths != 0 || head.version < 11) return bad_request(kCoding);
  return std::nullopt;
}

std::optional<Refusal> check_host(const Head& head, std::string_view authority) {
  const auto hosts = head.headers.count(kHost);
  if (hosts == 0) return head.version < 11 ? std::nullopt : std::optional(bad_request(kHost));
  const auto& host = *head.headers.find(kHost);
  const bool agrees = authority.empty() || same_authority(authority, host);
  if (hosts > 1 || !is_authority(host) || !agrees) return bad_request(kHost);
  return std::nullopt;
}

}  // namespace musubi::net
