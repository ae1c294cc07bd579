#include "musubi/intake/uploads.h"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <map>
#include <mutex>
#include <utility>
#include <vector>

#include "musubi/base/digest.h"
#include "musubi/base/file.h"
#include "musubi/base/kill_point.h"
#include "upload_folder.h"

namespace musubi::intake {
namespace {

namespace fs = std::filesystem;
using base::Error;
using base::ErrorKind;

constexpr std::size_t kIdBytes = 16;

Error absent() { return {ErrorKind::not_found, "intake.upload_absent"}; }
Error busy() { return {ErrorKind::unavailable, "intake.upload_busy"}; }

Error too_large(std::uint64_t limit) {
  return {ErrorKind::limit_exceeded, "intake.upload_too_large", {{"limit", std::to_string(limit)}}};
}

base::Result<std::string> new_id() {
  std::array<std::uint8_t, kIdBytes> bytes{};
  if (::getentropy(bytes.data(), bytes.size()) != 0) return base::file_error(errno, "/dev/urandom");
  return base::to_hex(bytes);
}

bool is_id(std::string_view name) {
  return name.size() == 2 * kIdBytes && name.find_first_not_of("0123456789abcdef") == name.npos;
}

/// One upload on the shelf. What is not const or atomic needs the mutex.
struct Shelved {
  Shelved(UploadFolder its_folder, std::chrono::seconds its_keep)
      : source(its_folder.record().upload.plan.source), keep(its_keep), folder(std::move(its_folder)) {
    note();
  }
  /// What others ask of it without its mutex.
  void note() {
    done = folder.record().upload.submission.has_value();
    expires = folder.record().touched + keep;
  }
  base::Status settle(base::Instant now) {
    auto settled = folder.settle(now);
    note();
    return settled;
  }
  Upload told() const {
    auto upload = folder.record().upload;
    upload.expires = expires;
    return upload;
  }

  const std::string source;
  const std::chrono::seconds keep;
  std::atomic<bool> done = false;
  std::atomic<base::Instant> expires{};
  std::mutex mutex;
  UploadFolder folder;
  bool claimed = false;  ///< a piece is written, or it is handed in
  bool gone = false;
};
using Shared = std::shared_ptr<Shelved>;

/// While it lives nobody else writes to the upload or takes it away.
class Claim {
 public:
  /// With the mutex held.
  explicit Claim(Shared upload) : upload_(std::move(upload)) { upload_->claimed = true; }
  ~Claim() {
    const std::lock_guard lock(upload_->mutex);
    upload_->claimed = false;
  }
  Claim(const Claim&) = delete;
  Claim& operator=(const Claim&) = delete;
  Shelved& upload() const { return *upload_; }

 private:
  Shared upload_;
};

class Piece final : public UploadPiece {
 public:
  Piece(Shared upload, const UploadSettings& settings, const base::Clock& clock)
      : claim_(std::move(upload)), settings_(settings), clock_(clock) {}

  base::Status write(std::string_view bytes) noexcept override {
    auto& upload = claim_.upload();
    const std::lock_guard lock(upload.mutex);
    MUSUBI_TRY(has_room(upload.folder, bytes.size()));
    MUSUBI_TRY(upload.folder.append(bytes));
    if (upload.folder.written() - upload.folder.record().upload.offset < settings_.sync_every) return {};
    return upload.settle(clock_.now());
  }

  base::Result<std::uint64_t> finish() noexcept override {
    auto& upload = claim_.upload();
    const std::lock_guard lock(upload.mutex);
    MUSUBI_TRY(upload.settle(clock_.now()));
    return upload.folder.record().upload.offset;
  }

 private:
  base::Status has_room(const UploadFolder& folder, std::uint64_t more) const {
    const auto whole = folder.written() + more;
    const auto& announced = folder.record().upload.plan.bytes;
    if (announced && whole > *announced)
      return Error(ErrorKind::bad_input, "intake.upload_more_than_announced",
                   {{"bytes", std::to_string(*announced)}});
    if (whole > settings_.most_bytes) return too_large(settings_.most_bytes);
    return {};
  }

  Claim claim_;
  const UploadSettings& settings_;
  const base::Clock& clock_;
};

/// Whether what has arrived is what was announced, but for its digest.
base::Status is_whole(const Upload& upload) {
  const auto wanted = upload.plan.bytes.value_or(upload.offset);
  if (upload.offset != wanted)
    return Error(ErrorKind::bad_input, "intake.upload_incomplete",
                 {{"offset", std::to_string(upload.offset)}, {"bytes", std::to_string(wanted)}});
  if (upload.offset == 0) return Error(ErrorKind::bad_input, "intake.upload_empty");
  return {};
}

std::vector<fs::path> folders_in(const fs::path& folder, std::error_code& failure) {
  std::vector<fs::path> folders;
  std::error_code unknown;
  for (fs::directory_iterator entry(folder, failure), end; !failure && entry != end; entry.increment(failure))
    if (is_id(entry->path().filename().string()) && fs::is_directory(entry->symlink_status(unknown)))
      folders.push_back(entry->path());
  return folders;
}

}  // namespace

class Uploads::Shelf {
 public:
  Shelf(UploadSettings settings, const base::Clock& clock, FileOperations& operations)
      : settings_(std::move(settings)), clock_(clock), operations_(operations) {}

  base::Status load() {
    const int failure = operations_.make_folder(settings_.folder);
    if (failure == 0) operations_.sync(settings_.folder.parent_path());
    if (failure != 0 && failure != EEXIST) return base::file_error(failure, settings_.folder);
    std::error_code unreadable;
    for (const auto& folder : folders_in(settings_.folder, unreadable)) load_one(folder);
    if (unreadable) return base::file_error(unreadable.value(), settings_.folder);
    return {};
  }

  base::Result<Upload> begin(const UploadPlan& plan) {
    clear();
    if (plan.bytes.value_or(0) > settings_.most_bytes) return too_large(settings_.most_bytes);
    const std::lock_guard lock(mutex_);
    const auto open = std::ranges::count_if(
        shelved_, [&](const auto& each) { return each.second->source == plan.source && !each.second->done; });
    if (static_cast<std::size_t>(open) >= settings_.most_open)
      return Error(ErrorKind::limit_exceeded, "intake.upload_too_many",
                   {{"limit", std::to_string(settings_.most_open)}});
    MUSUBI_ASSIGN(const auto id, new_id());
    const UploadRecord record{{.id = id, .plan = plan}, clock_.now()};
    auto made = UploadFolder::create(settings_.folder / id, record, operations_);
    if (made.has_error()) {
      remove_upload(settings_.folder / id, operations_);
      return made.error();
    }
    const auto& upload = shelved_[id] = std::make_shared<Shelved>(std::move(*made), settings_.keep);
    return upload->told();
  }

  base::Result<Upload> look(std::string_view id) {
    MUSUBI_ASSIGN(const auto upload, find(id));
    const std::lock_guard lock(upload->mutex);
    if (upload->gone) return absent();
    if (!upload->done) MUSUBI_TRY(upload->settle(clock_.now()));
    return upload->told();
  }

  base::Result<std::unique_ptr<UploadPiece>> go_on(std::string_view id, std::uint64_t offset) {
    MUSUBI_ASSIGN(const auto upload, find(id));
    const std::lock_guard lock(upload->mutex);
    if (upload->done) return Error(ErrorKind::bad_input, "intake.upload_done");
    MUSUBI_TRY(make_free(*upload));
    const auto stands_at = upload->folder.record().upload.offset;
    if (offset != stands_at)
      return Error(ErrorKind::bad_input, "intake.upload_offset", {{"offset", std::to_string(stands_at)}});
    return std::unique_ptr<UploadPiece>(std::make_unique<Piece>(upload, settings_, clock_));
  }

  base::Result<Upload> complete(std::string_view id, const HandIn& hand_in) {
    MUSUBI_ASSIGN(const auto upload, find(id));
    std::unique_lock lock(upload->mutex);
    if (upload->done && !upload->gone) return upload->told();
    MUSUBI_TRY(make_free(*upload));
    MUSUBI_TRY(is_whole(upload->folder.record().upload));
    const auto told = upload->told();
    const Claim claim(upload);
    lock.unlock();
    MUSUBI_TRY(is_as_announced(upload->folder));
    MUSUBI_ASSIGN(const auto submission, hand_in(told, upload->folder.bytes()));
    base::kill_point("intake.upload_handed_in");
    const std::lock_guard again(upload->mutex);
    MUSUBI_TRY(upload->folder.complete(submission, clock_.now()));
    upload->note();
    return upload->told();
  }

  base::Status give_up(std::string_view id) {
    MUSUBI_ASSIGN(const auto upload, find(id));
    {
      const std::lock_guard lock(upload->mutex);
      if (upload->gone) return absent();
      if (upload->claimed) return busy();
      remove(*upload);
    }
    const std::lock_guard lock(mutex_);
    shelved_.erase(std::string(id));
    return {};
  }

  void clear() {
    const auto now = clock_.now();
    const std::lock_guard lock(mutex_);
    std::erase_if(shelved_, [&](const auto& each) {
      auto& upload = *each.second;
      if (upload.expires.load() > now) return false;
      const std::unique_lock free(upload.mutex, std::try_to_lock);
      if (!free || upload.claimed) return false;
      remove(upload);
      return true;
    });
  }

  std::size_t unreadable() const noexcept { return unreadable_; }

 private:
  void load_one(const fs::path& folder) {
    auto loaded = UploadFolder::load(folder, operations_);
    if (!loaded.has_error()) {
      shelved_[folder.filename()] = std::make_shared<Shelved>(std::move(*loaded), settings_.keep);
    } else if (loaded.error().code() == "file.not_found" || is_old(folder)) {
      remove_upload(folder, operations_);
    } else {
      ++unreadable_;
    }
  }

  /// By the clock of the file system.
  bool is_old(const fs::path& folder) {
    FileFacts facts;
    if (operations_.inspect(folder, facts) != 0) return false;
    const base::Instant modified{std::chrono::microseconds(facts.modified / 1'000)};
    return modified + settings_.keep < clock_.now();
  }

  base::Result<Shared> find(std::string_view id) {
    const std::lock_guard lock(mutex_);
    const auto found = shelved_.find(id);
    if (found == shelved_.end()) return absent();
    return found->second;
  }

  /// With its mutex held: it can be claimed, and stands where its bytes end.
  base::Status make_free(Shelved& upload) {
    if (upload.gone) return absent();
    if (upload.claimed) return busy();
    return upload.settle(clock_.now());
  }

  /// The claim keeps others from writing meanwhile.
  static base::Status is_as_announced(const UploadFolder& folder) {
    const auto& announced = folder.record().upload.plan.digest;
    if (announced.empty()) return {};
    MUSUBI_ASSIGN(const auto digest, folder.digest());
    if (digest != announced) return Error(ErrorKind::bad_input, "intake.upload_digest");
    return {};
  }

  void remove(Shelved& upload) {
    remove_upload(settings_.folder / upload.folder.record().upload.id, operations_);
    upload.gone = true;
  }

  const UploadSettings settings_;
  const base::Clock& clock_;
  FileOperations& operations_;
  std::mutex mutex_;  ///< of what follows; taken before that of an upload, never after
  std::map<std::string, Shared, std::less<>> shelved_;
  std::size_t unreadable_ = 0;
};

Uploads::Uploads(std::unique_ptr<Shelf> shelf) : shelf_(std::move(shelf)) {}
Uploads::~Uploads() = default;

base::Result<std::unique_ptr<Uploads>> Uploads::open(UploadSettings settings, const base::Clock& clock) {
  return open(std::move(settings), clock, machine_files());
}

base::Result<std::unique_ptr<Uploads>> Uploads::open(UploadSettings settings, const base::Clock& clock,
                                                     FileOperations& operations) {
  auto shelf = std::make_unique<Shelf>(std::move(settings), clock, operations);
  MUSUBI_TRY(shelf->load());
  shelf->clear();
  return std::unique_ptr<Uploads>(new Uploads(std::move(shelf)));
}

base::Result<Upload> Uploads::begin(const UploadPlan& plan) { return shelf_->begin(plan); }
base::Result<Upload> Uploads::look(std::string_view id) { return shelf_->look(id); }
base::Result<std::unique_ptr<UploadPiece>> Uploads::go_on(std::string_view id, std::uint64_t offset) {
  return shelf_->go_on(id, offset);
}
base::Result<Upload> Uploads::complete(std::string_view id, const HandIn& hand_in) {
  return shelf_->complete(id, hand_in);
}
base::Status Uploads::give_up(std::string_view id) { return shelf_->give_up(id); }
void Uploads::clear() { shelf_->clear(); }
std::size_t Uploads::unreadable() const noexcept { return shelf_->unreadable(); }

}  // namespace musubi::intake
