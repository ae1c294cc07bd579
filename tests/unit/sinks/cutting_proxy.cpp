#include "cutting_proxy.h"

#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <memory>
#include <stdexcept>

namespace musubi::test {
namespace {

using Verdict = CuttingProxy::Verdict;

sockaddr_un address_of(const std::filesystem::path& path) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  path.string().copy(address.sun_path, sizeof address.sun_path - 1);
  return address;
}

bool send_all(int socket, std::string_view bytes) {
  while (!bytes.empty()) {
    const auto sent = ::send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

std::string_view receive(int socket, std::array<char, 16'384>& room) {
  const auto received = ::recv(socket, room.data(), room.size(), 0);
  return {room.data(), received > 0 ? static_cast<std::size_t>(received) : 0};
}

}  // namespace

CuttingProxy::CuttingProxy(std::filesystem::path server_socket, Judge judge)
    : server_socket_(std::move(server_socket)), judge_(std::move(judge)) {
  listener_ = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const auto address = address_of(folder_.path() / ".s.PGSQL.5432");
  if (::bind(listener_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0 ||
      ::listen(listener_, 4) != 0)
    throw std::runtime_error("the proxy cannot listen");
  thread_ = std::thread([this] { run(); });
}

CuttingProxy::~CuttingProxy() {
  stopping_ = true;
  thread_.join();
  ::close(listener_);
}

std::string CuttingProxy::connection() const {
  return "host=" + folder_.path().string() + " port=5432 dbname=postgres user=postgres";
}

/// One client at a time.
void CuttingProxy::run() {
  while (!stopping_) {
    pollfd waiting{listener_, POLLIN, 0};
    if (::poll(&waiting, 1, 20) <= 0) continue;
    const int client = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    serve(client);
    ::close(client);
  }
}

void CuttingProxy::serve(int client) {
  const int server = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const auto address = address_of(server_socket_);
  bool open = ::connect(server, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
  std::array<char, 16'384> room;
  while (open && !stopping_) {
    std::array<pollfd, 2> both{pollfd{client, POLLIN, 0}, pollfd{server, POLLIN, 0}};
    if (::poll(both.data(), both.size(), 20) <= 0) continue;
    if (both[1].revents != 0) {
      const auto bytes = receive(server, room);
      open = !bytes.empty() && send_all(client, bytes);
    }
    if (open && both[0].revents != 0) open = from_client(client, server);
  }
  ::close(server);
}

bool CuttingProxy::from_client(int client, int server) {
  std::array<char, 16'384> room;
  const auto bytes = receive(client, room);
  if (bytes.empty()) return false;
  const auto verdict = judge_(bytes);
  if (verdict == Verdict::pass) return send_all(server, bytes);
  ++cuts_;
  if (verdict == Verdict::cut_after && send_all(server, bytes)) receive(server, room);
  return false;
}

CuttingProxy::Judge at_first_commit(Verdict verdict) {
  return [verdict, done = std::make_shared<bool>(false)](std::string_view bytes) {
    if (*done || bytes.find("SET LOCAL statement_timeout = 0; COMMIT") == bytes.npos) return Verdict::pass;
    *done = true;
    return verdict;
  };
}

CuttingProxy::Judge after_bytes(std::size_t count) {
  return [count, seen = std::make_shared<std::size_t>(0)](std::string_view bytes) {
    const bool was_open = *seen <= count;
    *seen += bytes.size();
    return was_open && *seen > count ? Verdict::cut_before : Verdict::pass;
  };
}

}  // namespace musubi::test
