#include "file_operations.h"

#include <fcntl.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>

#include "descriptor.h"

namespace musubi::intake {
namespace {

namespace fs = std::filesystem;

FileKind kind_of(mode_t mode) {
  if (S_ISREG(mode)) return FileKind::regular;
  if (S_ISDIR(mode)) return FileKind::folder;
  return S_ISLNK(mode) ? FileKind::symbolic_link : FileKind::other;
}

FileFacts facts_of(const struct stat& status) {
  return {.kind = kind_of(status.st_mode),
          .bytes = static_cast<std::uint64_t>(status.st_size),
          .links = static_cast<std::uint64_t>(status.st_nlink),
          .inode = static_cast<std::uint64_t>(status.st_ino),
          .modified = std::int64_t{status.st_mtim.tv_sec} * 1'000'000'000 + status.st_mtim.tv_nsec};
}

int result_of(int returned) { return returned == 0 ? 0 : errno; }

int write_all(int descriptor, std::string_view bytes) {
  while (!bytes.empty()) {
    const auto written = ::write(descriptor, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return errno;
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return 0;
}

int copy_all(int from, int to) {
  constexpr std::size_t kPiece = std::size_t{1} << 24;
  for (;;) {
    const auto copied = ::sendfile(to, from, nullptr, kPiece);
    if (copied < 0 && errno == EINTR) continue;
    if (copied < 0) return errno;
    if (copied == 0) return 0;
  }
}

/// Where the file system cannot rename without replacing (NFS): an empty file holds the name meanwhile.
int move_onto_own(const fs::path& from, const fs::path& to) {
  const Descriptor reserved(::open(to.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
  if (!reserved.is_open()) return errno;
  if (::rename(from.c_str(), to.c_str()) == 0) return 0;
  const int failure = errno;
  ::unlink(to.c_str());
  return failure;
}

}  // namespace

FileOperations::~FileOperations() = default;

int FileOperations::inspect(const fs::path& path, FileFacts& facts) {
  struct stat status {};
  if (::lstat(path.c_str(), &status) != 0) return errno;
  facts = facts_of(status);
  if (facts.kind != FileKind::regular) return 0;
  return result_of(::faccessat(AT_FDCWD, path.c_str(), R_OK, AT_SYMLINK_NOFOLLOW | AT_EACCESS));
}

int FileOperations::make_folder(const fs::path& path) { return result_of(::mkdir(path.c_str(), 0750)); }

int FileOperations::move(const fs::path& from, const fs::path& to) {
  if (::renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), RENAME_NOREPLACE) == 0) return 0;
  if (errno != EINVAL && errno != ENOSYS) return errno;
  struct stat status {};
  if (::lstat(from.c_str(), &status) != 0) return errno;
  return S_ISDIR(status.st_mode) ? result_of(::rename(from.c_str(), to.c_str())) : move_onto_own(from, to);
}

int FileOperations::copy(const fs::path& from, const fs::path& to) {
  const Descriptor source(::open(from.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
  if (!source.is_open()) return errno;
  const Descriptor target(::open(to.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0640));
  if (!target.is_open()) return errno;
  int failure = copy_all(source.number(), target.number());
  if (failure == 0) failure = sync(to);
  if (failure != 0) ::unlink(to.c_str());
  return failure;
}

int FileOperations::create(const fs::path& path, std::string_view bytes) {
  const Descriptor file(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0640));
  if (!file.is_open()) return errno;
  int failure = write_all(file.number(), bytes);
  if (failure == 0) failure = sync(path);
  if (failure != 0) ::unlink(path.c_str());
  return failure;
}

int FileOperations::remove(const fs::path& path) { return result_of(std::remove(path.c_str())); }

int FileOperations::sync(const fs::path& path) {
  const Descriptor opened(::open(path.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
  return opened.is_open() ? result_of(::fsync(opened.number())) : errno;
}

FileOperations& machine_files() {
  static FileOperations operations;
  return operations;
}

}  // namespace musubi::intake
