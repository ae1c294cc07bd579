// What stands between a hub and its machine (LD_PRELOAD): a disk that forgets, that is full, or that fails to
// sync, and a clock that is set. Told by the environment:
//
//   MUSUBI_DISK=FOLDER         the disk; everything below it forgets what was not synced when the process is
//                              ended by its own SIGKILL (a kill point) or by SIGPWR
//   MUSUBI_DISK_SEED=N         of what survives without a sync; 0: nothing
//   MUSUBI_DISK_SYNC_FAILS=N   the Nth sync fails with EIO, and what it should have kept is lost at the end
//   MUSUBI_DISK_FULL=FILE      as long as FILE is there nothing grows
//   MUSUBI_DISK_STALLS=FILE.stalls   as long as that is there no sync of FILE, or of what is named like it
//                              and more (FILE-wal), comes back
//   MUSUBI_CLOCK=FILE          eight bytes, a signed number: seconds that the clock is ahead; may change
#include <dlfcn.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/uio.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <chrono>
#include <climits>
#include <csignal>
#include <cstdarg>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <memory>
#include <string>
#include <string_view>
#include <thread>

#include "forgetful_disk.h"

namespace musubi::faults {
namespace {

std::uint64_t number(const char* name) {
  const char* given = std::getenv(name);
  return given == nullptr ? 0 : std::strtoull(given, nullptr, 10);
}

const std::atomic<std::int64_t>* shared_clock() {
  const char* file = std::getenv("MUSUBI_CLOCK");
  if (file == nullptr) return nullptr;
  const int descriptor = static_cast<int>(::syscall(SYS_openat, AT_FDCWD, file, O_RDONLY | O_CLOEXEC, 0));
  void* const memory = ::mmap(nullptr, sizeof(std::int64_t), PROT_READ, MAP_SHARED, descriptor, 0);
  return memory == MAP_FAILED ? nullptr : static_cast<const std::atomic<std::int64_t>*>(memory);
}

class Machine {
 public:
  /// The one of this process.
  static Machine& its() {
    static auto* const kMachine = new Machine;  // outlives every destructor
    return *kMachine;
  }

  ForgetfulDisk* disk() { return disk_.get(); }
  ForgetfulDisk* disk_of(const char* path) { return disk_ && disk_->covers(path) ? disk_.get() : nullptr; }
  bool full() const { return full_ != nullptr && ::syscall(SYS_faccessat, AT_FDCWD, full_, F_OK) == 0; }
  std::int64_t seconds_ahead() const { return clock_ == nullptr ? 0 : clock_->load(); }
  bool next_sync_fails() { return sync_fails_ != 0 && --sync_fails_ == 0; }

  void power_fails() {
    lose();
    ::syscall(SYS_kill, ::getpid(), SIGKILL);
  }
  /// And nobody writes any more.
  void lose() {
    if (!disk_) return;
    disk_->lock().lock();
    disk_->lose();
  }
  bool failed_to_sync() const { return number("MUSUBI_DISK_SYNC_FAILS") != 0 && sync_fails_ == 0; }

 private:
  Machine() {
    if (const char* folder = std::getenv("MUSUBI_DISK"))
      disk_ = std::make_unique<ForgetfulDisk>(folder, number("MUSUBI_DISK_SEED"));
  }

  std::unique_ptr<ForgetfulDisk> disk_;
  const char* full_ = std::getenv("MUSUBI_DISK_FULL");
  const std::atomic<std::int64_t>* clock_ = shared_clock();
  std::uint64_t sync_fails_ = number("MUSUBI_DISK_SYNC_FAILS");
};

/// SIGPWR reaches no other thread, so that it finds nobody in the middle of a write.
__attribute__((constructor)) void await_power_failure() {
  if (Machine::its().disk() == nullptr) return;
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGPWR);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  std::thread([signals] {
    int received = 0;
    sigwait(&signals, &received);
    Machine::its().power_fails();
  }).detach();
}

__attribute__((destructor)) void lose_what_failed() {
  if (Machine::its().failed_to_sync()) Machine::its().lose();
}

/// The C library's own.
template <class Function>
Function* next(const char* name) {
  return reinterpret_cast<Function*>(::dlsym(RTLD_NEXT, name));
}

int fails_with(int error_number) {
  errno = error_number;
  return -1;
}

/// Runs `call` as one step of the disk that `descriptor` is a file of; `note` is told of it before.
template <class Note, class Call>
auto on_file(int descriptor, const Note& note, const Call& call) -> decltype(call()) {
  auto* const disk = Machine::its().disk();
  if (disk == nullptr) return call();
  const std::lock_guard lock(disk->lock());
  if (disk->path_of(descriptor).empty()) return call();
  return note(*disk) ? call() : fails_with(ENOSPC);
}

off_t size_of(int descriptor) {
  struct stat status {};
  ::fstat(descriptor, &status);
  return status.st_size;
}

/// False: there is no room.
bool takes(ForgetfulDisk& disk, int descriptor, off_t at, std::size_t length) {
  if (Machine::its().full() && at + static_cast<off_t>(length) > size_of(descriptor)) return false;
  disk.before_write(descriptor, at, length);
  return true;
}

off_t position(int descriptor) {
  const bool appends = (::fcntl(descriptor, F_GETFL) & O_APPEND) != 0;
  return appends ? size_of(descriptor) : ::lseek(descriptor, 0, SEEK_CUR);
}

std::string name_of(int descriptor) {
  std::array<char, PATH_MAX> name{};
  const auto link = "/proc/self/fd/" + std::to_string(descriptor);
  const auto length = ::syscall(SYS_readlinkat, AT_FDCWD, link.c_str(), name.data(), name.size());
  return {name.data(), length < 0 ? 0 : static_cast<std::size_t>(length)};
}

bool exists(const char* path) {
  struct stat status {};
  return ::syscall(SYS_newfstatat, AT_FDCWD, path, &status, AT_SYMLINK_NOFOLLOW) == 0;
}

void wait_while_stalled(int descriptor) {
  constexpr std::string_view kSuffix = ".stalls";
  const char* const mark = std::getenv("MUSUBI_DISK_STALLS");
  if (mark == nullptr || !exists(mark)) return;
  std::string_view stalled = mark;
  stalled.remove_suffix(kSuffix.size());
  if (!name_of(descriptor).starts_with(stalled)) return;
  while (exists(mark)) std::this_thread::sleep_for(std::chrono::milliseconds(10));
}

int sync_with(long system_call, int descriptor) {
  wait_while_stalled(descriptor);
  auto* const disk = Machine::its().disk();
  if (disk == nullptr) return static_cast<int>(::syscall(system_call, descriptor));
  const std::lock_guard lock(disk->lock());
  if (Machine::its().next_sync_fails()) {
    disk->sync_failed(descriptor);
    return fails_with(EIO);
  }
  disk->synced(descriptor);
  return 0;
}

int open_with(const char* path, int flags, mode_t mode) {
  auto* const disk = Machine::its().disk_of(path);
  const auto call = [&](int these) {
    return static_cast<int>(::syscall(SYS_openat, AT_FDCWD, path, these, mode));
  };
  if (disk == nullptr || (flags & (O_CREAT | O_TRUNC)) == 0) return call(flags);
  const std::lock_guard lock(disk->lock());
  const bool is_new = !exists(path);
  if (is_new && Machine::its().full()) return fails_with(ENOSPC);
  const int descriptor = call(flags & ~O_TRUNC);
  if (descriptor < 0) return descriptor;
  if (is_new) disk->created(path);
  if ((flags & O_TRUNC) != 0) {
    disk->before_resize(descriptor, 0);
    ::syscall(SYS_ftruncate, descriptor, off_t{0});
  }
  return descriptor;
}

int rename_with(const char* from, const char* to, unsigned flags) {
  auto* const disk = Machine::its().disk_of(to);
  const auto call = [&] {
    return static_cast<int>(::syscall(SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, flags));
  };
  if (disk == nullptr) return call();
  const std::lock_guard lock(disk->lock());
  const auto replaced = disk->keep(to);
  const int result = call();
  if (result == 0) disk->renamed(from, to, replaced);
  return result;
}

int remove_with(const char* path, int flags) {
  auto* const disk = Machine::its().disk_of(path);
  const auto call = [&] { return static_cast<int>(::syscall(SYS_unlinkat, AT_FDCWD, path, flags)); };
  if (disk == nullptr) return call();
  const std::lock_guard lock(disk->lock());
  const bool folder = flags == AT_REMOVEDIR;
  const auto kept = folder ? std::string() : disk->keep(path);
  const int result = call();
  if (result == 0 && folder)
    disk->removed_folder(path);
  else if (result == 0)
    disk->unlinked(path, kept);
  return result;
}

}  // namespace
}  // namespace musubi::faults

using namespace musubi::faults;

#pragma GCC visibility push(default)
extern "C" {

// --- files

int open(const char* path, int flags, ...) {
  va_list more;
  va_start(more, flags);
  const auto mode = (flags & (O_CREAT | O_TMPFILE)) != 0 ? va_arg(more, mode_t) : 0;
  va_end(more);
  return open_with(path, flags, mode);
}
int open64(const char* path, int flags, ...) {
  va_list more;
  va_start(more, flags);
  const auto mode = (flags & (O_CREAT | O_TMPFILE)) != 0 ? va_arg(more, mode_t) : 0;
  va_end(more);
  return open_with(path, flags, mode);
}

ssize_t write(int descriptor, const void* bytes, size_t length) {
  return on_file(
      descriptor, [&](auto& disk) { return takes(disk, descriptor, position(descriptor), length); },
      [&] { return static_cast<ssize_t>(::syscall(SYS_write, descriptor, bytes, length)); });
}
ssize_t writev(int descriptor, const iovec* pieces, int count) {
  size_t length = 0;
  for (int each = 0; each < count; ++each) length += pieces[each].iov_len;
  return on_file(
      descriptor, [&](auto& disk) { return takes(disk, descriptor, position(descriptor), length); },
      [&] { return static_cast<ssize_t>(::syscall(SYS_writev, descriptor, pieces, count)); });
}
ssize_t pwrite(int descriptor, const void* bytes, size_t length, off_t at) {
  return on_file(
      descriptor, [&](auto& disk) { return takes(disk, descriptor, at, length); },
      [&] { return static_cast<ssize_t>(::syscall(SYS_pwrite64, descriptor, bytes, length, at)); });
}
ssize_t pwrite64(int descriptor, const void* bytes, size_t length, off64_t at) {
  return pwrite(descriptor, bytes, length, at);
}
int ftruncate(int descriptor, off_t size) noexcept {
  return on_file(
      descriptor,
      [&](auto& disk) {
        disk.before_resize(descriptor, size);
        return true;
      },
      [&] { return static_cast<int>(::syscall(SYS_ftruncate, descriptor, size)); });
}
int ftruncate64(int descriptor, off64_t size) noexcept { return ftruncate(descriptor, size); }
int fsync(int descriptor) { return sync_with(SYS_fsync, descriptor); }
int fdatasync(int descriptor) { return sync_with(SYS_fdatasync, descriptor); }

// --- entries

int rename(const char* from, const char* to) noexcept { return rename_with(from, to, 0); }
int renameat2(int from_folder, const char* from, int to_folder, const char* to, unsigned flags) noexcept {
  if (from_folder == AT_FDCWD && to_folder == AT_FDCWD) return rename_with(from, to, flags);
  return static_cast<int>(::syscall(SYS_renameat2, from_folder, from, to_folder, to, flags));
}
int unlink(const char* path) noexcept { return remove_with(path, 0); }
int rmdir(const char* path) noexcept { return remove_with(path, AT_REMOVEDIR); }
int remove(const char* path) noexcept {
  const int result = remove_with(path, 0);
  return result != 0 && errno == EISDIR ? remove_with(path, AT_REMOVEDIR) : result;
}
int mkdir(const char* path, mode_t mode) noexcept {
  auto* const disk = Machine::its().disk_of(path);
  const auto call = [&] { return static_cast<int>(::syscall(SYS_mkdirat, AT_FDCWD, path, mode)); };
  if (disk == nullptr) return call();
  const std::lock_guard lock(disk->lock());
  const int result = call();
  if (result == 0) disk->made_folder(path);
  return result;
}
int statvfs(const char* path, struct statvfs* space) noexcept {
  const auto result = next<int(const char*, struct statvfs*)>("statvfs")(path, space);
  if (Machine::its().full()) space->f_bavail = space->f_bfree = 0;
  return result;
}
int statvfs64(const char* path, struct statvfs64* space) noexcept {
  const auto result = next<int(const char*, struct statvfs64*)>("statvfs64")(path, space);
  if (Machine::its().full()) space->f_bavail = space->f_bfree = 0;
  return result;
}

// --- the end, and the clock

int kill(pid_t process, int signal) noexcept {
  if (process == ::getpid() && signal == SIGKILL) Machine::its().power_fails();
  return static_cast<int>(::syscall(SYS_kill, process, signal));
}
int clock_gettime(clockid_t clock, timespec* now) noexcept {
  const auto result = static_cast<int>(::syscall(SYS_clock_gettime, clock, now));
  if (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE)
    now->tv_sec += Machine::its().seconds_ahead();
  return result;
}
int gettimeofday(timeval* now, void*) noexcept {
  timespec exact{};
  const int result = clock_gettime(CLOCK_REALTIME, &exact);
  *now = {exact.tv_sec, exact.tv_nsec / 1'000};
  return result;
}
time_t time(time_t* into) noexcept {
  timespec exact{};
  clock_gettime(CLOCK_REALTIME, &exact);
  if (into != nullptr) *into = exact.tv_sec;
  return exact.tv_sec;
}

}  // extern "C"
#pragma GCC visibility pop
