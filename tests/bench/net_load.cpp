#include "net_load.h"

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <stdexcept>
#include <string>
#include <vector>

namespace musubi::bench {
namespace {

using Time = std::chrono::steady_clock;

int connected(std::uint16_t port) {
  const int connection = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  const void* place = &address;
  if (::connect(connection, static_cast<const sockaddr*>(place), sizeof(address)) != 0)
    throw std::runtime_error("no connection to the server under load");
  const int yes = 1;
  ::setsockopt(connection, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof(yes));
  return connection;
}

void send_all(int connection, std::string_view request) {
  if (::send(connection, request.data(), request.size(), MSG_NOSIGNAL) !=
      static_cast<ssize_t>(request.size()))
    throw std::runtime_error("the server under load has closed");
}

/// Reads one answer and tells its length.
std::size_t length_of_answer(int connection) {
  std::string text;
  std::array<char, 65536> buffer;
  for (;;) {
    const auto got = ::recv(connection, buffer.data(), buffer.size(), 0);
    if (got <= 0) throw std::runtime_error("no answer from the server under load");
    text.append(buffer.data(), static_cast<std::size_t>(got));
    const auto end = text.find("\r\n\r\n"), length = text.find("Content-Length: ");
    if (end == text.npos || length == text.npos) continue;
    const auto whole = end + 4 + std::stoul(text.substr(length + 16));
    if (text.size() >= whole) return whole;
  }
}

/// Processor time of the other threads so far.
double others_seconds() {
  const auto seconds_of = [](int who) {
    rusage used{};
    ::getrusage(who, &used);
    return static_cast<double>(used.ru_utime.tv_sec + used.ru_stime.tv_sec) +
           static_cast<double>(used.ru_utime.tv_usec + used.ru_stime.tv_usec) / 1e6;
  };
  return seconds_of(RUSAGE_SELF) - seconds_of(RUSAGE_THREAD);
}

struct Caller {
  int connection = -1;
  std::size_t received = 0;
  Time::time_point asked{};
};

class Callers {
 public:
  Callers(std::uint16_t port, std::string_view request, std::size_t count)
      : request_(request), events_(::epoll_create1(EPOLL_CLOEXEC)), callers_(count) {
    for (auto& caller : callers_) {
      caller.connection = connected(port);
      send_all(caller.connection, request_);
      answer_ = length_of_answer(caller.connection);
      epoll_event event{};
      event.events = EPOLLIN;
      event.data.ptr = &caller;
      ::epoll_ctl(events_, EPOLL_CTL_ADD, caller.connection, &event);
    }
  }
  ~Callers() {
    for (const auto& caller : callers_) ::close(caller.connection);
    ::close(events_);
  }
  Callers(const Callers&) = delete;
  Callers& operator=(const Callers&) = delete;

  Served run(std::chrono::milliseconds time) {
    const auto begun = Time::now();
    const auto worked = others_seconds();
    for (auto& caller : callers_) ask(caller);
    while (Time::now() - begun < time) serve();
    const std::chrono::duration<double> took = Time::now() - begun;
    const auto answers = static_cast<double>(waits_.size());
    std::ranges::sort(waits_);
    return {answers / took.count(), waits_.at(waits_.size() * 99 / 100),
            (others_seconds() - worked) * 1e6 / answers};
  }

 private:
  void ask(Caller& caller) {
    caller.received = 0;
    caller.asked = Time::now();
    send_all(caller.connection, request_);
  }
  void serve() {
    std::array<epoll_event, 64> ready;
    const int count = ::epoll_wait(events_, ready.data(), static_cast<int>(ready.size()), 1000);
    for (int index = 0; index < count; ++index) {
      auto& caller = *static_cast<Caller*>(ready[static_cast<std::size_t>(index)].data.ptr);
      const auto got = ::recv(caller.connection, buffer_.data(), buffer_.size(), 0);
      if (got <= 0) throw std::runtime_error("the server under load has closed");
      caller.received += static_cast<std::size_t>(got);
      if (caller.received < answer_) continue;
      waits_.push_back(std::chrono::duration<double, std::milli>(Time::now() - caller.asked).count());
      ask(caller);
    }
  }
  std::string_view request_;
  int events_;
  std::vector<Caller> callers_;
  std::size_t answer_ = 0;
  std::vector<double> waits_;
  std::array<char, 4096> buffer_{};
};

}  // namespace

Served put_under_load(std::uint16_t port, std::string_view request, const Load& load) {
  return Callers(port, request, load.connections).run(load.time);
}

}  // namespace musubi::bench
