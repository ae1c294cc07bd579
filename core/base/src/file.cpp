#include "musubi/base/file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <system_error>
#include <utility>

namespace musubi::base {
namespace {

class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int number() const { return number_; }
  bool open() const { return number_ >= 0; }

 private:
  int number_;
};

Status write_all(int descriptor, std::string_view bytes, const std::filesystem::path& path) {
  while (!bytes.empty()) {
    const auto written = ::write(descriptor, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return file_error(errno, path);
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return {};
}

Status sync_folder(const std::filesystem::path& folder) {
  const Descriptor descriptor(
      ::open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!descriptor.open() || ::fsync(descriptor.number()) != 0) return file_error(errno, folder);
  return {};
}

std::string_view code_of(int error_number) {
  switch (error_number) {
    case ENOENT:
      return "file.not_found";
    case EACCES:
    case EPERM:
      return "file.not_permitted";
    case EISDIR:
      return "file.is_directory";
    case ENOSPC:
    case EDQUOT:
      return "file.disk_full";
    case EROFS:
      return "file.read_only";
    default:
      return "file.failed";
  }
}

}  // namespace

Error file_error(int error_number, const std::filesystem::path& path) {
  return Error(ErrorKind::environment, code_of(error_number),
               {{"error_number", std::to_string(error_number)}})
      .at({.file = path.string()});
}

Result<std::vector<std::filesystem::path>> files_in(const std::filesystem::path& folder,
                                                    std::string_view extension) {
  std::error_code failure;
  std::vector<std::filesystem::path> files;
  for (std::filesystem::directory_iterator entry(folder, failure), end; !failure && entry != end;
       entry.increment(failure))
    if (entry->path().extension() == extension && entry->is_regular_file(failure))
      files.push_back(entry->path());
  if (failure) return file_error(failure.value(), folder);
  std::ranges::sort(files);
  return files;
}

Result<std::string> read_file(const std::filesystem::path& path, std::uint64_t limit) {
  const Descriptor descriptor(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  struct stat status {};
  if (!descriptor.open() || ::fstat(descriptor.number(), &status) != 0) return file_error(errno, path);
  if (S_ISDIR(status.st_mode)) return file_error(EISDIR, path);
  if (!S_ISREG(status.st_mode))
    return Error(ErrorKind::environment, "file.not_regular").at({.file = path.string()});
  if (static_cast<std::uint64_t>(status.st_size) > limit) {
    return Error(ErrorKind::limit_exceeded, "file.too_large", {{"limit", std::to_string(limit)}})
        .at({.file = path.string()});
  }
  std::string bytes(static_cast<std::size_t>(status.st_size), '\0');
  std::size_t filled = 0;
  while (filled < bytes.size()) {
    const auto got = ::read(descriptor.number(), bytes.data() + filled, bytes.size() - filled);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return file_error(errno, path);
    if (got == 0) break;
    filled += static_cast<std::size_t>(got);
  }
  bytes.resize(filled);
  return bytes;
}

Status write_file_durably(const std::filesystem::path& path, std::string_view bytes) {
  auto temporary = path;
  temporary += ".part-" + std::to_string(::getpid());
  {
    const Descriptor descriptor(::open(temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600));
    if (!descriptor.open()) return file_error(errno, path);
    auto written = write_all(descriptor.number(), bytes, path);
    if (!written.has_error() && ::fsync(descriptor.number()) != 0) written = file_error(errno, path);
    if (written.has_error()) {
      ::unlink(temporary.c_str());
      return written;
    }
  }
  if (::rename(temporary.c_str(), path.c_str()) != 0) {
    const int error_number = errno;
    ::unlink(temporary.c_str());
    return file_error(error_number, path);
  }
  return sync_folder(path.parent_path());
}

}  // namespace musubi::base
