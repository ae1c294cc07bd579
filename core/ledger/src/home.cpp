#include "home.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <thread>
#include <utility>
#include <vector>

#include "musubi/base/digest.h"
#include "musubi/base/file.h"

namespace musubi::ledger {
namespace {

base::Error named_error(std::string_view message, const std::filesystem::path& file, int error_number = 0) {
  return base::Error(base::ErrorKind::environment, message, {{"error_number", std::to_string(error_number)}})
      .at({.file = file.string()});
}

}  // namespace

Descriptor& Descriptor::operator=(Descriptor&& other) noexcept {
  Descriptor old(std::exchange(number_, other.release()));
  return *this;
}

Descriptor::~Descriptor() {
  if (open()) ::close(number_);
}

int Descriptor::release() noexcept { return std::exchange(number_, -1); }

base::Status sync_file(int descriptor, const std::filesystem::path& path) {
  if (::fsync(descriptor) == 0) return {};
  if (errno == ENOSPC || errno == EDQUOT) return base::file_error(errno, path);
  return named_error("ledger.sync_failed", path, errno);
}

base::Status make_folder(const std::filesystem::path& folder) {
  std::error_code failure;
  if (std::filesystem::is_directory(folder, failure)) return {};
  const auto parent = folder.parent_path();
  if (!parent.empty() && parent != folder) MUSUBI_TRY(make_folder(parent));
  if (::mkdir(folder.c_str(), 0700) != 0 && errno != EEXIST) return base::file_error(errno, folder);
  return sync_folder(parent);
}

base::Status sync_folder(const std::filesystem::path& folder) {
  const Descriptor descriptor(
      ::open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!descriptor.open()) return base::file_error(errno, folder);
  return sync_file(descriptor.number(), folder);
}

base::Result<Descriptor> lock_home(const std::filesystem::path& home) {
  const auto file = home / "ledger.lock";
  Descriptor descriptor(::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600));
  if (!descriptor.open()) return base::file_error(errno, file);
  if (::flock(descriptor.number(), LOCK_EX | LOCK_NB) == 0) return descriptor;
  if (errno == EWOULDBLOCK) return named_error("ledger.locked", home);
  return base::file_error(errno, file);
}

base::Result<WriteTurns> WriteTurns::open(const std::filesystem::path& home) {
  const auto file = home / "ledger.turn";
  Descriptor lock(::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600));
  if (!lock.open()) return base::file_error(errno, file);
  return WriteTurns(std::move(lock), home);
}

base::Status WriteTurns::take() {
  constexpr auto kPatience = std::chrono::seconds(30);
  constexpr auto kBetween = std::chrono::milliseconds(1);
  const auto give_up = std::chrono::steady_clock::now() + kPatience;
  while (::flock(lock_.number(), LOCK_EX | LOCK_NB) != 0) {
    if (errno != EWOULDBLOCK && errno != EINTR) return base::file_error(errno, home_);
    if (std::chrono::steady_clock::now() > give_up) return named_error("ledger.busy", home_);
    std::this_thread::sleep_for(kBetween);
  }
  return {};
}

void WriteTurns::give_back() noexcept { ::flock(lock_.number(), LOCK_UN); }

}  // namespace musubi::ledger
