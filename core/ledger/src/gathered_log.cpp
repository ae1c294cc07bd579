#include "gathered_log.h"

#include <sqlite3.h>

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <new>
#include <string>
#include <type_traits>
#include <utility>

namespace musubi::ledger::sqlite {
namespace {

/// 31 pages of 4 KiB and their heads; a longer transaction goes in several writes. SQLite's own file systems
/// write less than 128 KiB in a call.
constexpr std::size_t kMostGathered = std::size_t{31} * (4096 + 24);

using Offset = sqlite3_int64;

/// What SQLite keeps of the log's open file: this, and behind it what the real file system keeps.
struct Log {
  sqlite3_file base;
  char* gathered;    ///< kMostGathered bytes; nullptr: nothing was written yet
  std::size_t size;  ///< of what is gathered
  Offset at;         ///< where it belongs
};
static_assert(std::is_trivial_v<Log> && sizeof(Log) % alignof(std::max_align_t) == 0);

Log& log_of(sqlite3_file* file) { return *reinterpret_cast<Log*>(file); }
sqlite3_file* real(Log& log) { return reinterpret_cast<sqlite3_file*>(&log + 1); }
const sqlite3_io_methods& methods(Log& log) { return *real(log)->pMethods; }

/// What cannot be written is dropped with its transaction, which fails by this.
int write_out(Log& log) {
  if (log.size == 0) return SQLITE_OK;
  const auto size = static_cast<int>(log.size);
  log.size = 0;
  return methods(log).xWrite(real(log), log.gathered, size, log.at);
}

bool continues(const Log& log, std::size_t size, Offset at) {
  return log.size != 0 && at == log.at + static_cast<Offset>(log.size) && log.size + size <= kMostGathered;
}

int write(sqlite3_file* file, const void* bytes, int count, Offset at) {
  auto& log = log_of(file);
  const auto size = static_cast<std::size_t>(count);
  if (log.gathered == nullptr) log.gathered = static_cast<char*>(std::malloc(kMostGathered));
  if (!continues(log, size, at)) {
    if (const int code = write_out(log); code != SQLITE_OK) return code;
    if (log.gathered == nullptr || size > kMostGathered)
      return methods(log).xWrite(real(log), bytes, count, at);
    log.at = at;
  }
  std::memcpy(log.gathered + log.size, bytes, size);
  log.size += size;
  return SQLITE_OK;
}

/// Anything but a write sees the file as it would be without this.
template <auto Method>
struct AfterWritingOut;
template <class... Arguments, int (*sqlite3_io_methods::*Method)(sqlite3_file*, Arguments...)>
struct AfterWritingOut<Method> {
  static int call(sqlite3_file* file, Arguments... arguments) {
    auto& log = log_of(file);
    const int written = write_out(log);
    return written != SQLITE_OK ? written : (methods(log).*Method)(real(log), arguments...);
  }
};

int close(sqlite3_file* file) {
  auto& log = log_of(file);
  const int written = write_out(log);
  std::free(log.gathered);
  const int closed = methods(log).xClose(real(log));
  return written != SQLITE_OK ? written : closed;
}
int sector_size(sqlite3_file* file) { return methods(log_of(file)).xSectorSize(real(log_of(file))); }
int characteristics(sqlite3_file* file) {
  return methods(log_of(file)).xDeviceCharacteristics(real(log_of(file)));
}

const sqlite3_io_methods* log_methods() {
  static const auto kMethods = [] {
    sqlite3_io_methods all{};
    all.iVersion = 1;
    all.xClose = close;
    all.xRead = AfterWritingOut<&sqlite3_io_methods::xRead>::call;
    all.xWrite = write;
    all.xTruncate = AfterWritingOut<&sqlite3_io_methods::xTruncate>::call;
    all.xSync = AfterWritingOut<&sqlite3_io_methods::xSync>::call;
    all.xFileSize = AfterWritingOut<&sqlite3_io_methods::xFileSize>::call;
    all.xLock = AfterWritingOut<&sqlite3_io_methods::xLock>::call;
    all.xUnlock = AfterWritingOut<&sqlite3_io_methods::xUnlock>::call;
    all.xCheckReservedLock = AfterWritingOut<&sqlite3_io_methods::xCheckReservedLock>::call;
    all.xFileControl = AfterWritingOut<&sqlite3_io_methods::xFileControl>::call;
    all.xSectorSize = sector_size;
    all.xDeviceCharacteristics = characteristics;
    return all;
  }();
  return &kMethods;
}

sqlite3_vfs* below(const sqlite3_vfs* gathering) { return static_cast<sqlite3_vfs*>(gathering->pAppData); }

int open(sqlite3_vfs* gathering, const char* name, sqlite3_file* file, int flags, int* flags_then) {
  auto* const its = below(gathering);
  if ((flags & SQLITE_OPEN_WAL) == 0) return its->xOpen(its, name, file, flags, flags_then);
  auto* const log = new (file) Log{};
  const int code = its->xOpen(its, name, real(*log), flags, flags_then);
  if (code == SQLITE_OK) log->base.pMethods = log_methods();
  return code;
}

/// Any other call is that of the file system below.
template <auto Method>
struct Below;
template <class Result, class... Arguments, Result (*sqlite3_vfs::*Method)(sqlite3_vfs*, Arguments...)>
struct Below<Method> {
  static Result call(sqlite3_vfs* gathering, Arguments... arguments) {
    auto* const its = below(gathering);
    return (its->*Method)(its, arguments...);
  }
};

std::string new_name(const sqlite3_vfs& its) {
  static std::atomic<std::uint64_t> count{0};
  return "gathering-" + std::to_string(++count) + "-" + its.zName;
}

}  // namespace

struct GatheringFileSystem::State {
  explicit State(sqlite3_vfs& its) : name(new_name(its)) {
    vfs.iVersion = std::min(its.iVersion, 2);
    vfs.szOsFile = static_cast<int>(sizeof(Log)) + its.szOsFile;
    vfs.mxPathname = its.mxPathname;
    vfs.zName = name.c_str();
    vfs.pAppData = &its;
    vfs.xOpen = open;
    vfs.xDelete = Below<&sqlite3_vfs::xDelete>::call;
    vfs.xAccess = Below<&sqlite3_vfs::xAccess>::call;
    vfs.xFullPathname = Below<&sqlite3_vfs::xFullPathname>::call;
    vfs.xRandomness = Below<&sqlite3_vfs::xRandomness>::call;
    vfs.xSleep = Below<&sqlite3_vfs::xSleep>::call;
    vfs.xCurrentTime = Below<&sqlite3_vfs::xCurrentTime>::call;
    vfs.xGetLastError = Below<&sqlite3_vfs::xGetLastError>::call;
    if (vfs.iVersion >= 2) vfs.xCurrentTimeInt64 = Below<&sqlite3_vfs::xCurrentTimeInt64>::call;
  }
  const std::string name;
  sqlite3_vfs vfs{};
};

GatheringFileSystem::GatheringFileSystem() {
  auto* const its = sqlite3_vfs_find(nullptr);
  if (its == nullptr) return;
  auto state = std::make_unique<State>(*its);
  if (sqlite3_vfs_register(&state->vfs, 0) == SQLITE_OK) state_ = std::move(state);
}

GatheringFileSystem::~GatheringFileSystem() {
  if (state_) sqlite3_vfs_unregister(&state_->vfs);
}

const char* GatheringFileSystem::name() const { return state_ ? state_->name.c_str() : nullptr; }

}  // namespace musubi::ledger::sqlite
