#include "file_body.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <utility>

#include "musubi/base/file.h"

namespace musubi::net {
namespace {

constexpr std::uint64_t kPiece = std::uint64_t{64} * 1024;

}  // namespace

base::Result<FileBody> FileBody::open(const std::filesystem::path& path) {
  FileBody file(path, ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  struct stat status {};
  if (file.descriptor_ < 0 || ::fstat(file.descriptor_, &status) != 0) return base::file_error(errno, path);
  if (!S_ISREG(status.st_mode))
    return base::Error(base::ErrorKind::environment, "file.not_regular").at({.file = path.string()});
  file.size_ = static_cast<std::uint64_t>(status.st_size);
  return file;
}

FileBody::FileBody(FileBody&& other) noexcept
    : path_(std::move(other.path_)),
      descriptor_(std::exchange(other.descriptor_, -1)),
      size_(other.size_),
      read_(other.read_) {}

FileBody& FileBody::operator=(FileBody&& other) noexcept {
  std::swap(path_, other.path_);
  std::swap(descriptor_, other.descriptor_);
  std::swap(size_, other.size_);
  std::swap(read_, other.read_);
  return *this;
}

FileBody::~FileBody() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

base::Result<std::string> FileBody::read() {
  std::string piece(std::min(kPiece, size_ - read_), '\0');
  ssize_t got = 0;
  do {
    got = ::read(descriptor_, piece.data(), piece.size());
  } while (got < 0 && errno == EINTR);
  if (got < 0) return base::file_error(errno, path_);
  piece.resize(static_cast<std::size_t>(got));
  read_ += piece.size();
  return piece;
}

}  // namespace musubi::net
