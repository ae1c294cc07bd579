#include "musubi/intake/way_in.h"

#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <algorithm>
#include <array>

#include "descriptor.h"

namespace musubi::intake {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds kShortest{20};  // between two looks, however many changes are reported
constexpr milliseconds kLongest = std::chrono::hours(1);

void wait(int stopped, int wake, milliseconds time) {
  std::array<pollfd, 2> watched{{{stopped, POLLIN, 0}, {wake, POLLIN, 0}}};
  ::poll(watched.data(), kShortest < time && wake >= 0 ? 2U : 1U, static_cast<int>(time.count()));
}

}  // namespace

WayIn::~WayIn() = default;

std::string_view name_of(WayInKind kind) noexcept {
  switch (kind) {
    case WayInKind::folder:
      return "folder";
    case WayInKind::pull:
      return "pull";
    case WayInKind::imap:
      return "imap";
    case WayInKind::pop3:
      return "pop3";
  }
  return "";
}

void watch(WayIn& way_in, const std::stop_token& stop) noexcept {
  const Descriptor stopped(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK));
  const std::stop_callback wake(stop, [&] { ::eventfd_write(stopped.number(), 1); });
  while (!stop.stop_requested()) {
    const auto until_next = std::clamp(way_in.look(stop), kShortest, kLongest);
    wait(stopped.number(), -1, kShortest);
    if (until_next > kShortest) wait(stopped.number(), way_in.wake_descriptor(), until_next - kShortest);
  }
}

}  // namespace musubi::intake
