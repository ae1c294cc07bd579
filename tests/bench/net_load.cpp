#include "net_load.h"

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/timerfd.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <deque>
#include <optional>
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

/// Length of the answer that `text` begins with; 0: its head is not there yet.
std::size_t length_of_answer(std::string_view text) {
  constexpr std::string_view kLength = "Content-Length: ";
  const auto end = text.find("\r\n\r\n"), length = text.find(kLength);
  if (end == text.npos || length == text.npos) return 0;
  return end + 4 + std::stoul(std::string(text.substr(length + kLength.size(), 12)));
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
  std::string received{};
  Time::time_point asked{};
};

/// Says when requests are due.
class Pace {
 public:
  explicit Pace(double a_second)
      : between_(std::chrono::nanoseconds(static_cast<std::int64_t>(1e9 / a_second))),
        timer_(::timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC | TFD_NONBLOCK)) {
    const timespec between{between_.count() / 1'000'000'000, between_.count() % 1'000'000'000};
    const itimerspec every{between, between};
    next_ = Time::now() + between_;
    ::timerfd_settime(timer_, 0, &every, nullptr);
  }
  ~Pace() { ::close(timer_); }
  Pace(const Pace&) = delete;
  Pace& operator=(const Pace&) = delete;

  int timer() const noexcept { return timer_; }
  /// Those that have fallen due since it was last asked, oldest first.
  void take_due(std::deque<Time::time_point>& due) {
    std::uint64_t count = 0;
    if (::read(timer_, &count, sizeof(count)) != sizeof(count)) return;
    for (; count != 0; --count, next_ += between_) due.push_back(next_);
  }

 private:
  std::chrono::nanoseconds between_;
  int timer_;
  Time::time_point next_;
};

class Callers {
 public:
  Callers(std::uint16_t port, std::string_view request, const Load& load)
      : request_(request),
        number_at_(load.number_at),
        number_(load.first_number),
        events_(::epoll_create1(EPOLL_CLOEXEC)),
        callers_(load.connections) {
    for (auto& caller : callers_) {
      caller.connection = connected(port);
      watch(caller.connection, &caller);
    }
    if (load.due_a_second == 0) return;
    pace_.emplace(load.due_a_second);
    watch(pace_->timer(), nullptr);
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
    for (auto& caller : callers_) {
      if (pace_)
        free_.push_back(&caller);
      else
        ask(caller, Time::now());
    }
    while (Time::now() - begun < time) serve();
    const std::chrono::duration<double> took = Time::now() - begun;
    const auto answers = static_cast<double>(waits_.size());
    if (pace_) add_those_who_wait();
    std::ranges::sort(waits_);
    return {answers / took.count(), waits_.at(waits_.size() / 2), waits_.at(waits_.size() * 99 / 100),
            (others_seconds() - worked) * 1e6 / answers};
  }

 private:
  void watch(int descriptor, Caller* caller) {
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.ptr = caller;
    ::epoll_ctl(events_, EPOLL_CTL_ADD, descriptor, &event);
  }
  void ask(Caller& caller, Time::time_point asked) {
    caller.received.clear();
    caller.asked = asked;
    if (number_at_ != 0) write_number();
    send_all(caller.connection, request_);
  }
  /// Who is not answered at the end has waited as well.
  void add_those_who_wait() {
    const auto wait_since = [this, now = Time::now()](Time::time_point asked) {
      waits_.push_back(std::chrono::duration<double, std::milli>(now - asked).count());
    };
    for (const auto& caller : callers_)
      if (std::ranges::find(free_, &caller) == free_.end()) wait_since(caller.asked);
    for (const auto due : due_) wait_since(due);
  }
  void write_number() {
    auto left = number_++;
    for (std::size_t digit = 12; digit != 0; --digit, left /= 10)
      request_[number_at_ + digit - 1] = static_cast<char>('0' + left % 10);
  }
  void serve() {
    std::array<epoll_event, 64> ready;
    const int count = ::epoll_wait(events_, ready.data(), static_cast<int>(ready.size()), 1000);
    for (int index = 0; index < count; ++index) {
      auto* const asked = static_cast<Caller*>(ready[static_cast<std::size_t>(index)].data.ptr);
      if (asked == nullptr) {
        pace_->take_due(due_);
        continue;
      }
      auto& caller = *asked;
      const auto got = ::recv(caller.connection, buffer_.data(), buffer_.size(), 0);
      if (got <= 0) throw std::runtime_error("the server under load has closed");
      caller.received.append(buffer_.data(), static_cast<std::size_t>(got));
      const auto whole = length_of_answer(caller.received);
      if (whole == 0 || caller.received.size() < whole) continue;
      waits_.push_back(std::chrono::duration<double, std::milli>(Time::now() - caller.asked).count());
      if (pace_)
        free_.push_back(&caller);
      else
        ask(caller, Time::now());
    }
    while (!due_.empty() && !free_.empty()) {
      ask(*free_.back(), due_.front());
      free_.pop_back();
      due_.pop_front();
    }
  }
  std::string request_;
  std::size_t number_at_;
  std::uint64_t number_;
  int events_;
  std::vector<Caller> callers_;
  std::optional<Pace> pace_;
  std::vector<Caller*> free_;         ///< with a pace: those that wait for a request to fall due
  std::deque<Time::time_point> due_;  ///< and nobody was free for
  std::vector<double> waits_;
  std::array<char, 65536> buffer_{};
};

}  // namespace

Served put_under_load(std::uint16_t port, std::string_view request, const Load& load) {
  return Callers(port, request, load).run(load.time);
}

}  // namespace musubi::bench
