#include "memory_disk.h"

#include <algorithm>
#include <cstring>

namespace musubi::simulation {
namespace {

constexpr std::size_t kSector = 512;

/// What SQLite holds of an open file; it begins as SQLite's own type does.
struct OpenFile {
  sqlite3_file base;
  MemoryDisk* disk;
  std::shared_ptr<MemoryFile>* file;
  int lock;
};

OpenFile& open_file(sqlite3_file* file) { return *reinterpret_cast<OpenFile*>(file); }
MemoryFile& contents(sqlite3_file* file) { return **open_file(file).file; }

void note_change(MemoryFile& file, std::size_t from, std::size_t until) {
  for (auto sector = from / kSector; sector * kSector < until; ++sector) file.changed_sectors.insert(sector);
}

/// A sector of `now` as it would be found on the disk.
void make_durable(MemoryFile& file, std::size_t sector) {
  const auto from = sector * kSector;
  if (from >= file.now.size()) return;
  const auto part = std::string_view(file.now).substr(from, kSector);
  if (file.durable.size() < from + part.size()) file.durable.resize(from + part.size());
  std::ranges::copy(part, file.durable.begin() + static_cast<std::ptrdiff_t>(from));
}

}  // namespace

/// SQLite's calls. Named as in sqlite3_io_methods and sqlite3_vfs.
struct DiskCalls {
  static int close(sqlite3_file* file) {
    const std::lock_guard turn(open_file(file).disk->mutex_);
    unlock(file, SQLITE_LOCK_NONE);
    delete open_file(file).file;
    return SQLITE_OK;
  }

  static int read(sqlite3_file* file, void* into, int amount, sqlite3_int64 offset) {
    const std::lock_guard turn(open_file(file).disk->mutex_);
    if (!open_file(file).disk->on_) return SQLITE_IOERR_READ;
    const auto& bytes = contents(file).now;
    const auto wanted = static_cast<std::size_t>(amount), at = static_cast<std::size_t>(offset);
    const auto there = at >= bytes.size() ? 0 : std::min(wanted, bytes.size() - at);
    std::memcpy(into, bytes.data() + std::min(at, bytes.size()), there);
    std::memset(static_cast<char*>(into) + there, 0, wanted - there);
    return there == wanted ? SQLITE_OK : SQLITE_IOERR_SHORT_READ;
  }

  static int write(sqlite3_file* file, const void* from, int amount, sqlite3_int64 offset) {
    const std::lock_guard turn(open_file(file).disk->mutex_);
    auto& disk = *open_file(file).disk;
    auto& here = contents(file);
    const auto size = static_cast<std::size_t>(amount), at = static_cast<std::size_t>(offset);
    if (const int failure = disk.change(); failure != SQLITE_OK) return failure;
    const bool full =
        disk.operations_ >= disk.mishaps_.full_from && disk.operations_ < disk.mishaps_.full_until;
    if (full && at + size > here.now.size()) return SQLITE_FULL;
    if (here.now.size() < at + size) here.now.resize(at + size);
    std::memcpy(here.now.data() + at, from, size);
    note_change(here, at, at + size);
    return SQLITE_OK;
  }

  static int truncate(sqlite3_file* file, sqlite3_int64 size) {
    const std::lock_guard turn(open_file(file).disk->mutex_);
    if (const int failure = open_file(file).disk->change(); failure != SQLITE_OK) return failure;
    auto& here = contents(file);
    const auto before = here.now.size();
    here.now.resize(static_cast<std::size_t>(size));
    note_change(here, std::min(before, here.now.size()), std::max(before, here.now.size()));
    return SQLITE_OK;
  }

  static int sync(sqlite3_file* file, int) {
    const std::lock_guard turn(open_file(file).disk->mutex_);
    auto& disk = *open_file(file).disk;
    if (const int failure = disk.change(); failure != SQLITE_OK) return failure;
    if (disk.mishaps_.sync_fails_at != 0 && disk.operations_ >= disk.mishaps_.sync_fails_at &&
        !disk.sync_has_failed_) {
      disk.sync_has_failed_ = true;
      return SQLITE_IOERR_FSYNC;
    }
    auto& here = contents(file);
    here.durable.resize(here.now.size());
    for (const auto sector : here.changed_sectors) make_durable(here, sector);
    here.exists_durably = true;
    here.changed_sectors.clear();
    return SQLITE_OK;
  }

  static int file_size(sqlite3_file* file, sqlite3_int64* size) {
    const std::lock_guard turn(open_file(file).disk->mutex_);
    *size = static_cast<sqlite3_int64>(contents(file).now.size());
    return SQLITE_OK;
  }

  // --- locks of the file
  static int lock(sqlite3_file* file, int level) {
    const std::lock_guard turn(open_file(file).disk->mutex_);
    auto& mine = open_file(file);
    auto& here = contents(file);
    if (mine.lock >= level) return SQLITE_OK;
    if (here.exclusive != nullptr && here.exclusive != file) return SQLITE_BUSY;
    if (mine.lock == SQLITE_LOCK_NONE) ++here.shared;
    mine.lock = std::max(mine.lock, SQLITE_LOCK_SHARED);
    if (level >= SQLITE_LOCK_RESERVED) {
      if (here.reserved != nullptr && here.reserved != file) return SQLITE_BUSY;
      here.reserved = file;
      mine.lock = SQLITE_LOCK_RESERVED;
    }
    if (level == SQLITE_LOCK_EXCLUSIVE) {
      if (here.shared > 1) return SQLITE_BUSY;
      here.exclusive = file;
      mine.lock = SQLITE_LOCK_EXCLUSIVE;
    }
    return SQLITE_OK;
  }

  static int unlock(sqlite3_file* file, int level) {
    const std::lock_guard turn(open_file(file).disk->mutex_);
    auto& mine = open_file(file);
    auto& here = contents(file);
    if (mine.lock <= level) return SQLITE_OK;
    if (here.exclusive == file) here.exclusive = nullptr;
    if (here.reserved == file) here.reserved = nullptr;
    if (level == SQLITE_LOCK_NONE) --here.shared;
    mine.lock = level;
    return SQLITE_OK;
  }

  static int check_reserved_lock(sqlite3_file* file, int* result) {
    const std::lock_guard turn(open_file(file).disk->mutex_);
    *result = contents(file).reserved != nullptr ? 1 : 0;
    return SQLITE_OK;
  }

  static int file_control(sqlite3_file*, int, void*) { return SQLITE_NOTFOUND; }
  static int sector_size(sqlite3_file*) { return static_cast<int>(kSector); }
  static int device_characteristics(sqlite3_file*) { return SQLITE_IOCAP_POWERSAFE_OVERWRITE; }

  // --- memory that connections share, for the index of the log
  static int map_memory(sqlite3_file* file, int region, int size, int extend, void volatile** into) {
    const std::lock_guard turn(open_file(file).disk->mutex_);
    auto& memory = contents(file).memory;
    const auto wanted = static_cast<std::size_t>(region) + 1;
    *into = nullptr;
    if (memory.regions.size() < wanted && extend == 0) return SQLITE_OK;
    while (memory.regions.size() < wanted)
      memory.regions.push_back(std::make_unique<char[]>(static_cast<std::size_t>(size)));
    *into = memory.regions[wanted - 1].get();
    return SQLITE_OK;
  }

  static int lock_memory(sqlite3_file* file, int offset, int count, int flags) {
    const std::lock_guard turn(open_file(file).disk->mutex_);
    auto& memory = contents(file).memory;
    const bool exclusive = (flags & SQLITE_SHM_EXCLUSIVE) != 0;
    const auto first = static_cast<std::size_t>(offset), last = first + static_cast<std::size_t>(count);
    for (auto slot = first; slot < last; ++slot) {
      if ((flags & SQLITE_SHM_UNLOCK) != 0) {
        if (exclusive)
          memory.exclusive[slot] = nullptr;
        else
          --memory.shared[slot];
        continue;
      }
      const bool taken = memory.exclusive[slot] != nullptr || (exclusive && memory.shared[slot] != 0);
      if (taken) return release_memory(memory, first, slot, exclusive);
      if (exclusive)
        memory.exclusive[slot] = file;
      else
        ++memory.shared[slot];
    }
    return SQLITE_OK;
  }

  static int release_memory(MemoryFile::SharedMemory& memory, std::size_t first, std::size_t until,
                            bool exclusive) {
    for (auto slot = first; slot < until; ++slot) {
      if (exclusive)
        memory.exclusive[slot] = nullptr;
      else
        --memory.shared[slot];
    }
    return SQLITE_BUSY;
  }

  static void barrier(sqlite3_file*) {}

  static int unmap_memory(sqlite3_file* file, int remove) {
    const std::lock_guard turn(open_file(file).disk->mutex_);
    if (remove != 0) contents(file).memory = {};
    return SQLITE_OK;
  }

  // --- files by name
  static int open(sqlite3_vfs* calls, const char* name, sqlite3_file* file, int flags, int* given) {
    auto& disk = *static_cast<MemoryDisk*>(calls->pAppData);
    const std::lock_guard turn(disk.mutex_);
    file->pMethods = nullptr;
    if (!disk.on_) return SQLITE_CANTOPEN;
    auto found =
        name == nullptr ? std::make_shared<MemoryFile>() : disk.file(name, (flags & SQLITE_OPEN_CREATE) != 0);
    if (!found) return SQLITE_CANTOPEN;
    auto& mine = open_file(file);
    mine.disk = &disk;
    mine.file = new std::shared_ptr<MemoryFile>(std::move(found));
    mine.lock = SQLITE_LOCK_NONE;
    file->pMethods = &kMethods;
    if (given != nullptr) *given = flags;
    return SQLITE_OK;
  }

  static int remove(sqlite3_vfs* calls, const char* name, int) {
    auto& disk = *static_cast<MemoryDisk*>(calls->pAppData);
    const std::lock_guard turn(disk.mutex_);
    if (const int failure = disk.change(); failure != SQLITE_OK) return failure;
    return disk.files_.erase(name) == 0 ? SQLITE_IOERR_DELETE_NOENT : SQLITE_OK;
  }

  static int access(sqlite3_vfs* calls, const char* name, int, int* result) {
    auto& disk = *static_cast<MemoryDisk*>(calls->pAppData);
    const std::lock_guard turn(disk.mutex_);
    *result = disk.files_.contains(name) ? 1 : 0;
    return SQLITE_OK;
  }

  static int full_name(sqlite3_vfs*, const char* name, int room, char* into) {
    sqlite3_snprintf(room, into, "%s", name);
    return SQLITE_OK;
  }

  static const sqlite3_io_methods kMethods;
};

const sqlite3_io_methods DiskCalls::kMethods = {.iVersion = 2,
                                                .xClose = close,
                                                .xRead = read,
                                                .xWrite = write,
                                                .xTruncate = truncate,
                                                .xSync = sync,
                                                .xFileSize = file_size,
                                                .xLock = lock,
                                                .xUnlock = unlock,
                                                .xCheckReservedLock = check_reserved_lock,
                                                .xFileControl = file_control,
                                                .xSectorSize = sector_size,
                                                .xDeviceCharacteristics = device_characteristics,
                                                .xShmMap = map_memory,
                                                .xShmLock = lock_memory,
                                                .xShmBarrier = barrier,
                                                .xShmUnmap = unmap_memory,
                                                .xFetch = nullptr,
                                                .xUnfetch = nullptr};

MemoryDisk::MemoryDisk(std::uint64_t seed)
    : random_(seed), name_("memory-" + std::to_string(seed)), machine_(sqlite3_vfs_find(nullptr)) {
  calls_ = *machine_;  // time, randomness and the like are the machine's
  calls_.szOsFile = sizeof(OpenFile);
  calls_.pNext = nullptr;
  calls_.zName = name_.c_str();
  calls_.pAppData = this;
  calls_.xOpen = DiskCalls::open;
  calls_.xDelete = DiskCalls::remove;
  calls_.xAccess = DiskCalls::access;
  calls_.xFullPathname = DiskCalls::full_name;
  sqlite3_vfs_register(&calls_, 1);
}

MemoryDisk::~MemoryDisk() {
  sqlite3_vfs_unregister(&calls_);
  sqlite3_vfs_register(machine_, 1);
}

std::shared_ptr<MemoryFile> MemoryDisk::file(const std::string& name, bool create) {
  const auto found = files_.find(name);
  if (found != files_.end()) return found->second;
  return create ? files_[name] = std::make_shared<MemoryFile>() : nullptr;
}

int MemoryDisk::change() {
  if (on_) ++operations_;
  if (mishaps_.power_fails_at != 0 && operations_ >= mishaps_.power_fails_at) on_ = false;
  return on_ ? SQLITE_OK : SQLITE_IOERR;
}

void MemoryDisk::power_returns() {
  for (auto& [name, file] : files_) {
    for (const auto sector : file->changed_sectors)
      if (random_() % 2 == 0) make_durable(*file, sector);
    file->exists_durably |= !file->durable.empty() || random_() % 2 == 0;
  }
  std::erase_if(files_, [](const auto& each) { return !each.second->exists_durably; });
  for (auto& [name, file] : files_) {
    auto after = std::make_shared<MemoryFile>();
    after->now = after->durable = file->durable;
    after->exists_durably = true;
    file = std::move(after);
  }
  on_ = true;
  sync_has_failed_ = false;
  mishaps_ = {};
}

}  // namespace musubi::simulation
