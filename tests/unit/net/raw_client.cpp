#include "raw_client.h"

#include <arpa/inet.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdlib>
#include <stdexcept>

namespace musubi::net::testing {
namespace {

constexpr int kPatienceSeconds = 10;

std::string in_small_letters(std::string text) {
  for (char& c : text)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
  return text;
}

RawAnswer parse_head(std::string_view head) {
  RawAnswer answer;
  answer.status = static_cast<unsigned>(std::atoi(std::string(head.substr(head.find(' ') + 1, 3)).c_str()));
  head.remove_prefix(head.find("\r\n") + 2);
  while (!head.starts_with("\r\n")) {
    const auto line = head.substr(0, head.find("\r\n"));
    const auto colon = line.find(": ");
    answer.headers[in_small_letters(std::string(line.substr(0, colon)))] = line.substr(colon + 2);
    head.remove_prefix(line.size() + 2);
  }
  return answer;
}

}  // namespace

RawClient::RawClient(std::uint16_t port, const std::string& from)
    : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
  const timeval patience{kPatienceSeconds, 0};
  ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience));
  ::setsockopt(socket_, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof(patience));
  sockaddr_in address{};
  address.sin_family = AF_INET;
  ::inet_pton(AF_INET, from.c_str(), &address.sin_addr);
  const void* own = &address;
  if (::bind(socket_, static_cast<const sockaddr*>(own), sizeof(address)) != 0)
    throw std::runtime_error("not an address of this machine");
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  const void* place = &address;
  if (::connect(socket_, static_cast<const sockaddr*>(place), sizeof(address)) != 0)
    throw std::runtime_error("no connection");
}

RawClient::~RawClient() { ::close(socket_); }

bool RawClient::send(std::string_view bytes) const {
  while (!bytes.empty()) {
    const auto sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent < 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

bool RawClient::read_more() {
  std::array<char, 65536> buffer;
  const auto got = ::recv(socket_, buffer.data(), buffer.size(), 0);
  if (got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) throw std::runtime_error("no answer in time");
  if (got <= 0) return false;
  received_.append(buffer.data(), static_cast<std::size_t>(got));
  return true;
}

RawAnswer RawClient::receive(bool to_head) {
  std::size_t end = 0;
  while ((end = received_.find("\r\n\r\n")) == received_.npos)
    if (!read_more()) return {};
  auto answer = parse_head(std::string_view(received_).substr(0, end + 4));
  received_.erase(0, end + 4);
  const auto length = answer.headers.find("content-length");
  const std::size_t size = to_head || length == answer.headers.end() ? 0 : std::stoul(length->second);
  while (received_.size() < size)
    if (!read_more()) return {};
  answer.body = received_.substr(0, size);
  received_.erase(0, size);
  return answer;
}

bool RawClient::is_closed() { return received_.empty() && !read_more(); }

void RawClient::stop_sending() const { ::shutdown(socket_, SHUT_WR); }

std::string get(std::string_view target, std::string_view headers) {
  return std::string("GET ")
      .append(target)
      .append(" HTTP/1.1\r\nHost: hub\r\n")
      .append(headers)
      .append("\r\n");
}

std::string post(std::string_view target, std::string_view body, std::string_view headers) {
  return std::string("POST ")
      .append(target)
      .append(" HTTP/1.1\r\nHost: hub\r\nContent-Length: ")
      .append(std::to_string(body.size()))
      .append("\r\n")
      .append(headers)
      .append("\r\n")
      .append(body);
}

std::string bearer(std::string_view token) {
  return std::string("Authorization: Bearer ").append(token).append("\r\n");
}

}  // namespace musubi::net::testing
