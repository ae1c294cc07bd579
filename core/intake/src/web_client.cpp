#include "web_client.h"

#include <Poco/DateTimeFormat.h>
#include <Poco/DateTimeParser.h>
#include <Poco/Net/HTTPRequest.h>
#include <Poco/Net/HTTPResponse.h>
#include <Poco/Net/HTTPSClientSession.h>
#include <Poco/URI.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <fstream>
#include <istream>
#include <memory>
#include <string_view>

#include "musubi/base/file.h"
#include "musubi/base/text.h"
#include "transport.h"

namespace musubi::intake {
namespace {

using base::Error;
using base::ErrorKind;
using Poco::Net::HTTPClientSession;
using Poco::Net::HTTPResponse;

constexpr int kMostHeaders = 200;

std::unique_ptr<HTTPClientSession> session_for(const Poco::URI& url, const TransportSecurity& security) {
  if (url.getScheme() == "http") return std::make_unique<HTTPClientSession>(url.getHost(), url.getPort());
  return std::make_unique<Poco::Net::HTTPSClientSession>(url.getHost(), url.getPort(),
                                                         client_context(security));
}

/// Between two dates as HTTP writes them, both by the clock of the server.
std::optional<std::int64_t> seconds_between(const std::string& from, const std::string& until) {
  Poco::DateTime begin, end;
  int zone = 0;
  if (!Poco::DateTimeParser::tryParse(Poco::DateTimeFormat::HTTP_FORMAT, from, begin, zone) ||
      !Poco::DateTimeParser::tryParse(Poco::DateTimeFormat::HTTP_FORMAT, until, end, zone))
    return std::nullopt;
  return (end - begin).totalSeconds();
}

std::optional<std::chrono::seconds> retry_after(const HTTPResponse& response) {
  constexpr std::int64_t kMost = std::int64_t{7} * 24 * 3600;
  const auto written = response.get("Retry-After", "");
  auto seconds = base::parse_integer(written);
  if (!seconds) seconds = seconds_between(response.get("Date", ""), written);
  if (!seconds || *seconds < 0) return std::nullopt;
  return std::chrono::seconds(std::min(*seconds, kMost));
}

base::Result<std::uint64_t> read_body(std::istream& body, const WebRequest& request) {
  std::ofstream file(request.into, std::ios::binary | std::ios::trunc);
  std::array<char, 65536> piece{};
  std::uint64_t bytes = 0;
  while (body.peek() != std::istream::traits_type::eof()) {
    const auto got = body.readsome(piece.data(), piece.size());  // what has come, without waiting for more
    bytes += static_cast<std::uint64_t>(got);
    if (bytes > request.most_bytes)
      return Error(ErrorKind::limit_exceeded, "intake.pull_too_large",
                   {{"limit", std::to_string(request.most_bytes)}});
    if (request.give_up && request.give_up())
      return Error(ErrorKind::unavailable, "intake.pull_took_too_long");
    file.write(piece.data(), got);
  }
  if (!file.flush()) return base::file_error(errno, request.into);
  return bytes;
}

base::Result<WebAnswer> get_throwing(const WebRequest& request, const Poco::URI& url,
                                     const TransportSecurity& security) {
  const auto session = session_for(url, security);
  session->setTimeout(Poco::Timespan(static_cast<long>(request.timeout.count()), 0));
  Poco::Net::HTTPRequest asked("GET", url.getPathAndQuery(), "HTTP/1.1");
  for (const auto& [name, value] : request.headers) asked.set(name, value);
  session->sendRequest(asked);
  HTTPResponse response;
  response.setFieldLimit(kMostHeaders);
  auto& body = session->receiveResponse(response);
  WebAnswer answer{.status = response.getStatus(),
                   .content_type = response.get("Content-Type", ""),
                   .link = response.get("Link", ""),
                   .retry_after = retry_after(response)};
  if (answer.status != HTTPResponse::HTTP_OK) return answer;
  MUSUBI_ASSIGN(answer.bytes, read_body(body, request));
  const bool cut_short = response.hasContentLength()
                             ? static_cast<std::uint64_t>(response.getContentLength64()) != answer.bytes
                             : session->networkException() != nullptr;
  if (cut_short) return Error(ErrorKind::unavailable, "intake.pull_cut_short");
  return answer;
}

}  // namespace

base::Result<WebAnswer> get(const WebRequest& request, const TransportSecurity& security) noexcept {
  std::string host;
  try {
    const Poco::URI url(request.url);
    host = url.getHost();
    return get_throwing(request, url, security);
  } catch (const Poco::Exception& exception) {
    return transport_error(exception, host);
  } catch (const std::exception&) {
    return Error(ErrorKind::unavailable, "intake.not_reached", {{"host", host}});
  }
}

std::string percent_encoded(const std::string& value) {
  std::string encoded;
  Poco::URI::encode(value, "!\"#$%&'()*+,/:;<=>?@[\\]^`{|}", encoded);
  return encoded;
}

std::optional<std::string> same_origin(const std::string& base, const std::string& link) {
  if (link.starts_with("//")) return std::nullopt;  // names a host, which the library takes for a path
  try {
    const Poco::URI from(base);
    Poco::URI to(base);
    to.resolve(link);
    if (to.getScheme() != from.getScheme() || to.getHost() != from.getHost() ||
        to.getPort() != from.getPort() || !to.getUserInfo().empty())
      return std::nullopt;
    return to.toString();
  } catch (const Poco::Exception&) {
    return std::nullopt;
  }
}

// <https://…>; rel="next"; title="…", <…>; rel="last". A comma within <> or quotes divides nothing.
std::string next_link(std::string_view header) {
  while (!header.empty()) {
    const auto open = header.find('<');
    const auto close = header.find('>', open == header.npos ? header.size() : open);
    if (close == header.npos) return {};
    const auto address = header.substr(open + 1, close - open - 1);
    bool quoted = false;
    auto end = close + 1;
    for (; end < header.size() && (quoted || header[end] != ','); ++end)
      if (header[end] == '"') quoted = !quoted;
    const auto parameters = header.substr(close + 1, end - close - 1);
    if (parameters.find("rel=\"next\"") != parameters.npos || parameters.find("rel=next") != parameters.npos)
      return std::string(address);
    header.remove_prefix(std::min(header.size(), end + 1));
  }
  return {};
}

}  // namespace musubi::intake
