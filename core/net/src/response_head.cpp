#include "response_head.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <utility>

#include "characters.h"

namespace musubi::net {
namespace {

constexpr std::string_view kPagePolicy =
    "default-src 'none'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; form-action 'self'; "
    "frame-ancestors 'none'; base-uri 'none'";

/// RFC 9110, section 15; the phrase means nothing to a program.
constexpr auto kPhrases = std::to_array<std::pair<unsigned, std::string_view>>({
    {200, "OK"},
    {201, "Created"},
    {202, "Accepted"},
    {204, "No Content"},
    {301, "Moved Permanently"},
    {302, "Found"},
    {303, "See Other"},
    {304, "Not Modified"},
    {307, "Temporary Redirect"},
    {308, "Permanent Redirect"},
    {400, "Bad Request"},
    {401, "Unauthorized"},
    {403, "Forbidden"},
    {404, "Not Found"},
    {405, "Method Not Allowed"},
    {406, "Not Acceptable"},
    {408, "Request Timeout"},
    {409, "Conflict"},
    {410, "Gone"},
    {412, "Precondition Failed"},
    {413, "Content Too Large"},
    {414, "URI Too Long"},
    {415, "Unsupported Media Type"},
    {417, "Expectation Failed"},
    {422, "Unprocessable Content"},
    {428, "Precondition Required"},
    {429, "Too Many Requests"},
    {431, "Request Header Fields Too Large"},
    {500, "Internal Server Error"},
    {501, "Not Implemented"},
    {503, "Service Unavailable"},
    {505, "HTTP Version Not Supported"},
});

std::string_view phrase(unsigned status) {
  const auto* found =
      std::ranges::lower_bound(kPhrases, status, {}, &std::pair<unsigned, std::string_view>::first);
  return found != kPhrases.end() && found->first == status ? found->second : "Status";
}

bool is_field_value(std::string_view value) {
  return std::ranges::none_of(value, [](char c) { return c != '\t' && is_control(c); });
}

/// What only the server may say.
bool is_ours(std::string_view name) {
  constexpr std::array<std::string_view, 4> kOurs{"Content-Length", "Transfer-Encoding", "Connection",
                                                  "X-Request-Id"};
  return std::ranges::any_of(kOurs, [&](std::string_view ours) { return same_letters(ours, name); });
}

void append_field(std::string& head, std::string_view name, std::string_view value) {
  head.append(name).append(": ").append(value).append("\r\n");
}

void append_two_digits(std::string& text, unsigned number) {
  text += static_cast<char>('0' + number / 10 % 10);
  text += static_cast<char>('0' + number % 10);
}

/// "Sun, 06 Nov 1994 08:49:37 GMT" (RFC 9110, section 5.6.7).
std::string http_date(base::Instant instant) {
  constexpr std::string_view kDays = "SunMonTueWedThuFriSat",
                             kMonths = "JanFebMarAprMayJunJulAugSepOctNovDec";
  const auto day = std::chrono::floor<std::chrono::days>(instant);
  const std::chrono::year_month_day date(day);
  const std::chrono::hh_mm_ss time(std::chrono::floor<std::chrono::seconds>(instant - day));
  std::string text(kDays.substr(std::size_t{std::chrono::weekday(day).c_encoding()} * 3, 3));
  append_two_digits(text.append(", "), unsigned{date.day()});
  text.append(" ").append(kMonths.substr(std::size_t{unsigned{date.month()} - 1} * 3, 3)).append(" ");
  text.append(std::to_string(int{date.year()})).append(" ");
  append_two_digits(text, static_cast<unsigned>(time.hours().count()));
  append_two_digits(text.append(":"), static_cast<unsigned>(time.minutes().count()));
  append_two_digits(text.append(":"), static_cast<unsigned>(time.seconds().count()));
  return text.append(" GMT");
}

void append_unless_set(std::string& head, const Response& response, std::string_view name,
                       std::string_view value) {
  if (response.headers.find(name) == nullptr) append_field(head, name, value);
}

void append_security(std::string& head, const Response& response, const ResponseFrame& frame) {
  append_field(head, "X-Content-Type-Options", "nosniff");
  append_field(head, "Referrer-Policy", "no-referrer");
  append_field(head, "X-Frame-Options", "DENY");
  append_unless_set(head, response, "Cache-Control", "no-store");
  if (response.content_type.starts_with("text/html"))
    append_unless_set(head, response, "Content-Security-Policy", kPagePolicy);
  if (frame.secure) append_field(head, "Strict-Transport-Security", "max-age=31536000; includeSubDomains");
}

}  // namespace

bool may_have_body(unsigned status) noexcept { return status >= 200 && status != 204 && status != 304; }

std::string response_head(const Response& response, const ResponseFrame& frame) {
  std::string head = "HTTP/1.1 " + std::to_string(response.status);
  head.reserve(768);
  head.append(" ").append(phrase(response.status)).append("\r\n");
  append_field(head, "Date", http_date(frame.now));
  if (!response.content_type.empty() && is_field_value(response.content_type))
    append_field(head, "Content-Type", response.content_type);
  if (may_have_body(response.status)) append_field(head, "Content-Length", std::to_string(frame.body_bytes));
  for (const auto& [name, value] : response.headers.all())
    if (is_token(name) && is_field_value(value) && !is_ours(name)) append_field(head, name, value);
  append_security(head, response, frame);
  append_field(head, "X-Request-Id", frame.trace);
  append_field(head, "Connection", frame.keeps_alive ? "keep-alive" : "close");
  return head.append("\r\n");
}

}  // namespace musubi::net
