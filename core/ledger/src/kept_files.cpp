#include "kept_files.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <utility>
#include <vector>

#include "musubi/base/digest.h"
#include "musubi/base/file.h"
#include "musubi/base/kill_point.h"

namespace musubi::ledger {
namespace {

constexpr std::size_t kBlock = std::size_t{1} << 20;
constexpr std::string_view kIncoming = "incoming-";

base::Error named_error(std::string_view message, const std::filesystem::path& file) {
  return base::Error(base::ErrorKind::environment, message).at({.file = file.string()});
}

base::Status write_all(int descriptor, std::string_view bytes, const std::filesystem::path& path) {
  while (!bytes.empty()) {
    const auto written = ::write(descriptor, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return base::file_error(errno, path);
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return {};
}

/// Up to a block; empty at the end of the file.
base::Result<std::string_view> read_block(int descriptor, std::vector<char>& block,
                                          const std::filesystem::path& file) {
  while (true) {
    const auto got = ::read(descriptor, block.data(), block.size());
    if (got >= 0) return std::string_view(block.data(), static_cast<std::size_t>(got));
    if (errno != EINTR) return base::file_error(errno, file);
  }
}

/// What tells whether a file was written to meanwhile.
struct Stamp {
  std::uint64_t bytes = 0;
  std::int64_t seconds = 0, nanoseconds = 0;
  friend bool operator==(const Stamp&, const Stamp&) = default;
};

base::Result<Stamp> stamp_of(int descriptor, const std::filesystem::path& file) {
  struct stat status {};
  if (::fstat(descriptor, &status) != 0) return base::file_error(errno, file);
  if (S_ISDIR(status.st_mode)) return base::file_error(EISDIR, file);
  if (!S_ISREG(status.st_mode)) return named_error("file.not_regular", file);
  return Stamp{static_cast<std::uint64_t>(status.st_size), status.st_mtim.tv_sec, status.st_mtim.tv_nsec};
}

/// Never waits for the writer of a FIFO.
base::Result<Descriptor> open_regular(const std::filesystem::path& file) {
  Descriptor descriptor(::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
  if (!descriptor.open()) return base::file_error(errno, file);
  MUSUBI_TRY(stamp_of(descriptor.number(), file));
  return descriptor;
}

base::Result<Descriptor> create(const std::filesystem::path& path) {
  Descriptor descriptor(::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0400));
  if (!descriptor.open()) return base::file_error(errno, path);
  return descriptor;
}

/// No two of one process are alike; those of a process that died are removed by prepare().
std::string temporary_name() {
  static std::atomic<std::uint64_t> count{0};
  return std::string(kIncoming) + std::to_string(::getpid()) + "-" + std::to_string(++count);
}

class IncomingFile final : public Incoming {
 public:
  IncomingFile(const KeptFiles& kept, std::filesystem::path temporary, Descriptor to)
      : kept_(kept), temporary_(std::move(temporary)), to_(std::move(to)) {}
  ~IncomingFile() override {
    if (!in_place_) ::unlink(temporary_.c_str());
  }
  IncomingFile(const IncomingFile&) = delete;
  IncomingFile& operator=(const IncomingFile&) = delete;

  base::Status write(std::string_view bytes) override {
    hash_.add(bytes);
    written_ += bytes.size();
    return write_all(to_.number(), bytes, temporary_);
  }

  base::Result<KeptBytes> finish() override {
    base::kill_point("ledger.before_file_sync");
    MUSUBI_TRY(sync_file(to_.number(), temporary_));
    base::kill_point("ledger.after_file_sync");
    KeptBytes kept{base::to_hex(hash_.finish()), written_};
    const auto place = kept_.path_of(kept.digest);
    MUSUBI_TRY(make_folder(place.parent_path()));
    if (::rename(temporary_.c_str(), place.c_str()) != 0) return base::file_error(errno, place);
    in_place_ = true;
    base::kill_point("ledger.after_file_rename");
    MUSUBI_TRY(sync_folder(place.parent_path()));
    return kept;
  }

 private:
  const KeptFiles& kept_;
  std::filesystem::path temporary_;
  Descriptor to_;
  base::Sha256 hash_;
  std::uint64_t written_ = 0;
  bool in_place_ = false;
};

/// Copies to the end, and makes sure that the file held still.
base::Result<KeptBytes> copy(int from, const std::filesystem::path& file, Incoming& to,
                             const CopyProgress& progress) {
  MUSUBI_ASSIGN(const Stamp before, stamp_of(from, file));
  std::vector<char> block(kBlock);
  std::uint64_t copied = 0;
  while (copied <= before.bytes) {
    MUSUBI_ASSIGN(const auto bytes, read_block(from, block, file));
    if (bytes.empty()) break;
    MUSUBI_TRY(to.write(bytes));
    copied += bytes.size();
    if (progress) progress(copied);
  }
  MUSUBI_ASSIGN(const Stamp after, stamp_of(from, file));
  if (copied != before.bytes || !(before == after)) return named_error("ledger.file_changing", file);
  return to.finish();
}

}  // namespace

base::Status KeptFiles::prepare() const {
  MUSUBI_TRY(make_folder(folder_));
  std::error_code failure;
  for (const auto& entry : std::filesystem::directory_iterator(folder_, failure)) {
    if (entry.path().filename().string().starts_with(kIncoming)) {
      std::filesystem::remove(entry.path(), failure);
    }
  }
  return {};
}

std::filesystem::path KeptFiles::path_of(std::string_view digest) const {
  return folder_ / digest.substr(0, 2) / digest.substr(std::min<std::size_t>(2, digest.size()));
}

base::Result<std::unique_ptr<Incoming>> KeptFiles::begin() const {
  auto temporary = folder_ / temporary_name();
  MUSUBI_ASSIGN(auto to, create(temporary));
  return std::unique_ptr<Incoming>(
      std::make_unique<IncomingFile>(*this, std::move(temporary), std::move(to)));
}

base::Result<KeptBytes> KeptFiles::keep(const std::filesystem::path& file,
                                        const CopyProgress& progress) const {
  MUSUBI_ASSIGN(const Descriptor from, open_regular(file));
  MUSUBI_ASSIGN(const auto to, begin());
  auto kept = copy(from.number(), file, *to, progress);
  if (kept.has_error()) return kept.error().in_stage("keep");
  return kept;
}

base::Result<std::string> digest_of_file(const std::filesystem::path& file) {
  MUSUBI_ASSIGN(const Descriptor descriptor, open_regular(file));
  std::vector<char> block(kBlock);
  base::Sha256 hash;
  while (true) {
    MUSUBI_ASSIGN(const auto bytes, read_block(descriptor.number(), block, file));
    if (bytes.empty()) return base::to_hex(hash.finish());
    hash.add(bytes);
  }
}

}  // namespace musubi::ledger
