#include "failing_disk.h"

#include <fcntl.h>
#include <sys/types.h>
#include <unistd.h>

#include <cstdio>
#include <cstring>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace musubi::ledger {
namespace {

/// What a write replaced, to undo it.
struct Undo {
  sqlite3_int64 offset = 0, size_before = 0;
  std::string bytes_before;
};

struct Disk {
  std::optional<FailingCall> call;
  bool armed = false, failed = false, disk_full = false;
  int fail_at = 0, operations = 0;
  Failure failure = Failure::once;
  std::map<std::string, std::vector<Undo>> unsynced;
};
Disk disk;  // one per process: SQLite and the system calls have no place for a context

bool fails_now() {
  if (!disk.armed) return false;
  ++disk.operations;
  const bool fails =
      disk.failure == Failure::once ? disk.operations == disk.fail_at : disk.operations >= disk.fail_at;
  disk.failed |= fails;
  return fails;
}

bool call_fails(Call call) {
  if (disk.call && disk.call->call == call && --disk.call->number == 0) {
    errno = disk.call->error;
    return true;
  }
  if (!fails_now()) return false;
  errno = disk.disk_full ? ENOSPC : EIO;
  return true;
}

// --- a layer over SQLite's own file system

struct File {
  sqlite3_file base;
  char* name;  ///< owned; null: not watched
  sqlite3_file* real() { return reinterpret_cast<sqlite3_file*>(this + 1); }
};
File& of(sqlite3_file* file) { return *reinterpret_cast<File*>(file); }
sqlite3_vfs* real_vfs = nullptr;

void remember(File& file, sqlite3_int64 offset, int size) {
  if (file.name == nullptr || disk.failure != Failure::power_cut || !disk.armed) return;
  Undo undo{offset, 0, {}};
  file.real()->pMethods->xFileSize(file.real(), &undo.size_before);
  if (offset < undo.size_before) {
    undo.bytes_before.resize(
        static_cast<std::size_t>(std::min<sqlite3_int64>(size, undo.size_before - offset)));
    file.real()->pMethods->xRead(file.real(), undo.bytes_before.data(),
                                 static_cast<int>(undo.bytes_before.size()), offset);
  }
  disk.unsynced[file.name].push_back(std::move(undo));
}

int close_file(sqlite3_file* file) {
  const int code = of(file).real()->pMethods->xClose(of(file).real());
  std::free(of(file).name);
  return code;
}
int read_file(sqlite3_file* file, void* bytes, int size, sqlite3_int64 offset) {
  return of(file).real()->pMethods->xRead(of(file).real(), bytes, size, offset);
}
int write_file(sqlite3_file* file, const void* bytes, int size, sqlite3_int64 offset) {
  if (fails_now()) return disk.disk_full ? SQLITE_FULL : SQLITE_IOERR_WRITE;
  remember(of(file), offset, size);
  return of(file).real()->pMethods->xWrite(of(file).real(), bytes, size, offset);
}
int truncate_file(sqlite3_file* file, sqlite3_int64 size) {
  if (fails_now()) return SQLITE_IOERR_TRUNCATE;
  sqlite3_int64 now = 0;
  of(file).real()->pMethods->xFileSize(of(file).real(), &now);
  if (now > size) remember(of(file), size, static_cast<int>(now - size));
  return of(file).real()->pMethods->xTruncate(of(file).real(), size);
}
int sync_file(sqlite3_file* file, int flags) {
  if (fails_now()) return SQLITE_IOERR_FSYNC;
  if (of(file).name != nullptr) disk.unsynced.erase(of(file).name);
  return of(file).real()->pMethods->xSync(of(file).real(), flags);
}
int size_of_file(sqlite3_file* file, sqlite3_int64* size) {
  return of(file).real()->pMethods->xFileSize(of(file).real(), size);
}
int lock_file(sqlite3_file* file, int level) {
  return of(file).real()->pMethods->xLock(of(file).real(), level);
}
int unlock_file(sqlite3_file* file, int level) {
  return of(file).real()->pMethods->xUnlock(of(file).real(), level);
}
int check_lock(sqlite3_file* file, int* held) {
  return of(file).real()->pMethods->xCheckReservedLock(of(file).real(), held);
}
int control_file(sqlite3_file* file, int operation, void* argument) {
  return of(file).real()->pMethods->xFileControl(of(file).real(), operation, argument);
}
int sector_size(sqlite3_file* file) { return of(file).real()->pMethods->xSectorSize(of(file).real()); }
int characteristics(sqlite3_file* file) {
  return of(file).real()->pMethods->xDeviceCharacteristics(of(file).real());
}
int map_shared(sqlite3_file* file, int page, int size, int extend, void volatile** memory) {
  return of(file).real()->pMethods->xShmMap(of(file).real(), page, size, extend, memory);
}
int lock_shared(sqlite3_file* file, int offset, int count, int flags) {
  return of(file).real()->pMethods->xShmLock(of(file).real(), offset, count, flags);
}
void barrier_shared(sqlite3_file* file) { of(file).real()->pMethods->xShmBarrier(of(file).real()); }
int unmap_shared(sqlite3_file* file, int remove) {
  return of(file).real()->pMethods->xShmUnmap(of(file).real(), remove);
}

constexpr sqlite3_io_methods kMethods{
    2,           close_file,     read_file,    write_file,   truncate_file, sync_file,       size_of_file,
    lock_file,   unlock_file,    check_lock,   control_file, sector_size,   characteristics, map_shared,
    lock_shared, barrier_shared, unmap_shared, nullptr,      nullptr};

int open_file(sqlite3_vfs*, const char* name, sqlite3_file* file, int flags, int* flags_out) {
  auto& opened = of(file);
  const int code = real_vfs->xOpen(real_vfs, name, opened.real(), flags, flags_out);
  const bool watched = (flags & (SQLITE_OPEN_MAIN_DB | SQLITE_OPEN_WAL)) != 0;
  opened.name = code == SQLITE_OK && watched ? ::strdup(name) : nullptr;
  opened.base.pMethods = opened.real()->pMethods == nullptr ? nullptr : &kMethods;
  return code;
}

int delete_file(sqlite3_vfs*, const char* name, int sync_folder) {
  if (fails_now()) return SQLITE_IOERR_DELETE;
  disk.unsynced.erase(name);
  return real_vfs->xDelete(real_vfs, name, sync_folder);
}

void undo(const std::string& name, const std::vector<Undo>& writes) {
  const int file = ::open(name.c_str(), O_RDWR);
  if (file < 0) return;
  for (auto each = writes.rbegin(); each != writes.rend(); ++each) {
    if (::pwrite(file, each->bytes_before.data(), each->bytes_before.size(), each->offset) < 0) std::abort();
    if (::ftruncate(file, each->size_before) != 0) std::abort();
  }
  ::close(file);
}

sqlite3_vfs make_vfs() {
  real_vfs = sqlite3_vfs_find(nullptr);
  sqlite3_vfs vfs = *real_vfs;
  vfs.zName = "failing";
  vfs.szOsFile = static_cast<int>(sizeof(File)) + real_vfs->szOsFile;
  vfs.xOpen = open_file;
  vfs.xDelete = delete_file;
  return vfs;
}
sqlite3_vfs failing_vfs;

}  // namespace

FailingCalls::FailingCalls(FailingCall failing) { disk.call = failing; }
FailingCalls::~FailingCalls() { disk.call.reset(); }

FailingDisk::FailingDisk() {
  failing_vfs = make_vfs();
  sqlite3_vfs_register(&failing_vfs, 1);
}
FailingDisk::~FailingDisk() {
  disk = {};
  sqlite3_vfs_unregister(&failing_vfs);
}

void FailingDisk::arm(int number, Failure failure, bool disk_full) {
  disk = {};
  disk.armed = true;
  disk.fail_at = number;
  disk.failure = failure;
  disk.disk_full = disk_full;
}

void FailingDisk::restart() {
  disk.armed = false;
  for (const auto& [name, writes] : disk.unsynced) undo(name, writes);
  disk.unsynced.clear();
}

bool FailingDisk::failed() const { return disk.failed; }

}  // namespace musubi::ledger

// The linker sends the ledger's calls here (--wrap).
extern "C" {
ssize_t __real_write(int, const void*, size_t);
int __real_fsync(int);
int __real_rename(const char*, const char*);

ssize_t __wrap_write(int descriptor, const void* bytes, size_t size) {
  using namespace musubi::ledger;
  return call_fails(Call::write) ? -1 : __real_write(descriptor, bytes, size);
}
int __wrap_fsync(int descriptor) {
  using namespace musubi::ledger;
  return call_fails(Call::fsync) ? -1 : __real_fsync(descriptor);
}
int __wrap_rename(const char* from, const char* to) {
  using namespace musubi::ledger;
  return call_fails(Call::rename) ? -1 : __real_rename(from, to);
}
}
