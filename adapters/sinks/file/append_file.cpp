#include "append_file.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "musubi/base/file.h"

namespace musubi::file_sink {
namespace {

constexpr mode_t kOwnerOnly = 0600;

base::Status sync_folder_of(const std::filesystem::path& path) {
  const auto folder = path.has_parent_path() ? path.parent_path() : std::filesystem::path(".");
  const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) return base::file_error(errno, folder);
  const int failed = ::fsync(descriptor) == 0 ? 0 : errno;
  ::close(descriptor);
  if (failed != 0) return base::file_error(failed, folder);
  return {};
}

base::Status require_regular(int descriptor, const std::filesystem::path& path) {
  struct stat status {};
  if (::fstat(descriptor, &status) != 0) return base::file_error(errno, path);
  if (!S_ISREG(status.st_mode))
    return base::Error(base::ErrorKind::environment, "file.not_regular").at({.file = path.string()});
  return {};
}

}  // namespace

base::Error AppendFile::failure() const { return base::file_error(errno, path_); }

base::Result<AppendFile> AppendFile::open(const std::filesystem::path& path) {
  const int descriptor =
      ::open(path.c_str(), O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, kOwnerOnly);
  if (descriptor < 0 && (errno == ELOOP || errno == ENXIO))
    return base::Error(base::ErrorKind::environment, "file.not_regular").at({.file = path.string()});
  if (descriptor < 0) return base::file_error(errno, path);
  AppendFile file(path, descriptor);
  MUSUBI_TRY(require_regular(descriptor, path));
  MUSUBI_TRY(file.lock());
  MUSUBI_TRY(sync_folder_of(path));
  return file;
}

base::Status AppendFile::lock() const {
  if (::flock(descriptor_, LOCK_EX | LOCK_NB) == 0) return {};
  if (errno != EWOULDBLOCK) return failure();
  return base::Error(base::ErrorKind::unavailable, "adapter.file_in_use").at({.file = path_.string()});
}

AppendFile::~AppendFile() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

base::Result<std::uint64_t> AppendFile::size() const {
  struct stat status {};
  if (::fstat(descriptor_, &status) != 0) return failure();
  return static_cast<std::uint64_t>(status.st_size);
}

base::Result<std::string> AppendFile::read_all() const {
  MUSUBI_ASSIGN(const auto length, size());
  return read_first(length);
}

base::Result<std::string> AppendFile::read_first(std::uint64_t length) const {
  MUSUBI_ASSIGN(const auto whole, size());
  std::string bytes(std::min(length, whole), '\0');
  for (std::size_t filled = 0; filled < bytes.size();) {
    const auto got =
        ::pread(descriptor_, bytes.data() + filled, bytes.size() - filled, static_cast<off_t>(filled));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return failure();
    if (got == 0) bytes.resize(filled);
    filled += static_cast<std::size_t>(got);
  }
  return bytes;
}

base::Status AppendFile::append(std::string_view bytes) {
  while (!bytes.empty()) {
    const auto written = ::write(descriptor_, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return failure();
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  if (::fsync(descriptor_) != 0) return failure();
  return {};
}

base::Status AppendFile::truncate(std::uint64_t length) {
  if (::ftruncate(descriptor_, static_cast<off_t>(length)) != 0 || ::fsync(descriptor_) != 0)
    return failure();
  return {};
}

}  // namespace musubi::file_sink
