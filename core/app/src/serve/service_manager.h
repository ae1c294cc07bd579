// Tells the service manager (systemd) how the hub is doing: sd_notify's datagrams to $NOTIFY_SOCKET. Without
// a manager nothing is sent.
#pragma once

#include <chrono>
#include <string>
#include <string_view>

namespace musubi::app {

/// Threads: any.
class ServiceManager {
 public:
  /// Reads NOTIFY_SOCKET and WATCHDOG_USEC.
  ServiceManager();
  void ready(std::string_view status) const;
  void reloading() const;
  void stopping() const;
  void alive() const;
  /// How often alive() is wanted; zero: never.
  std::chrono::milliseconds alive_every() const noexcept { return alive_every_; }

 private:
  void send(const std::string& state) const;
  std::string socket_;
  std::chrono::milliseconds alive_every_{0};
};

}  // namespace musubi::app
