#include "socket_wait.h"

#include <poll.h>

#include <algorithm>
#include <cerrno>

namespace musubi::postgres_sink {

bool ready_before(int socket, short events, std::chrono::steady_clock::time_point deadline) noexcept {
  using std::chrono::milliseconds;
  for (;;) {
    const auto left =
        std::chrono::duration_cast<milliseconds>(deadline - std::chrono::steady_clock::now()).count();
    pollfd descriptor{socket, events, 0};
    const int found = ::poll(&descriptor, 1, static_cast<int>(std::clamp<long>(left, 0, 3'600'000)));
    if (found > 0) return true;
    if (found == 0 || errno != EINTR) return false;
  }
}

}  // namespace musubi::postgres_sink
