#include "forgetful_disk.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <functional>

namespace musubi::faults {
namespace {

std::string_view folder_of(std::string_view path) { return path.substr(0, path.rfind('/')); }

std::string own_path(int descriptor) {
  char path[4096];
  const auto link = "/proc/self/fd/" + std::to_string(descriptor);
  const auto length = ::readlink(link.c_str(), path, sizeof path);
  return length > 0 ? std::string(path, static_cast<std::size_t>(length)) : std::string();
}

off_t size_of(int descriptor) {
  struct stat status {};
  return ::fstat(descriptor, &status) == 0 ? status.st_size : 0;
}

std::string contents(int descriptor, off_t at, std::size_t length) {
  const int reader = static_cast<int>(::syscall(SYS_openat, AT_FDCWD,
                                                ("/proc/self/fd/" + std::to_string(descriptor)).c_str(),
                                                O_RDONLY | O_CLOEXEC, 0));
  std::string bytes(length, '\0');
  const auto got = ::pread(reader, bytes.data(), length, at);
  bytes.resize(got > 0 ? static_cast<std::size_t>(got) : 0);
  // Stays open: closing any descriptor of a file would drop the locks that SQLite has on it.
  return bytes;
}

void put(int descriptor, std::string_view bytes, off_t at) {
  while (!bytes.empty()) {
    const auto written = ::syscall(SYS_pwrite64, descriptor, bytes.data(), bytes.size(), at);
    if (written <= 0) return;
    bytes.remove_prefix(static_cast<std::size_t>(written));
    at += written;
  }
}

void move(const std::string& from, const std::string& to) {
  ::syscall(SYS_renameat2, AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), 0);
}

}  // namespace

ForgetfulDisk::ForgetfulDisk(std::string folder, std::uint64_t seed)
    : folder_(std::move(folder)), aside_(folder_ + ".unlinked"), seeded_(seed != 0), random_(seed) {
  ::syscall(SYS_mkdirat, AT_FDCWD, aside_.c_str(), 0700);
}

bool ForgetfulDisk::covers(std::string_view path) const {
  return path.size() > folder_.size() && path.starts_with(folder_) && path[folder_.size()] == '/' &&
         !path.ends_with("-shm");
}

std::string ForgetfulDisk::path_of(int descriptor) const {
  struct stat status {};
  if (::fstat(descriptor, &status) != 0 || !S_ISREG(status.st_mode)) return {};
  auto path = own_path(descriptor);
  const bool ours = covers(path) || path.starts_with(aside_ + "/");
  return ours ? path : std::string();
}

// --- contents

ForgetfulDisk::File& ForgetfulDisk::file_of(int descriptor) {
  struct stat status {};
  ::fstat(descriptor, &status);
  auto& file = files_[status.st_ino];
  if (file.descriptor < 0) {
    file.descriptor = static_cast<int>(::fcntl(descriptor, F_DUPFD_CLOEXEC, 0));
    file.synced_size = status.st_size;
  }
  return file;
}

void ForgetfulDisk::note(int descriptor, off_t at, std::size_t length, std::size_t overwritten) {
  auto& file = file_of(descriptor);
  file.changes.push_back({at, length, contents(descriptor, at, overwritten)});
}

void ForgetfulDisk::before_write(int descriptor, off_t at, std::size_t length) {
  if (length == 0) return;
  const auto there = std::clamp<off_t>(size_of(descriptor) - at, 0, static_cast<off_t>(length));
  note(descriptor, at, length, static_cast<std::size_t>(there));
}

void ForgetfulDisk::before_resize(int descriptor, off_t size) {
  const auto lost = std::max<off_t>(size_of(descriptor) - size, 0);
  note(descriptor, size, 0, static_cast<std::size_t>(lost));
}

/// First what survives and how long the file is then; then back, change by change.
void ForgetfulDisk::lose(File& file) {
  auto size = file.synced_size;
  for (auto& change : file.changes) {
    change.survives = !change.doomed && chance();
    if (!change.survives) continue;
    size = change.length == 0 ? change.at : std::max(size, change.at + static_cast<off_t>(change.length));
  }
  for (auto change = file.changes.rbegin(); change != file.changes.rend(); ++change) {
    if (change->survives) continue;
    change->before.resize(std::max(change->before.size(), change->length));
    put(file.descriptor, change->before, change->at);
  }
  ::syscall(SYS_ftruncate, file.descriptor, size);
}

// --- entries

void ForgetfulDisk::created(const std::string& path) {
  entries_.push_back({Entry::Kind::created, path, {}, {}});
}

void ForgetfulDisk::made_folder(const std::string& path) {
  entries_.push_back({Entry::Kind::folder, path, {}, {}});
}

void ForgetfulDisk::removed_folder(const std::string& path) {
  entries_.push_back({Entry::Kind::folder_removed, path, {}, {}});
}

void ForgetfulDisk::renamed(const std::string& from, const std::string& to, const std::string& replaced) {
  entries_.push_back({Entry::Kind::renamed, to, from, replaced});
}

void ForgetfulDisk::unlinked(const std::string& path, const std::string& kept_as) {
  entries_.push_back({Entry::Kind::unlinked, path, {}, kept_as});
}

std::string ForgetfulDisk::keep(const std::string& path) {
  const auto name = aside_ + "/" + std::to_string(::getpid()) + "-" + std::to_string(++kept_);
  const auto kept = ::syscall(SYS_linkat, AT_FDCWD, path.c_str(), AT_FDCWD, name.c_str(), 0);
  return kept == 0 ? name : std::string();
}

void ForgetfulDisk::take_back(const Entry& entry) {
  switch (entry.kind) {
    case Entry::Kind::created:
    case Entry::Kind::folder:
      return move(entry.path, aside_ + "/lost-" + std::to_string(::getpid()) + "-" + std::to_string(++kept_));
    case Entry::Kind::folder_removed:
      ::syscall(SYS_mkdirat, AT_FDCWD, entry.path.c_str(), 0700);
      break;
    case Entry::Kind::renamed:
      move(entry.path, entry.from);
      break;
    case Entry::Kind::unlinked:
      break;
  }
  if (!entry.kept_as.empty()) move(entry.kept_as, entry.path);
}

// --- syncing

/// What was lost in a failed sync and written again since is durable, too.
void ForgetfulDisk::keep_changes(File& file, off_t size) {
  const auto kept = std::ranges::stable_partition(file.changes, std::identity(), &Change::doomed);
  const auto written_again = [&](const Change& change) {
    return std::ranges::any_of(kept, [&](const Change& later) {
      return change.at < later.at + static_cast<off_t>(later.length) &&
             later.at < change.at + static_cast<off_t>(change.length);
    });
  };
  std::vector<Change> still_lost;
  for (auto each = file.changes.begin(); each != kept.begin(); ++each)
    if (!written_again(*each)) still_lost.push_back(std::move(*each));
  file.changes = std::move(still_lost);
  file.synced_size = size;
}

void ForgetfulDisk::synced(int descriptor) {
  struct stat status {};
  if (::fstat(descriptor, &status) != 0) return;
  if (S_ISDIR(status.st_mode)) {
    const auto folder = own_path(descriptor);
    std::erase_if(entries_, [&](const Entry& entry) {
      return folder_of(entry.path) == folder || (!entry.from.empty() && folder_of(entry.from) == folder);
    });
    return;
  }
  const auto known = files_.find(status.st_ino);
  if (known == files_.end()) return;
  keep_changes(known->second, status.st_size);
}

void ForgetfulDisk::sync_failed(int descriptor) {
  struct stat status {};
  if (::fstat(descriptor, &status) != 0) return;
  const auto known = files_.find(status.st_ino);
  if (known == files_.end()) return;
  for (auto& change : known->second.changes) change.doomed = true;
}

void ForgetfulDisk::lose() {
  for (auto& [number, file] : files_) lose(file);
  const auto survivors = seeded_ ? random_() % (entries_.size() + 1) : 0;
  while (entries_.size() > survivors) {
    take_back(entries_.back());
    entries_.pop_back();
  }
}

}  // namespace musubi::faults
