#include "musubi/base/kill_point.h"

#ifdef MUSUBI_FAULTS
#include <unistd.h>

#include <atomic>
#include <csignal>
#include <cstdlib>
#include <string>
#endif

namespace musubi::base {

#ifdef MUSUBI_FAULTS
namespace {

/// The point that ends this process, and how often it is passed until then.
struct End {
  std::string name;
  std::atomic<long> passings = 1;

  End() {
    const char* wanted = std::getenv("MUSUBI_KILL_AT");
    if (wanted == nullptr) return;
    name = wanted;
    const auto colon = name.find(':');
    if (colon == std::string::npos) return;
    passings = std::atol(name.c_str() + colon + 1);
    name.resize(colon);
  }
};

}  // namespace

void kill_point(KillPoint point) noexcept {
  static End end;
  if (point.name() == end.name && --end.passings == 0) ::kill(::getpid(), SIGKILL);
}
#else
void kill_point(KillPoint /*point*/) noexcept {}
#endif

}  // namespace musubi::base
