#include "url.h"

#include <algorithm>

#include "characters.h"
#include "target.h"

namespace musubi::net {
namespace {

std::optional<bool> take_scheme(std::string_view& text) {
  for (const std::string_view scheme : {"https://", "http://"}) {
    if (!same_letters(text.substr(0, scheme.size()), scheme)) continue;
    text.remove_prefix(scheme.size());
    return scheme.size() == 8;
  }
  return std::nullopt;
}

void split_authority(Url& url) {
  const std::string_view whole(url.authority);
  const auto colon = whole.find(':', whole.starts_with('[') ? whole.find(']') : 0);
  url.host = whole.substr(0, colon);
  if (colon != whole.npos) url.port = whole.substr(colon + 1);
  if (url.port.empty()) url.port = url.secure ? "443" : "80";
  if (url.host.starts_with('[')) url.host = url.host.substr(1, url.host.size() - 2);
}

bool is_sent_as_it_is(char c) { return c > 0x20 && c < 0x7F && c != '#'; }

}  // namespace

std::optional<Url> parse_url(std::string_view text) {
  const auto secure = take_scheme(text);
  if (!secure) return std::nullopt;
  Url url;
  url.secure = *secure;
  url.authority = text.substr(0, text.find_first_of("/?#"));
  text.remove_prefix(url.authority.size());
  if (!is_authority(url.authority) || !std::ranges::all_of(text, is_sent_as_it_is)) return std::nullopt;
  split_authority(url);
  url.target = text.starts_with('/') ? std::string(text) : "/" + std::string(text);
  return url;
}

}  // namespace musubi::net
