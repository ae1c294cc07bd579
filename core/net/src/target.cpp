#include "target.h"

#include <algorithm>

#include "characters.h"
#include "musubi/base/text.h"

namespace musubi::net {
namespace {

enum class Plus : bool { stays, is_a_space };

/// nullopt: not two hexadecimal digits after a "%".
std::optional<std::string> decode_percent(std::string_view text, Plus plus) {
  std::string decoded;
  decoded.reserve(text.size());
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '+' && plus == Plus::is_a_space) {
      decoded += ' ';
    } else if (text[at] != '%') {
      decoded += text[at];
    } else {
      const auto high = at + 2 < text.size() ? hex_value(text[at + 1]) : std::nullopt;
      const auto low = at + 2 < text.size() ? hex_value(text[at + 2]) : std::nullopt;
      if (!high || !low) return std::nullopt;
      decoded += static_cast<char>(*high * 16 + *low);
      at += 2;
    }
  }
  return decoded;
}

bool is_clean(std::string_view text) {
  return std::ranges::none_of(text, is_control) && !base::malformed_utf8_at(text);
}

std::optional<std::string> decode_query_text(std::string_view text) {
  auto decoded = decode_percent(text, Plus::is_a_space);
  return decoded && !base::malformed_utf8_at(*decoded) && decoded->find('\0') == decoded->npos ? decoded
                                                                                               : std::nullopt;
}

bool is_safe_segment(std::string_view segment) {
  return segment != "." && segment != ".." && segment.find_first_of("/\\") == segment.npos &&
         is_clean(segment);
}

std::optional<std::string> decode_path(std::string_view raw) {
  if (!raw.starts_with('/')) return std::nullopt;
  std::string path;
  while (!raw.empty()) {
    raw.remove_prefix(1);
    const auto encoded = raw.substr(0, raw.find('/'));
    const auto segment = decode_percent(encoded, Plus::stays);
    if (!segment || !is_safe_segment(*segment)) return std::nullopt;
    path.append("/").append(*segment);
    raw.remove_prefix(encoded.size());
  }
  return path;
}

bool decode_query(std::string_view raw, Target& target) {
  while (!raw.empty()) {
    auto pair = take_until(raw, '&');
    if (pair.empty()) continue;
    const auto name = decode_query_text(take_until(pair, '='));
    const auto value = decode_query_text(pair);
    if (!name || !value) return false;
    target.query.emplace(*name, *value);
  }
  return true;
}

/// Takes "http://host" off; empty when it is not there.
std::string_view take_authority(std::string_view& target) {
  for (const std::string_view scheme : {"http://", "https://"}) {
    if (!same_letters(target.substr(0, scheme.size()), scheme)) continue;
    target.remove_prefix(scheme.size());
    const auto authority = target.substr(0, target.find_first_of("/?"));
    target.remove_prefix(authority.size());
    return authority;
  }
  return {};
}

bool is_host_character(char c) {
  return is_letter(c) || is_digit(c) || c == '-' || c == '.' || c == '_' || c == '~';
}
bool is_address_character(char c) { return hex_value(c) || c == ':' || c == '.'; }

/// The host of an authority; the rest is "" or ":port".
std::string_view take_host(std::string_view& text) {
  const bool in_brackets = text.starts_with('[');
  const auto end = in_brackets ? text.find(']') : text.find(':');
  const auto host = text.substr(0, end == text.npos ? end : end + (in_brackets ? 1 : 0));
  text.remove_prefix(host.size());
  return host;
}

bool is_host(std::string_view host) {
  if (!host.starts_with('[')) return !host.empty() && std::ranges::all_of(host, is_host_character);
  return host.size() > 3 && host.ends_with(']') &&
         std::ranges::all_of(host.substr(1, host.size() - 2), is_address_character);
}

bool is_port(std::string_view text) {
  return text.empty() ||
         (text.front() == ':' && text.size() <= 6 && std::ranges::all_of(text.substr(1), is_digit));
}

std::string_view without_usual_port(std::string_view authority) {
  for (const std::string_view port : {":80", ":443", ":"})
    if (authority.ends_with(port)) authority.remove_suffix(port.size());
  return authority;
}

}  // namespace

std::optional<Target> parse_target(std::string_view text) {
  Target target;
  const bool absolute = !text.starts_with('/');
  if (absolute) target.authority = take_authority(text);
  if (absolute && !is_authority(target.authority)) return std::nullopt;
  const auto mark = text.find('?');
  const auto raw_path = text.substr(0, mark);
  auto path = decode_path(absolute && raw_path.empty() ? "/" : raw_path);
  if (!path || text.find('#') != text.npos) return std::nullopt;
  target.path = std::move(*path);
  if (mark != text.npos && !decode_query(text.substr(mark + 1), target)) return std::nullopt;
  return target;
}

bool is_authority(std::string_view text) noexcept {
  const auto host = take_host(text);
  return is_host(host) && is_port(text);
}

bool same_authority(std::string_view left, std::string_view right) noexcept {
  return same_letters(without_usual_port(left), without_usual_port(right));
}

}  // namespace musubi::net
