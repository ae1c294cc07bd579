#include "head_check.h"

#include <algorithm>

#include "characters.h"

namespace musubi::net {
namespace {

constexpr std::string_view kLineEnd = "\r\n";

/// The line without its CRLF; the rest begins after it.
std::string_view take_line(std::string_view& rest) noexcept {
  const auto end = rest.find(kLineEnd);
  const auto line = rest.substr(0, end);
  rest.remove_prefix(std::min(rest.size(), line.size() + kLineEnd.size()));
  return line;
}

bool is_visible(char c) noexcept { return c > 0x20 && c < 0x7F; }

HeadFault check_request_line(std::string_view line, std::size_t most_url_bytes) noexcept {
  const auto method = take_until(line, ' ');
  const auto target = take_until(line, ' ');
  if (target.size() > most_url_bytes) return HeadFault::url_too_long;
  const bool good = is_token(method) && !target.empty() && std::ranges::all_of(target, is_visible) &&
                    line.starts_with("HTTP/") && std::ranges::all_of(line, is_visible);
  return good ? HeadFault::none : HeadFault::line;
}

HeadFault check_field(std::string_view line) noexcept {
  const auto colon = line.find(':');
  if (colon == line.npos || !is_token(line.substr(0, colon))) return HeadFault::field;
  const auto value = line.substr(colon + 1);
  const bool clean = std::ranges::all_of(value, [](char c) { return c == '\t' || !is_control(c); });
  return clean ? HeadFault::none : HeadFault::value;
}

}  // namespace

std::size_t end_of_head(std::string_view received, std::size_t known) noexcept {
  const auto end = received.find("\r\n\r\n", known < 3 ? 0 : known - 3);
  return end == received.npos ? end : end + 4;
}

bool is_hopeless(std::string_view received, std::size_t known) noexcept {
  for (auto feed = received.find('\n', known); feed != received.npos; feed = received.find('\n', feed + 1))
    if (feed == 0 || received[feed - 1] != '\r') return true;
  return false;
}

HeadFault check_head(std::string_view head, std::size_t most_fields, std::size_t most_url_bytes) noexcept {
  if (const auto fault = check_request_line(take_line(head), most_url_bytes); fault != HeadFault::none)
    return fault;
  for (std::size_t fields = 0;; ++fields) {
    const auto line = take_line(head);
    if (line.empty()) return HeadFault::none;
    if (fields == most_fields) return HeadFault::too_many_fields;
    if (const auto fault = check_field(line); fault != HeadFault::none) return fault;
  }
}

}  // namespace musubi::net
