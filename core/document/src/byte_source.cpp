#include "musubi/document/byte_source.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>

#include "musubi/base/file.h"

namespace musubi::document {
namespace {

class FileSource final : public ByteSource {
 public:
  FileSource(int descriptor, std::string shown_name)
      : descriptor_(descriptor), name_(std::move(shown_name)) {}
  ~FileSource() override {
    if (descriptor_ >= 0) ::close(descriptor_);
  }
  FileSource(const FileSource&) = delete;
  FileSource& operator=(const FileSource&) = delete;

  /// Learns the size; refuses what is no regular file.
  base::Status examine() {
    struct stat status {};
    if (descriptor_ < 0 || ::fstat(descriptor_, &status) != 0) return base::file_error(errno, name_);
    if (S_ISDIR(status.st_mode)) return base::file_error(EISDIR, name_);
    if (!S_ISREG(status.st_mode))
      return base::Error(base::ErrorKind::environment, "file.not_regular").at({.file = name_});
    size_ = static_cast<std::uint64_t>(status.st_size);
    return {};
  }

  std::uint64_t size() const noexcept override { return size_; }
  const std::string& name() const noexcept override { return name_; }

  base::Result<std::size_t> read_at(std::uint64_t offset, char* into,
                                    std::size_t length) const noexcept override {
    std::size_t filled = 0;
    while (filled < length) {
      const auto got =
          ::pread(descriptor_, into + filled, length - filled, static_cast<off_t>(offset + filled));
      if (got < 0 && errno == EINTR) continue;
      if (got < 0) return base::file_error(errno, name_);
      if (got == 0) break;
      filled += static_cast<std::size_t>(got);
    }
    return filled;
  }

 private:
  int descriptor_;
  std::string name_;
  std::uint64_t size_ = 0;
};

class TextSource final : public ByteSource {
 public:
  TextSource(std::string bytes, std::string shown_name)
      : bytes_(std::move(bytes)), name_(std::move(shown_name)) {}
  std::uint64_t size() const noexcept override { return bytes_.size(); }
  const std::string& name() const noexcept override { return name_; }

  base::Result<std::size_t> read_at(std::uint64_t offset, char* into,
                                    std::size_t length) const noexcept override {
    if (offset >= bytes_.size()) return std::size_t{0};
    const auto count = std::min(length, bytes_.size() - static_cast<std::size_t>(offset));
    std::memcpy(into, bytes_.data() + offset, count);
    return count;
  }

 private:
  std::string bytes_;
  std::string name_;
};

}  // namespace

ByteSource::~ByteSource() = default;

base::Result<std::shared_ptr<const ByteSource>> ByteSource::open_file(const std::filesystem::path& path,
                                                                      std::string shown_name) {
  // Non-blocking, so that a pipe without a writer is refused instead of waited for.
  auto source = std::make_shared<FileSource>(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK),
                                             std::move(shown_name));
  MUSUBI_TRY(source->examine());
  return std::shared_ptr<const ByteSource>(std::move(source));
}

std::shared_ptr<const ByteSource> ByteSource::of_text(std::string bytes, std::string shown_name) {
  return std::make_shared<TextSource>(std::move(bytes), std::move(shown_name));
}

base::Result<std::string> read_all(const ByteSource& source, std::uint64_t limit) {
  if (source.size() > limit) {
    return base::Error(base::ErrorKind::limit_exceeded, "file.too_large", {{"limit", std::to_string(limit)}})
        .at({.file = source.name()});
  }
  std::string bytes(static_cast<std::size_t>(source.size()), '\0');
  MUSUBI_ASSIGN(const std::size_t length, source.read_at(0, bytes.data(), bytes.size()));
  bytes.resize(length);
  return bytes;
}

}  // namespace musubi::document
