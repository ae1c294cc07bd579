#include "service_manager.h"

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <charconv>
#include <cstddef>
#include <cstdlib>
#include <cstring>
#include <ctime>

namespace musubi::app {
namespace {

std::chrono::milliseconds half_of_watchdog() {
  const char* const given = std::getenv("WATCHDOG_USEC");
  if (given == nullptr) return {};
  std::int64_t microseconds = 0;
  std::from_chars(given, given + std::strlen(given), microseconds);
  return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::microseconds(microseconds / 2));
}

std::string monotonic_microseconds() {
  timespec now{};
  ::clock_gettime(CLOCK_MONOTONIC, &now);
  return std::to_string(std::int64_t{now.tv_sec} * 1'000'000 + now.tv_nsec / 1'000);
}

}  // namespace

ServiceManager::ServiceManager() : alive_every_(half_of_watchdog()) {
  if (const char* const socket = std::getenv("NOTIFY_SOCKET")) socket_ = socket;
}

void ServiceManager::send(const std::string& state) const {
  sockaddr_un address{};
  if (socket_.empty() || socket_.size() >= sizeof address.sun_path) return;
  address.sun_family = AF_UNIX;
  socket_.copy(address.sun_path, socket_.size());
  if (address.sun_path[0] == '@') address.sun_path[0] = '\0';
  const int descriptor = ::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  if (descriptor < 0) return;
  const auto length = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + socket_.size());
  // A manager that does not listen is no reason for the hub not to work.
  static_cast<void>(::sendto(descriptor, state.data(), state.size(), MSG_NOSIGNAL,
                             reinterpret_cast<const sockaddr*>(&address), length));
  ::close(descriptor);
}

void ServiceManager::ready(std::string_view status) const { send("READY=1\nSTATUS=" + std::string(status)); }
void ServiceManager::reloading() const { send("RELOADING=1\nMONOTONIC_USEC=" + monotonic_microseconds()); }
void ServiceManager::stopping() const { send("STOPPING=1"); }
void ServiceManager::alive() const { send("WATCHDOG=1"); }

}  // namespace musubi::app
