#include "folder_events.h"

#include <sys/inotify.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace musubi::intake {
namespace {

constexpr std::uint32_t kFinished = IN_CLOSE_WRITE | IN_MOVED_TO;
constexpr std::uint32_t kWatched = kFinished | IN_CREATE | IN_ONLYDIR;

/// The events of one read(), which follow each other, each as long as its name.
void each_event(std::string_view bytes, const std::function<void(const FolderEvents::Event&)>& each) {
  while (bytes.size() >= sizeof(inotify_event)) {
    inotify_event event{};
    std::memcpy(&event, bytes.data(), sizeof(event));
    const std::string name(bytes.substr(sizeof(event), event.len).data());
    if (!name.empty() || (event.mask & IN_IGNORED) != 0)
      each({.folder = event.wd, .name = name, .finished = (event.mask & kFinished) != 0});
    bytes.remove_prefix(std::min(bytes.size(), sizeof(event) + event.len));
  }
}

}  // namespace

FolderEvents::FolderEvents() : inotify_(::inotify_init1(IN_NONBLOCK | IN_CLOEXEC)) {}

int FolderEvents::add(const std::filesystem::path& folder) noexcept {
  return ::inotify_add_watch(inotify_.number(), folder.c_str(), kWatched);
}

void FolderEvents::read(const std::function<void(const Event&)>& each) {
  std::array<char, 16384> buffer;
  for (;;) {
    const auto got = ::read(inotify_.number(), buffer.data(), buffer.size());
    if (got <= 0) return;
    each_event(std::string_view(buffer.data(), static_cast<std::size_t>(got)), each);
  }
}

}  // namespace musubi::intake
