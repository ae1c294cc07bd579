#include "home.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <thread>
#include <utility>
#include <vector>

#include "musubi/base/digest.h"
#include "musubi/base/file.h"

namespace musubi::ledger {
namespace {

constexpr std::size_t kBlock = std::size_t{1} << 20;
constexpr std::string_view kIncoming = "incoming-";

base::Error named_error(std::string_view message, const std::filesystem::path& file, int error_number = 0) {
  return base::Error(base::ErrorKind::environment, message, {{"error_number", std::to_string(error_number)}})
      .at({.file = file.string()});
}

base::Status sync(int descriptor, const std::filesystem::path& path) {
  if (::fsync(descriptor) == 0) return {};
  if (errno == ENOSPC || errno == EDQUOT) return base::file_error(errno, path);
  return named_error("ledger.sync_failed", path, errno);
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

/// Copies to the end, and makes sure that the file held still.
base::Result<KeptBytes> copy(int from, const std::filesystem::path& file, int to,
                             const std::filesystem::path& copy_path, const CopyProgress& progress) {
  MUSUBI_ASSIGN(const Stamp before, stamp_of(from, file));
  std::vector<char> block(kBlock);
  base::Sha256 hash;
  std::uint64_t copied = 0;
  while (copied <= before.bytes) {
    MUSUBI_ASSIGN(const auto bytes, read_block(from, block, file));
    if (bytes.empty()) break;
    hash.add(bytes);
    MUSUBI_TRY(write_all(to, bytes, copy_path));
    copied += bytes.size();
    if (progress) progress(copied);
  }
  MUSUBI_ASSIGN(const Stamp after, stamp_of(from, file));
  if (copied != before.bytes || !(before == after)) return named_error("ledger.file_changing", file);
  MUSUBI_TRY(sync(to, copy_path));
  return KeptBytes{base::to_hex(hash.finish()), copied};
}

base::Result<Descriptor> create(const std::filesystem::path& path) {
  Descriptor descriptor(::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0400));
  if (!descriptor.open()) return base::file_error(errno, path);
  return descriptor;
}

}  // namespace

Descriptor& Descriptor::operator=(Descriptor&& other) noexcept {
  Descriptor old(std::exchange(number_, other.release()));
  return *this;
}

Descriptor::~Descriptor() {
  if (open()) ::close(number_);
}

int Descriptor::release() noexcept { return std::exchange(number_, -1); }

base::Status make_folder(const std::filesystem::path& folder) {
  std::error_code failure;
  if (std::filesystem::is_directory(folder, failure)) return {};
  const auto parent = folder.parent_path();
  if (!parent.empty() && parent != folder) MUSUBI_TRY(make_folder(parent));
  if (::mkdir(folder.c_str(), 0700) != 0 && errno != EEXIST) return base::file_error(errno, folder);
  return sync_folder(parent);
}

base::Status sync_folder(const std::filesystem::path& folder) {
  const Descriptor descriptor(
      ::open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!descriptor.open()) return base::file_error(errno, folder);
  return sync(descriptor.number(), folder);
}

base::Result<Descriptor> lock_home(const std::filesystem::path& home) {
  const auto file = home / "ledger.lock";
  Descriptor descriptor(::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600));
  if (!descriptor.open()) return base::file_error(errno, file);
  if (::flock(descriptor.number(), LOCK_EX | LOCK_NB) == 0) return descriptor;
  if (errno == EWOULDBLOCK) return named_error("ledger.locked", home);
  return base::file_error(errno, file);
}

base::Result<WriteTurns> WriteTurns::open(const std::filesystem::path& home) {
  const auto file = home / "ledger.turn";
  Descriptor lock(::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600));
  if (!lock.open()) return base::file_error(errno, file);
  return WriteTurns(std::move(lock), home);
}

base::Status WriteTurns::take() {
  constexpr auto kPatience = std::chrono::seconds(30);
  constexpr auto kBetween = std::chrono::milliseconds(1);
  const auto give_up = std::chrono::steady_clock::now() + kPatience;
  while (::flock(lock_.number(), LOCK_EX | LOCK_NB) != 0) {
    if (errno != EWOULDBLOCK && errno != EINTR) return base::file_error(errno, home_);
    if (std::chrono::steady_clock::now() > give_up) return named_error("ledger.busy", home_);
    std::this_thread::sleep_for(kBetween);
  }
  return {};
}

void WriteTurns::give_back() noexcept { ::flock(lock_.number(), LOCK_UN); }

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

base::Status KeptFiles::move_into_place(const std::filesystem::path& temporary,
                                        std::string_view digest) const {
  const auto place = path_of(digest);
  MUSUBI_TRY(make_folder(place.parent_path()));
  if (::rename(temporary.c_str(), place.c_str()) != 0) return base::file_error(errno, place);
  return sync_folder(place.parent_path());
}

base::Result<KeptBytes> KeptFiles::keep(const std::filesystem::path& file,
                                        const CopyProgress& progress) const {
  MUSUBI_ASSIGN(const Descriptor from, open_regular(file));
  const auto temporary = folder_ / (std::string(kIncoming) + std::to_string(::getpid()));
  auto copied = [&]() -> base::Result<KeptBytes> {
    MUSUBI_ASSIGN(const Descriptor to, create(temporary));
    MUSUBI_ASSIGN(KeptBytes kept, copy(from.number(), file, to.number(), temporary, progress));
    MUSUBI_TRY(move_into_place(temporary, kept.digest));
    return kept;
  }();
  if (copied.has_error()) {
    ::unlink(temporary.c_str());
    return copied.error().in_stage("keep");
  }
  return copied;
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
